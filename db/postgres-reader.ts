import type { PoolClient, QueryArrayConfig, QueryArrayResult } from "pg";
import { batchTick } from "./postgres-connection.ts";
import { isLostServer } from "./postgres-errors.ts";
import type { PoolsOfServers } from "./postgres-pools.ts";

/** Plain reads wait for schema changes only. Milliseconds. */
const limits =
  "SET LOCAL lock_timeout = 250; SET LOCAL statement_timeout = 5000; SET LOCAL idle_in_transaction_session_timeout = 5000";

/** A statement as `pg` takes it, whose rows are arrays; a text alone has no values. */
type Asked = string | QueryArrayConfig<unknown[]>;

/** Runs statements outside the desk's transactions. */
export interface Reader {
  /**
   * Runs a statement in a transaction of its own that refuses to write. BEGIN with its limits, the statement and COMMIT are
   * one packet: a pooler accepts no settings at the start of a connection and keeps none between transactions (R7).
   */
  query<Row extends unknown[] = unknown[]>(asked: Asked): Promise<QueryArrayResult<Row>>;
  /** Commits a transaction that writes nothing but has an id, which a standby or read-only server refuses. */
  probeWrite(): Promise<void>;
}

/** Reads over the connections that are kept for reads. */
export function openReader(servers: PoolsOfServers): Reader {
  async function run(begin: string, asked: Asked): Promise<QueryArrayResult> {
    const pools = await servers.current();
    try {
      const client = await pools.reading.connect();
      return await inTransaction(client, begin, arrayQuery(asked, pools.isPooled));
    } catch (error) {
      if (isLostServer(error)) servers.lost(pools);
      throw error;
    }
  }
  return {
    // The rows are as the statement's author declares them.
    query: async <Row extends unknown[]>(asked: Asked) =>
      (await run(`BEGIN READ ONLY; ${limits}`, asked)) as QueryArrayResult<Row>,
    async probeWrite() {
      await run(`BEGIN READ WRITE; ${limits}`, "select pg_current_xact_id()");
    },
  };
}

async function inTransaction(client: PoolClient, begin: string, asked: QueryArrayConfig): Promise<QueryArrayResult> {
  batchTick(client);
  const [begun, answered, ended] = await Promise.allSettled([
    client.query(begin),
    client.query(asked),
    client.query("COMMIT"),
  ]);
  // After an error in the statement, PostgreSQL answers COMMIT with a rollback. If COMMIT fails, the connection is gone.
  client.release(ended.status === "rejected");
  for (const step of [begun, answered, ended]) if (step.status === "rejected") throw step.reason;
  if (answered.status === "rejected") throw answered.reason;
  return answered.value;
}

/** Behind a pooler a statement has no name: the next one of that name may reach a server connection that does not know it. */
function arrayQuery(asked: Asked, isPooled: boolean): QueryArrayConfig {
  if (typeof asked === "string") return { text: asked, rowMode: "array" };
  const { name, ...unnamed } = asked;
  return isPooled || name === undefined ? unnamed : asked;
}

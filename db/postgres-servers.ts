import pg from "pg";
import { classifyPostgresError, standbyError } from "./postgres-errors.ts";

/** The PostgreSQL server that takes writes, and how it is reached. */
export interface WritableServer {
  /** Connects to this server alone. */
  readonly connection: pg.ClientConfig;
  /** A connection pooler such as PgBouncer stands between the desk and the server. */
  readonly isPooled: boolean;
}

/** How long one server may take to answer. A server that is switched off does not refuse, it stays silent. */
const probeTimeoutMs = 2_000;

/** What every connection has. Everything else is set per transaction: a pooler refuses other start-up parameters (R7). */
const common = { application_name: "frontdesk", keepAlive: true, keepAliveInitialDelayMillis: 30_000 };

/**
 * One url per server of a url with a list of servers: `postgres://a,b:5433/desk` gives `postgres://a/desk` and
 * `postgres://b:5433/desk`.
 */
export function serverUrls(url: string): readonly string[] {
  const [, scheme = "", user = "", servers = "", rest = ""] =
    /^([a-z]+:\/\/)([^/?#]*@)?([^/?#]*)(.*)$/i.exec(url) ?? [];
  return servers.split(",").map((server) => `${scheme}${user}${server}${rest}`);
}

/**
 * Asks every server of a url at once and gives the first that takes writes. Rejects with `database-standby` when only
 * standbys answer, and as the first server does when none answers.
 */
export async function findWritableServer(url: string): Promise<WritableServer> {
  const urls = serverUrls(url);
  const probes = await Promise.allSettled(urls.map((each) => probe(each, urls.length > 1)));
  const answered = probes.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  const writable = answered.find((each) => each.takesWrites);
  if (writable !== undefined) return writable.server;
  if (answered.length > 0) throw standbyError();
  const [first] = probes.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
  throw classifyPostgresError(first);
}

async function probe(
  url: string,
  isOneOfMany: boolean,
): Promise<{ readonly server: WritableServer; readonly takesWrites: boolean }> {
  const connection = { ...common, connectionString: url };
  const timeout = { connectionTimeoutMillis: isOneOfMany ? probeTimeoutMs : 10_000 };
  const client = new pg.Client({ ...connection, ...timeout });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<[boolean, string, number]>({
      rowMode: "array",
      text: "select pg_is_in_recovery(), current_setting('default_transaction_read_only'), pg_backend_pid()",
    });
    const [[isStandby, readOnly, serverProcess] = [true, "on", 0]] = rows;
    // A pooler invents the process id that it tells its clients, for cancel requests.
    const { processID } = client as unknown as { readonly processID: number | null }; // not in the types
    return {
      server: { connection, isPooled: processID !== serverProcess },
      takesWrites: !isStandby && readOnly === "off",
    };
  } finally {
    await client.end().catch(() => {});
  }
}

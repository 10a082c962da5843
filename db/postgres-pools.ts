import pg from "pg";
import { findWritableServer, serverUrls } from "./postgres-servers.ts";

/** The connections to the server that takes writes. */
export interface Pools {
  /** Connections for transactions. */
  readonly writing: pg.Pool;
  /** Connections for reads, apart, so that reads go on while every transaction waits for a lock. */
  readonly reading: pg.Pool;
  readonly isPooled: boolean;
}

/** Connections that follow a failover to another server of the url (R7). */
export interface PoolsOfServers {
  /** The pools of the writable server; looks for it first if it is not known. */
  current(): Promise<Pools>;
  /** To be called when its server was lost or takes no writes any more. Without other servers to try it does nothing. */
  lost(pools: Pools): void;
  close(): Promise<void>;
}

/** With more, transactions would only wait for each other inside the server. */
const writeConnections = 6;
const readConnections = 2;

/** The number of transactions that may run at once. */
export const maxTransactions = writeConnections;

/** Opens no connection before they are needed. `connectionTimeoutMs` bounds the wait for one. */
export function poolsOfServers(url: string, connectionTimeoutMs: number): PoolsOfServers {
  const hasOthers = serverUrls(url).length > 1;
  const ending = new Set<Promise<unknown>>();
  let current: Promise<Pools> | undefined;
  let known: Pools | undefined;

  async function open(): Promise<Pools> {
    const { connection, isPooled } = await findWritableServer(url);
    const config = {
      ...connection,
      connectionTimeoutMillis: connectionTimeoutMs,
      ...{ pipeline: true }, // sends statements without waiting for earlier answers; not yet in the types
    };
    known = {
      writing: quietPool({ ...config, max: writeConnections }),
      reading: quietPool({ ...config, max: readConnections }),
      isPooled,
    };
    return known;
  }

  function end(pools: Pools): void {
    const ended = Promise.allSettled([pools.writing.end(), pools.reading.end()]);
    ending.add(ended);
    void ended.then(() => ending.delete(ended));
  }

  return {
    current() {
      current ??= open().catch((error: unknown) => {
        current = undefined;
        throw error;
      });
      return current;
    },
    lost(pools) {
      if (!hasOthers || pools !== known) return;
      known = undefined;
      current = undefined;
      end(pools);
    },
    async close() {
      await current?.catch(() => {});
      if (known !== undefined) end(known);
      known = undefined;
      await Promise.all(ending);
    },
  };
}

/** A pool that ignores errors of idle connections: the next query reports them. Without a listener they end the process. */
function quietPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

import { randomBytes } from "node:crypto";
import pg from "pg";
import type { Change, Changes } from "../src/ports/changes.ts";

/** What is told within this time goes out together, each thing once: every turn has something to tell. */
const gatherMs = 20;
/** A line that broke is tried again after this long. */
const againMs = 1_000;
const channel = "frontdesk";

/** The line between processes over LISTEN and NOTIFY. */
export interface PostgresChanges extends Changes {
  close(): Promise<void>;
}

/**
 * Opens the line. It tells over the pool, outside of transactions: a NOTIFY inside one would make all commits wait for
 * each other. It listens on a connection of its own, which is opened with the first listener.
 */
export function openChanges(connection: pg.ClientConfig, pool: Pick<pg.Pool, "query">): PostgresChanges {
  const own = randomBytes(6).toString("base64url");
  const listeners = new Set<(change: Change) => void>();
  const untold = new Set<string>();
  let telling: NodeJS.Timeout | undefined;
  let line: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;
  let closed = false;

  async function tellAll(): Promise<void> {
    telling = undefined;
    const payloads = [...untold];
    untold.clear();
    await pool
      .query("select pg_notify($1, payload) from unnest($2::text[]) payload", [channel, payloads])
      .catch(() => {});
  }

  function hear(payload: string | undefined): void {
    const [from, change] = JSON.parse(payload ?? "[]") as [string, Change]; // told by another desk's `tell`
    if (from !== own) for (const listener of listeners) listener(change);
  }

  function connect(missed: boolean): void {
    const client = new pg.Client({ ...connection, application_name: "frontdesk listening" });
    line = client;
    client.on("notification", ({ payload }) => hear(payload));
    client.on("error", () => {});
    client.once("end", () => {
      if (!closed) again = setTimeout(connect, againMs, true).unref();
    });
    client
      .connect()
      .then(() => client.query(`listen ${channel}`))
      .then(() => {
        if (missed) for (const listener of listeners) listener({ what: "missed" });
      })
      .catch(() => client.end().catch(() => {}));
  }

  return {
    tell(change) {
      if (closed) return;
      untold.add(JSON.stringify([own, change]));
      telling ??= setTimeout(() => void tellAll(), gatherMs).unref();
    },
    listen(listener) {
      listeners.add(listener);
      if (line === undefined) connect(false);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      clearTimeout(again);
      clearTimeout(telling);
      if (untold.size > 0) await tellAll();
      await line?.end().catch(() => {});
    },
  };
}

import { randomBytes } from "node:crypto";
import pg from "pg";
import type { Change, Changes } from "../src/ports/changes.ts";

/** Debounce: changes of this window are sent together and deduplicated, because every turn sends some. */
const debounceMs = 20;
const reconnectMs = 1_000;
const channel = "frontdesk";

/** Notifications between processes over LISTEN and NOTIFY. */
export interface PostgresChanges extends Changes {
  close(): Promise<void>;
}

/**
 * Sends over the pool, outside transactions: a NOTIFY inside a transaction takes a global lock that makes commits wait for
 * each other. Listens on a dedicated connection, opened with the first listener.
 */
export function openChanges(connection: pg.ClientConfig, pool: Pick<pg.Pool, "query">): PostgresChanges {
  const own = randomBytes(6).toString("base64url");
  const listeners = new Set<(change: Change) => void>();
  const pending = new Set<string>();
  let sending: NodeJS.Timeout | undefined;
  let listening: pg.Client | undefined;
  let reconnecting: NodeJS.Timeout | undefined;
  let closed = false;

  async function sendPending(): Promise<void> {
    sending = undefined;
    const payloads = [...pending];
    pending.clear();
    await pool
      .query("select pg_notify($1, payload) from unnest($2::text[]) payload", [channel, payloads])
      .catch(() => {});
  }

  function receive(payload: string | undefined): void {
    const [from, change] = JSON.parse(payload ?? "[]") as [string, Change]; // written by another process' `tell`
    if (from !== own) for (const listener of listeners) listener(change);
  }

  function connect(isReconnect: boolean): void {
    const client = new pg.Client({ ...connection, application_name: "frontdesk listening" });
    listening = client;
    client.on("notification", ({ payload }) => receive(payload));
    client.on("error", () => {});
    client.once("end", () => {
      if (!closed) reconnecting = setTimeout(connect, reconnectMs, true).unref();
    });
    client
      .connect()
      .then(() => client.query(`listen ${channel}`))
      .then(() => {
        if (isReconnect) for (const listener of listeners) listener({ what: "missed" });
      })
      .catch(() => client.end().catch(() => {}));
  }

  return {
    tell(change) {
      if (closed) return;
      pending.add(JSON.stringify([own, change]));
      sending ??= setTimeout(() => void sendPending(), debounceMs).unref();
    },
    listen(listener) {
      listeners.add(listener);
      if (listening === undefined) connect(false);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      clearTimeout(reconnecting);
      clearTimeout(sending);
      if (pending.size > 0) await sendPending();
      await listening?.end().catch(() => {});
    },
  };
}

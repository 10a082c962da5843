import { randomBytes } from "node:crypto";
import pg from "pg";
import type { Change, Changes } from "../src/ports/changes.ts";
import type { Reader } from "./postgres-reader.ts";

/** Debounce: changes of this window are sent together and deduplicated, because every turn sends some. */
const debounceMs = 20;
const reconnectMs = 1_000;
const channel = "frontdesk";

/** Notifications between processes over LISTEN and NOTIFY. */
export interface PostgresChanges extends Changes {
  close(): Promise<void>;
}

/**
 * Sends over the reader, outside the desk's transactions: a NOTIFY inside a transaction takes a global lock that makes
 * commits wait for each other. Listens on a dedicated connection, opened with the first listener. `connection` gives that
 * of the server that takes writes, for each attempt; a pooler that shares connections between clients cannot listen (R7).
 */
export function openChanges(
  connection: () => Promise<pg.ClientConfig>,
  reader: Pick<Reader, "query">,
): PostgresChanges {
  const own = randomBytes(6).toString("base64url");
  const listeners = new Set<(change: Change) => void>();
  const pending = new Set<string>();
  let sending: NodeJS.Timeout | undefined;
  let listening: pg.Client | undefined;
  let reconnecting: NodeJS.Timeout | undefined;
  /** After the first attempt to connect, every later one follows from the one before. */
  let connects = false;
  let closed = false;

  async function sendPending(): Promise<void> {
    sending = undefined;
    const payloads = [...pending];
    pending.clear();
    const text = "select pg_notify($1, payload) from unnest($2::text[]) payload";
    await reader.query({ text, values: [channel, payloads], rowMode: "array" }).catch(() => {});
  }

  function receive(payload: string | undefined): void {
    const [from, change] = JSON.parse(payload ?? "[]") as [string, Change]; // written by another process' `tell`
    if (from !== own) for (const listener of listeners) listener(change);
  }

  async function connect(isReconnect: boolean): Promise<void> {
    const client = await openClient().catch(() => undefined);
    if (closed) return void client?.end().catch(() => {});
    if (client === undefined) return reconnectLater();
    client.once("end", reconnectLater);
    listening = client;
    await client
      .query(`listen ${channel}`)
      .then(() => {
        if (isReconnect) for (const listener of listeners) listener({ what: "missed" });
      })
      .catch(() => client.end().catch(() => {}));
  }

  async function openClient(): Promise<pg.Client> {
    const client = new pg.Client({ ...(await connection()), application_name: "frontdesk listening" });
    client.on("notification", ({ payload }) => receive(payload));
    client.on("error", () => {});
    await client.connect();
    return client;
  }

  function reconnectLater(): void {
    listening = undefined;
    if (!closed) reconnecting = setTimeout(() => void connect(true), reconnectMs).unref();
  }

  return {
    tell(change) {
      if (closed) return;
      pending.add(JSON.stringify([own, change]));
      sending ??= setTimeout(() => void sendPending(), debounceMs).unref();
    },
    listen(listener) {
      listeners.add(listener);
      if (!connects) void connect(false);
      connects = true;
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

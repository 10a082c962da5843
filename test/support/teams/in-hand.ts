import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import pg from "pg";

/** Number of cards and mails being sent at this moment. */
export interface InHand {
  count(): Promise<number>;
  close(): Promise<void>;
}

const inHand = "select count(*) as waiting from outbox where state = 'waiting' and attempts > 0 and last_error is null";

/** Reads the desk's database directly: leased rows without a reported outcome are being sent. */
export async function lookInHand(url: string): Promise<InHand> {
  if (url.startsWith("file:")) {
    const connection = new Sqlite(fileURLToPath(new URL(url)), { readonly: true });
    const statement = connection.prepare(inHand).pluck();
    return { count: async () => Number(statement.get()), close: async () => void connection.close() };
  }
  const client = new pg.Client(url);
  await client.connect();
  return {
    count: async () => Number((await client.query(inHand)).rows[0]?.waiting),
    close: () => client.end(),
  };
}

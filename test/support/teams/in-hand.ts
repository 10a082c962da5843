import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import pg from "pg";

/** How many cards and mails are being sent this moment. */
export interface InHand {
  count(): Promise<number>;
  close(): Promise<void>;
}

const inHand = "select count(*) as waiting from outbox where state = 'waiting' and attempts > 0 and last_error is null";

/** Looks into a desk's books past the desk: a row that was taken and not reported on is in somebody's hand. */
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

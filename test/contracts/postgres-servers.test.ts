import { expect, inject, onTestFinished, test } from "vitest";
import { classifyPostgresError } from "../../db/postgres-errors.ts";
import { findWritableServer, serverUrls } from "../../db/postgres-servers.ts";
import { openStore } from "../../db/store.ts";
import {
  emptyDatabase,
  newDatabase,
  openPostgresTestStore,
  postgresVault,
  reached,
} from "../support/postgres-store.ts";
import { aPractice } from "../support/records.ts";

test.each([
  ["postgres://desk@a/books", ["postgres://desk@a/books"]],
  ["postgres://a,b/books", ["postgres://a/books", "postgres://b/books"]],
  [
    "postgresql://desk:p%2Cw@a:5432,b:5433/books?sslmode=require",
    ["postgresql://desk:p%2Cw@a:5432/books?sslmode=require", "postgresql://desk:p%2Cw@b:5433/books?sslmode=require"],
  ],
  ["postgres://desk@[::1]:5432,b/books", ["postgres://desk@[::1]:5432/books", "postgres://desk@b/books"]],
])("R7 %s names these servers", (url, urls) => {
  expect(serverUrls(url)).toEqual(urls);
});

/** The url with a server in front that nothing listens on. */
function behindDead(url: string): string {
  return url.replace("@127.0.0.1", "@127.0.0.1:1,127.0.0.1");
}

test("R7 of several servers the one that takes writes is used", async () => {
  const url = behindDead(await newDatabase());
  expect(url).toContain(",");
  const store = await openStore({ url, vault: postgresVault });
  onTestFinished(store.close);
  await store.transaction(({ practices }) => practices.save(aPractice()));
  expect(await store.read.practices.list()).toEqual([aPractice()]);
});

test("R7 a server that is read-only is refused with the remedy, at the start and later", async () => {
  const store = await openPostgresTestStore();
  await expect(store.probeWrite()).resolves.toBeUndefined();
  const name = new URL(store.url).pathname.slice(1);
  await store.raw(`alter database ${name} set default_transaction_read_only = on`);
  for (const url of [store.url, behindDead(store.url)]) {
    await expect(openStore({ url, vault: postgresVault })).rejects.toMatchObject({
      code: "database-standby",
      retryable: true,
      message: expect.stringContaining("postgres://user:password@first,second/database"),
    });
  }
});

test("R7 when no server answers, the desk says that it cannot be reached", async () => {
  const url = "postgres://desk@127.0.0.1:1,127.0.0.1:2/books";
  await expect(findWritableServer(url)).rejects.toMatchObject({ code: "database-away", retryable: true });
});

test("R7 a pooler is noticed and can do everything but listen; a direct connection is not taken for one", async () => {
  const pooler = inject("pooler");
  const { url } = reached(await emptyDatabase());
  expect(url.startsWith(pooler?.replace(/[^/]*$/, "") ?? "postgres:")).toBe(true);
  let noticed = 0;
  const store = await openStore({ url, vault: postgresVault, access: "upgrade", onPooler: () => (noticed += 1) });
  onTestFinished(store.close);
  expect(noticed).toBe(pooler === undefined ? 0 : 1);
  await store.transaction(({ practices }) => practices.save(aPractice()));
  await store.probeWrite();
  expect(await store.read.practices.list()).toEqual([aPractice()]);
});

test("R7 a direct url that leads to another database than the desk's is refused", async () => {
  const [url, directUrl] = [await newDatabase(), await newDatabase()];
  const store = await openStore({ url, directUrl, vault: postgresVault });
  onTestFinished(store.close);
  const empty = `${url.slice(0, url.lastIndexOf("/"))}/postgres`;
  await expect(openStore({ url: empty, directUrl, vault: postgresVault })).rejects.toMatchObject({
    code: "database-missing",
    message: expect.stringContaining("DATABASE_URL"),
  });
});

test.each([
  [
    "08P01",
    "unsupported startup parameter: options",
    "pooler-refused",
    false,
    /refuses the parameter options\. Remove it from/,
  ],
  ["08P01", "unsupported startup parameter in options: work_mem", "pooler-refused", false, /parameter work_mem/],
  ["08P01", "transaction blocks not allowed in statement pooling mode", "pooler-refused", false, /Set pool_mode/],
  ["26000", 'prepared statement "desk_1" does not exist', "pooler-refused", true, /mixes prepared statements/],
  ["42P05", 'prepared statement "desk_1" already exists', "pooler-refused", true, /mixes prepared statements/],
  ["08P01", "query_wait_timeout", "database-busy", true, /Raise default_pool_size/],
  ["08P01", "no more connections allowed (max_client_conn)", "database-busy", true, /max_client_conn/],
  [
    "08P01",
    "server login has been failing, try again later (server_login_retry)",
    "database-away",
    true,
    /cannot reach/,
  ],
  ["08P01", "pgbouncer cannot connect to server", "database-away", true, /cannot reach its server/],
])("R7 the pooler's error %s %s is %s and names it", (code, message, expected, retryable, sentence) => {
  const classified = classifyPostgresError(Object.assign(new Error(message), { code }));
  expect(classified).toMatchObject({ code: expected, retryable, message: expect.stringMatching(sentence) });
  expect(String(classified)).toContain("The connection pooler (PgBouncer) of DATABASE_URL");
});

test.each([
  ["08006", "connection failure", "database-away"],
  ["57P01", "terminating connection due to administrator command", "database-away"],
  ["55P03", "canceling statement due to lock timeout", "database-busy"],
  ["25006", "cannot execute INSERT in a read-only transaction", "database-standby"],
])("R7 the server's own error %s names no pooler", (code, message, expected) => {
  const classified = classifyPostgresError(Object.assign(new Error(message), { code }));
  expect(classified).toMatchObject({ code: expected });
  expect(String(classified)).not.toContain("pooler");
});

import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject, onTestFinished } from "vitest";
import { openStore, type Store, type StoreOptions } from "../../db/store.ts";
import { newRingKey, openVault } from "../../src/vault.ts";

/** The key these stores are sealed with. */
export const postgresVault = openVault([newRingKey("test")]);

/** A real store in a PostgreSQL database of its own, closed and dropped when the test has ended. */
export interface PostgresTestStore extends Store {
  /** The database, as DATABASE_URL takes it. */
  readonly url: string;
  /** Asks the database past the desk. */
  raw(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** The same books opened once more: another process, or the same after a restart. */
  reopen(options?: Omit<Partial<StoreOptions>, "url">): Promise<Store>;
}

/** Opens a store for the running test, from the test itself or its `beforeEach`. */
export async function openPostgresTestStore(
  options: Omit<Partial<StoreOptions>, "url"> = {},
): Promise<PostgresTestStore> {
  const url = await newDatabase();
  const opened: { close(): unknown }[] = [];
  const open = async (others: Omit<Partial<StoreOptions>, "url"> = options) => {
    const store = await openStore({ url, vault: postgresVault, ...others });
    opened.push(store);
    return store;
  };
  onTestFinished(async () => {
    for (const each of opened.reverse()) await each.close();
  });
  return {
    ...(await open()),
    url,
    raw: (text, values) => ask(url, text, values),
    reopen: open,
  };
}

/**
 * The same for a test that asks for nothing but what a desk asks: in a database that later tests of the file get again,
 * emptied, because making and dropping one takes longer than most of them.
 */
export async function openSharedPostgresStore(): Promise<Store & Pick<PostgresTestStore, "reopen">> {
  const url = emptied.pop() ?? (await madeToStay());
  const opened: Store[] = [];
  const open = async (options: Omit<Partial<StoreOptions>, "url"> = {}) => {
    const store = await openStore({ url, vault: postgresVault, ...options });
    opened.push(store);
    return store;
  };
  onTestFinished(async () => {
    for (const each of opened.reverse()) await each.close();
    await empty(url);
    emptied.push(url);
  });
  return { ...(await open()), reopen: open };
}

/** Databases of this process that nobody uses now, with nothing in them. */
const emptied: string[] = [];

/** Goes with the server, at the end of the run. */
async function madeToStay(): Promise<string> {
  const server = inject("postgres");
  const name = `shared_${randomBytes(6).toString("hex")}`;
  await ask(server, `create database ${name} template ${await template(server)}`);
  return urlOf(server, name);
}

/** Takes every row away, past the guards that forbid it. */
async function empty(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query("set session_replication_role = replica; set lock_timeout = '5s'");
    const { rows } = await client.query(`
      select case relkind when 'r' then format('delete from %I', relname)
        else format('alter sequence %I restart', relname) end as statement
      from pg_class where relnamespace = 'public'::regnamespace
        and (relkind = 'r' or relkind = 'S') and relname not like '__drizzle%'`);
    await client.query(rows.map(({ statement }) => statement).join(";"));
  } finally {
    await client.end();
  }
}

/** A database with the books' tables and guards and nothing in them, for the running test. */
export async function newDatabase(): Promise<string> {
  return made("books", `template ${await template(inject("postgres"))}`);
}

/** A database with nothing in it at all, for the running test. */
export function emptyDatabase(): Promise<string> {
  return made("empty", "");
}

async function made(kind: string, how: string): Promise<string> {
  const server = inject("postgres");
  const name = `${kind}_${randomBytes(6).toString("hex")}`;
  await ask(server, `create database ${name} ${how}`);
  onTestFinished(async () => void (await ask(server, `drop database ${name} with (force)`)));
  return urlOf(server, name);
}

/** One statement on a line of its own. */
async function ask(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** Copying a database is much quicker than making its tables; the first to need one makes what the others copy. */
async function template(server: string): Promise<string> {
  const name = "books_template";
  const client = new pg.Client(server);
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(1)");
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (rowCount === 0) {
      const draft = `${name}_draft`;
      await client.query(`drop database if exists ${draft}`);
      await client.query(`create database ${draft}`);
      await (await openStore({ url: urlOf(server, draft), vault: postgresVault })).close();
      await client.query(`alter database ${draft} rename to ${name}`);
    }
    return name;
  } finally {
    await client.end();
  }
}

function urlOf(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

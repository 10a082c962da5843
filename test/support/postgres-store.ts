import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject, onTestFinished } from "vitest";
import { openStore, type Store, type StoreOptions } from "../../db/store.ts";
import { newRingKey, openVault } from "../../src/vault.ts";

/** The encryption key of these stores. */
export const postgresVault = openVault([newRingKey("test")]);

/** A store on its own PostgreSQL database, closed and dropped after the test. */
export interface PostgresTestStore extends Store {
  /** The database, in the format of DATABASE_URL. */
  readonly url: string;
  /** Queries the database directly, bypassing the desk. */
  raw(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Opens the same database again: another process, or the same one after a restart. */
  reopen(options?: Omit<Partial<StoreOptions>, "url">): Promise<Store>;
}

/** Opens a store for the running test. Call it from the test or its `beforeEach`. */
export async function openPostgresTestStore(
  options: Omit<Partial<StoreOptions>, "url"> = {},
): Promise<PostgresTestStore> {
  const url = await newDatabase();
  const opened: { close(): unknown }[] = [];
  const open = async (others: Omit<Partial<StoreOptions>, "url"> = options) => {
    const store = await openStore({ ...reached(url), vault: postgresVault, ...others });
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
 * A store for tests that use only what a desk uses. Its database is emptied, kept open and reused by later tests of the
 * worker, because creating and dropping a database and connecting to it takes longer than most tests.
 */
export async function openSharedPostgresStore(): Promise<Store & Pick<PostgresTestStore, "reopen">> {
  const database = emptied.pop() ?? (await madeToStay());
  const { url } = database;
  const store = database.store ?? (await openStore({ ...reached(url), vault: postgresVault }));
  const others: Store[] = [];
  let kept: Store | undefined = store;
  onTestFinished(async () => {
    for (const each of others.reverse()) await each.close();
    await database.empty();
    emptied.push({ ...database, store: kept });
  });
  return {
    ...store,
    async close() {
      kept = undefined;
      await store.close();
    },
    async reopen(options = {}) {
      const other = await openStore({ ...reached(url), vault: postgresVault, ...options });
      others.push(other);
      return other;
    },
  };
}

/** How desks reach a database: through the pooler of this run if it has one (`pooler-setup.ts`). */
export function reached(url: string): Pick<StoreOptions, "url" | "directUrl"> {
  const pooler = inject("pooler");
  return pooler === undefined ? { url } : { url: urlOf(pooler, new URL(url).pathname.slice(1)), directUrl: url };
}

/** An empty database of this process that is free for use. It is open unless its last test closed it. */
interface Emptied {
  readonly url: string;
  readonly store: Store | undefined;
  /** Deletes all rows, with the protective triggers disabled. */
  empty(): Promise<void>;
}

const emptied: Emptied[] = [];

/** Created once; removed with the server at the end of the run. */
async function madeToStay(): Promise<Emptied> {
  const server = inject("postgres");
  const name = `shared_${randomBytes(6).toString("hex")}`;
  await ask(server, `create database ${name} template ${await template(server)}`);
  const url = urlOf(server, name);
  const client = new pg.Client(url);
  client.on("error", () => {}); // the server stops before this process
  await client.connect();
  await client.query("set session_replication_role = replica; set lock_timeout = '5s'");
  const { rows } = await client.query(`
    select case relkind when 'r' then format('delete from %I', relname)
      else format('alter sequence %I restart', relname) end as statement
    from pg_class where relnamespace = 'public'::regnamespace
      and (relkind = 'r' or relkind = 'S') and relname not like '__drizzle%'`);
  const everything = rows.map(({ statement }) => statement).join(";");
  return { url, store: undefined, empty: async () => void (await client.query(everything)) };
}

/** An empty database with the desk's tables and triggers, for the running test. */
export async function newDatabase(): Promise<string> {
  return made("books", `template ${await template(inject("postgres"))}`);
}

/** A database without any tables, for the running test. */
export function emptyDatabase(): Promise<string> {
  return made("empty", "");
}

/** A copy of a database for the running test. No process may have the original open. */
export function copyDatabase(url: string): Promise<string> {
  return made("copy", `template ${new URL(url).pathname.slice(1)}`);
}

async function made(kind: string, how: string): Promise<string> {
  const server = inject("postgres");
  const name = `${kind}_${randomBytes(6).toString("hex")}`;
  await ask(server, `create database ${name} ${how}`);
  const url = urlOf(server, name);
  onTestFinished(() => dropDatabase(url));
  return url;
}

/** Drops a database, if it exists, and disconnects its users. */
export async function dropDatabase(url: string): Promise<void> {
  await ask(inject("postgres"), `drop database if exists ${new URL(url).pathname.slice(1)} with (force)`);
}

/** Runs one statement on its own connection. */
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

/** The template database. Copying it is much faster than creating the tables. The first caller creates it. */
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

import { copyFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Database } from "better-sqlite3";
import pg from "pg";
import { onTestFinished } from "vitest";
import { copyBooks } from "../../db/copy.ts";
import type { Store } from "../../db/store.ts";
import type { Clock } from "../../src/clock.ts";
import { importYaml, look, openBooks, testFolder } from "./desk-files.ts";
import { type DeskOver, deskOver } from "./desk-over.ts";
import { copyDatabase, dropDatabase, newDatabase } from "./postgres-store.ts";

/** The supported deployments: one process on a SQLite file, or two on one PostgreSQL database. */
export const ways = ["SQLite", "PostgreSQL, two desks"] as const;
export type Way = (typeof ways)[number];

/** One or two desks on the same database. Inbounds are distributed to them in turn. */
export interface Desks extends DeskOver {
  /** Stops them and closes their databases. */
  close(): Promise<void>;
}

/** A database for the desks of one deployment, for the running test. */
export interface SharedBooks {
  readonly way: Way;
  /** In the format of DATABASE_URL. */
  readonly url: string;
  /** Opens its desks. `through` may wrap the store. */
  open(clock: Clock, through?: (store: Store) => Store): Promise<Desks>;
  /** Reads the committed data directly. */
  look<T>(see: (books: Database) => T): Promise<T>;
  /** The rows of one query, with its values as `?`. Faster than `look`. */
  ask(sql: string, ...values: readonly unknown[]): Promise<readonly unknown[]>;
  /** Changes the data directly. */
  alter(sql: string): Promise<void>;
  /** A copy of the database. No desk may have it open. */
  copy(): Promise<SharedBooks>;
  /** Removes it before the test ends, for tests that need many. */
  remove(): Promise<void>;
}

/** A database with these practices, given as YAML texts. PostgreSQL needs its set-up (`postgres-setup.ts`). */
export async function openSharedBooks(way: Way, practices: readonly string[], nowMs: number): Promise<SharedBooks> {
  const books = way === "SQLite" ? inFile(join(testFolder(), "desk.db")) : inPostgres(await newDatabase());
  const store = await openBooks(books.url);
  for (const yaml of practices) await importYaml(store, yaml, nowMs);
  await store.close();
  return books;
}

function inFile(file: string): SharedBooks {
  const url = `file:${file}`;
  return {
    way: "SQLite",
    url,
    open: (clock, through) => openDesks([url], clock, through),
    look: async (see) => look(file, see),
    ask: async (sql, ...values) => look(file, (books) => books.prepare(sql).all(...values)),
    alter: async (sql) => look(file, (books) => void books.exec(sql)),
    async copy() {
      const other = join(testFolder(), "desk.db");
      copyFileSync(file, other);
      return inFile(other);
    },
    remove: async () => rmSync(dirname(file), { recursive: true, force: true }),
  };
}

function inPostgres(url: string): SharedBooks {
  const ask = async (text: string, values: unknown[] = []) => {
    const client = new pg.Client(url);
    await client.connect();
    try {
      return (await client.query(text, values)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    way: "PostgreSQL, two desks",
    url,
    open: (clock, through) => openDesks([url, url], clock, through),
    async look(see) {
      const copy = inFile(join(testFolder(), "copy.db"));
      await copyBooks(url, copy.url);
      return copy.look(see).finally(copy.remove);
    },
    ask(sql, ...values) {
      let at = 0;
      return ask(
        sql.replaceAll("?", () => `$${++at}`),
        [...values],
      );
    },
    alter: async (sql) => void (await ask(sql)),
    copy: async () => inPostgres(await copyDatabase(url)),
    remove: () => dropDatabase(url),
  };
}

async function openDesks(
  urls: readonly string[],
  clock: Clock,
  through = (store: Store): Store => store,
): Promise<Desks> {
  const stores = await Promise.all(urls.map(openBooks));
  for (const store of stores) onTestFinished(store.close);
  const desks = stores.map((store) => deskOver(through(store), clock));
  let turn = 0;
  const next = (): DeskOver => {
    const desk = desks[turn++ % desks.length];
    if (desk === undefined) throw new Error("there is a desk");
    return desk;
  };
  const all = async (act: (desk: DeskOver) => Promise<void>) => void (await Promise.all(desks.map(act)));
  const stop = () => all((desk) => desk.stop());
  return {
    ...next(),
    deliver: (...words) => next().deliver(...words),
    say: (...words) => next().say(...words),
    press: (...words) => next().press(...words),
    idle: () => all((desk) => desk.idle()),
    stop,
    async close() {
      await stop();
      await Promise.all(stores.map((store) => store.close()));
    },
  };
}

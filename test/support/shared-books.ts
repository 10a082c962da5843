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

/** The ways a practice runs its desk: one process on a file, or two on one PostgreSQL. */
export const ways = ["SQLite", "PostgreSQL, two desks"] as const;
export type Way = (typeof ways)[number];

/** Desks over the same books, one or two: what people say and press goes to them in turn. */
export interface Desks extends DeskOver {
  /** Stops them, and closes their books. */
  close(): Promise<void>;
}

/** Books that the desks of one way share; for the running test only. */
export interface SharedBooks {
  readonly way: Way;
  /** As DATABASE_URL takes it. */
  readonly url: string;
  /** Opens its desks; `through` may put something between a desk and its store. */
  open(clock: Clock, through?: (store: Store) => Store): Promise<Desks>;
  /** A look past the desks at what is committed. */
  look<T>(see: (books: Database) => T): Promise<T>;
  /** The rows of one question past the desks, its values as `?`; quicker than a look. */
  ask(sql: string, ...values: readonly unknown[]): Promise<readonly unknown[]>;
  /** Changes them past the desks. */
  alter(sql: string): Promise<void>;
  /** The same once more; no desk may have these open. */
  copy(): Promise<SharedBooks>;
  /** Takes them away before the test ends, for one that needs many. */
  remove(): Promise<void>;
}

/** Books with these practices in them, given as YAML texts. PostgreSQL needs its set-up (`postgres-setup.ts`). */
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

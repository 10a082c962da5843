import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { asc, count, getTableColumns, getTableName, type SQL, sql } from "drizzle-orm";
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { DeskError } from "../src/errors.ts";
import { openDatabase } from "./database.ts";
import { databaseFile } from "./database-file.ts";
import type { Db } from "./db.ts";
import { schema as described } from "./schema.sqlite.ts";
import type { Schema } from "./schema.ts";

/** What was copied, and found to be the same on both sides. */
export interface CopyReport {
  readonly tables: number;
  readonly rows: number;
}

/** Rows at a time: few enough for what a statement takes in values, and for the time it may take. */
const batch = 500;

type Row = Readonly<Record<string, unknown>>;
type Table = Schema[keyof Schema] & SQLiteTable;

/** One end of a copy: a connection, and the tables in its words. */
interface End {
  readonly db: Db;
  readonly schema: Schema;
}

/**
 * Copies all books from one database into another, empty one, all or nothing, and reads both again to compare them:
 * how many rows, and a checksum over each table. Sealed answers stay sealed, so the same key ring opens the copy.
 * Refuses, with code `copy-refused`, a source that is not there, a target that holds anything, and books that are
 * written to meanwhile.
 */
export async function copyBooks(fromUrl: string, toUrl: string): Promise<CopyReport> {
  if (fromUrl.startsWith("file:") && !existsSync(databaseFile(fromUrl))) {
    throw refused(`There is no database file ${databaseFile(fromUrl)}`);
  }
  const from = await openDatabase(fromUrl);
  try {
    const to = await openDatabase(toUrl);
    try {
      return await from.transaction((source) =>
        to.transaction((target) => copyAll({ db: source, schema: from.schema }, { db: target, schema: to.schema })),
      );
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

async function copyAll(from: End, to: End): Promise<CopyReport> {
  const names = Object.keys(from.schema) as (keyof Schema)[]; // keys of what it is
  for (const name of names) await refuseFilled(to, name);
  for (const name of names) await copyTable(from, to, name);
  let rows = 0;
  for (const name of names) {
    const [left, right] = [await sumUp(from, name), await sumUp(to, name)];
    if (left.rows !== right.rows || left.checksum !== right.checksum) {
      const what = `${getTableName(from.schema[name])}: ${left.rows} row(s) there, ${right.rows} here`;
      throw refused(`The copy differs from the books (${what}). Stop every desk that has them open, and copy again`);
    }
    rows += left.rows;
  }
  return { tables: names.length, rows };
}

async function refuseFilled({ db, schema }: End, name: keyof Schema): Promise<void> {
  const [found] = await db.select({ rows: count() }).from(tableOf(schema, name));
  if (found?.rows === 0) return;
  const what = `${getTableName(schema[name])} has ${found?.rows} row(s)`;
  throw refused(`The database to copy into is not empty: ${what}. Name a new one`);
}

function refused(reason: string): DeskError {
  return new DeskError("copy-refused", `${reason}; nothing was copied.`);
}

async function copyTable(from: End, to: End, name: keyof Schema): Promise<void> {
  const table = tableOf(to.schema, name);
  for await (const rows of batches(from, name)) await to.db.insert(table).values(rows.map(withoutCount(table)));
}

async function sumUp(end: End, name: keyof Schema): Promise<{ readonly rows: number; readonly checksum: string }> {
  const hash = createHash("sha256");
  const uncounted = withoutCount(tableOf(end.schema, name));
  let sum = 0;
  for await (const rows of batches(end, name)) {
    for (const row of rows) hash.update(`${JSON.stringify(Object.entries(uncounted(row)))}\n`);
    sum += rows.length;
  }
  return { rows: sum, checksum: hash.digest("hex") };
}

/**
 * Leaves out the number the database counts up itself: nothing refers to it but the order of rows, which the copy keeps
 * by counting anew, and goes on counting from there.
 */
function withoutCount(table: Table): (row: Row) => Row {
  const counted = Object.entries(getTableColumns(table)).find(([, column]) => column.name === "seq")?.[0];
  return counted === undefined ? (row) => row : ({ [counted]: _, ...row }) => row;
}

/** All rows of a table by its primary key, some at a time. */
async function* batches({ db, schema }: End, name: keyof Schema): AsyncGenerator<readonly Row[]> {
  const table = tableOf(schema, name);
  const columns: Readonly<Record<string, SQLiteColumn>> = getTableColumns(table);
  const key = keyOf(name).flatMap((each) => columns[each] ?? []);
  let last: Row | undefined;
  do {
    const rows: readonly Row[] = await db
      .select()
      .from(table)
      .where(last && isAfter(key, keyOf(name), last))
      .orderBy(...key.map((column) => asc(column)))
      .limit(batch);
    if (rows.length > 0) yield rows;
    last = rows.length < batch ? undefined : rows.at(-1);
  } while (last !== undefined);
}

/** The properties that make up a table's primary key, in its order; the same on every database. */
function keyOf(name: keyof Schema): readonly string[] {
  const table = tableOf(described, name);
  const columns = Object.entries(getTableColumns(table));
  const [composite] = getTableConfig(table).primaryKeys;
  if (composite === undefined) return columns.filter(([, column]) => column.primary).map(([property]) => property);
  return composite.columns.flatMap((column) =>
    columns.filter(([, each]) => each.name === column.name).map(([property]) => property),
  );
}

function isAfter(columns: readonly SQLiteColumn[], properties: readonly string[], row: Row): SQL {
  const values = columns.map((column, at) => sql.param(row[properties[at] ?? ""], column));
  return sql`(${sql.join([...columns], sql`, `)}) > (${sql.join(values, sql`, `)})`;
}

/** One of many tables: what is done to them all fits each, though no type can say so. */
function tableOf(schema: Schema, name: keyof Schema): Table {
  return schema[name] as Table;
}

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { asc, count, getTableColumns, getTableName, type SQL, sql } from "drizzle-orm";
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { DeskError } from "../src/errors.ts";
import { openDatabase } from "./database.ts";
import { databaseFile } from "./database-file.ts";
import type { Db } from "./db.ts";
import { takeDatabase } from "./process-lock.ts";
import { schema as described } from "./schema.sqlite.ts";
import type { Schema } from "./schema.ts";

/** What was copied and verified. */
export interface CopyReport {
  readonly tables: number;
  readonly rows: number;
}

/** Rows per statement, well within the limits on bound values and statement time. */
const batchSize = 500;

type Row = Readonly<Record<string, unknown>>;
type Table = Schema[keyof Schema] & SQLiteTable;

/** The source or the target of a copy. */
interface Side {
  readonly db: Db;
  readonly schema: Schema;
}

/**
 * Copies all books from one database into another, empty one in one transaction, then compares both by row count and a
 * checksum per table. Sealed answers stay sealed, so the copy needs the same key ring. Refuses with code `copy-refused`
 * when the source is missing, the target is not empty, or the source changes during the copy, and with `database-in-use`
 * while a desk has the source open. The source is opened read-only.
 */
export async function copyBooks(fromUrl: string, toUrl: string): Promise<CopyReport> {
  if (fromUrl.startsWith("file:") && !existsSync(databaseFile(fromUrl))) {
    throw refused(`There is no database file ${databaseFile(fromUrl)}`);
  }
  const lock = fromUrl.startsWith("file:") ? takeDatabase(fromUrl) : undefined;
  const from = await openDatabase(fromUrl, { access: "read" });
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
    lock?.release();
  }
}

async function copyAll(from: Side, to: Side): Promise<CopyReport> {
  const names = Object.keys(from.schema) as (keyof Schema)[]; // keys of what it is
  for (const name of names) await refuseFilled(to, name);
  for (const name of names) await copyTable(from, to, name);
  let rows = 0;
  for (const name of names) {
    const [left, right] = [await checksumOf(from, name), await checksumOf(to, name)];
    if (left.rows !== right.rows || left.checksum !== right.checksum) {
      const what = `${getTableName(from.schema[name])}: ${left.rows} row(s) in the source, ${right.rows} in the copy`;
      throw refused(`The copy differs from the source (${what}). Stop every desk that uses the source and copy again`);
    }
    rows += left.rows;
  }
  return { tables: names.length, rows };
}

async function refuseFilled({ db, schema }: Side, name: keyof Schema): Promise<void> {
  const [found] = await db.select({ rows: count() }).from(tableOf(schema, name));
  if (found?.rows === 0) return;
  const what = `${getTableName(schema[name])} has ${found?.rows} row(s)`;
  throw refused(`The database to copy into is not empty: ${what}. Name an empty one`);
}

function refused(reason: string): DeskError {
  return new DeskError("copy-refused", `${reason}; nothing was copied.`);
}

async function copyTable(from: Side, to: Side, name: keyof Schema): Promise<void> {
  const table = tableOf(to.schema, name);
  for await (const rows of batches(from, name)) await to.db.insert(table).values(rows.map(withoutSequence(table)));
}

async function checksumOf(
  side: Side,
  name: keyof Schema,
): Promise<{ readonly rows: number; readonly checksum: string }> {
  const hash = createHash("sha256");
  const unnumbered = withoutSequence(tableOf(side.schema, name));
  let sum = 0;
  for await (const rows of batches(side, name)) {
    for (const row of rows) hash.update(`${JSON.stringify(Object.entries(unnumbered(row)))}\n`);
    sum += rows.length;
  }
  return { rows: sum, checksum: hash.digest("hex") };
}

/**
 * Leaves out the auto-incremented number, so that the target numbers rows itself and continues from there. Only the order
 * of rows depends on it, and rows are copied in that order.
 */
function withoutSequence(table: Table): (row: Row) => Row {
  const sequence = Object.entries(getTableColumns(table)).find(([, column]) => column.name === "seq")?.[0];
  return sequence === undefined ? (row) => row : ({ [sequence]: _, ...row }) => row;
}

/** All rows of a table in batches, in the order of its primary key. */
async function* batches({ db, schema }: Side, name: keyof Schema): AsyncGenerator<readonly Row[]> {
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
      .limit(batchSize);
    if (rows.length > 0) yield rows;
    last = rows.length < batchSize ? undefined : rows.at(-1);
  } while (last !== undefined);
}

/** The properties of a table's primary key, in its order; the same on both databases. */
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

/** Any of the tables, as one type: this file uses only what all tables have. */
function tableOf(schema: Schema, name: keyof Schema): Table {
  return schema[name] as Table;
}

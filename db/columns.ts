import { check, customType, index, integer, primaryKey, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";

/** JSON kept as text, because a jsonb column would reorder keys. */
const json = <T>(name: string) =>
  customType<{ data: T; driverData: string }>({
    dataType: () => "text",
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (value) => JSON.parse(value) as T, // the column's own writer is `toDriver` above
  })(name);

/**
 * The words in which `schema.ts` describes a table, spelt for SQLite. Another database supplies the same words,
 * so that every table is written once.
 */
export const sqliteWords = {
  table: sqliteTable,
  text,
  /** A whole number; instants are epoch milliseconds. */
  int: (name: string) => integer(name),
  /** A number the database counts up itself: order of arrival. */
  sequence: (name: string) => integer(name).primaryKey({ autoIncrement: true }),
  bool: (name: string) => integer(name, { mode: "boolean" }),
  json,
  primaryKey,
  unique,
  index,
  check,
};

export type ColumnWords = typeof sqliteWords;

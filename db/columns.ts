import { check, customType, index, integer, primaryKey, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";

/** JSON as text: on PostgreSQL a jsonb column reorders keys. */
const json = <T>(name: string) =>
  customType<{ data: T; driverData: string }>({
    dataType: () => "text",
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (value) => JSON.parse(value) as T, // the column's own writer is `toDriver` above
  })(name);

/** The column types `schema.ts` describes tables with, for SQLite. `columns.postgres.ts` has the same ones for PostgreSQL. */
export const sqliteColumns = {
  table: sqliteTable,
  text,
  /** A whole number; instants are epoch milliseconds. */
  int: (name: string) => integer(name),
  /** An auto-incremented number: the order of arrival. */
  sequence: (name: string) => integer(name).primaryKey({ autoIncrement: true }),
  bool: (name: string) => integer(name, { mode: "boolean" }),
  json,
  primaryKey,
  unique,
  index,
  check,
};

export type ColumnTypes = typeof sqliteColumns;

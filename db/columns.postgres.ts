import { bigint, boolean, check, customType, index, pgTable, primaryKey, unique } from "drizzle-orm/pg-core";
import type { ColumnTypes } from "./columns.ts";

/** Compares texts byte by byte, as SQLite does, so that the order of rows does not depend on the server's locale. */
const textType = 'text COLLATE "C"';

/** JSON as text: a jsonb column reorders keys. */
const json = (name: string) =>
  customType<{ data: unknown; driverData: string }>({
    dataType: () => textType,
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (value) => JSON.parse(value),
  })(name);

const columns: Record<keyof ColumnTypes, unknown> = {
  table: pgTable,
  text: customType<{ data: string }>({ dataType: () => textType }),
  int: (name: string) => bigint(name, { mode: "number" }),
  sequence: (name: string) => bigint(name, { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
  bool: (name: string) => boolean(name),
  json,
  primaryKey,
  unique,
  index,
  check,
};

/**
 * The column types of `schema.ts` for PostgreSQL. They build other columns than SQLite's but hold the same values, and
 * they are typed as SQLite's, so that every query is written once.
 */
export const postgresColumns = columns as ColumnTypes; // see above

import { bigint, boolean, check, customType, index, pgTable, primaryKey, unique } from "drizzle-orm/pg-core";
import type { ColumnWords } from "./columns.ts";

/** Compared byte by byte, as SQLite does: the order of rows must not hang on what language a server was set up in. */
const textType = 'text COLLATE "C"';

/** JSON kept as text, because a jsonb column would reorder keys. */
const json = (name: string) =>
  customType<{ data: unknown; driverData: string }>({
    dataType: () => textType,
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (value) => JSON.parse(value),
  })(name);

const words: Record<keyof ColumnWords, unknown> = {
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
 * The words of `schema.ts` spelt for PostgreSQL. They build other columns than SQLite's, but are used alike and hold
 * the same values, so that every query is written once and typed by SQLite's.
 */
export const postgresWords = words as ColumnWords; // see above

import { Column, getTableName, is, Param, Placeholder, type Query, SQL } from "drizzle-orm";
import { type Guard, guardOf, isDroppable } from "./row-guards.ts";
import type { UnreadableRow } from "./unreadable-rows.ts";

/** Runs a statement's text: takes values in the order of their placeholders, gives rows as arrays in the order of columns. */
export type Run = (values: readonly unknown[]) => readonly unknown[][] | Promise<readonly unknown[][]>;

/** The columns of a query's rows, as both query builders describe them. */
export type RowFields = readonly { readonly path: readonly string[]; readonly field: unknown }[];

/**
 * Runs a built query with the values of its placeholders. A missing value of an encoded placeholder becomes null; any
 * other missing value throws.
 */
export type Statement = (values?: Readonly<Record<string, unknown>>) => Promise<unknown[]>;

/**
 * Precomputes parameter encoders and row decoders per query. The builder's own sessions look them up for every value of
 * every row, which takes longer than the database does.
 */
export function statementOf(
  { params }: Query,
  fields: RowFields | undefined,
  run: Run,
  unreadable: (row: UnreadableRow) => void = () => {},
): Statement {
  const encode = params.map(encoderOf);
  const read = fields === undefined ? undefined : readerOf(fields, unreadable);
  return async (values = {}) => {
    const rows = await run(encode.map((each) => each(values)));
    if (read === undefined) return [];
    const readable: unknown[] = [];
    for (const row of rows) {
      const record = read(row);
      if (record !== undefined) readable.push(record);
    }
    return readable;
  };
}

type Encode = (values: Readonly<Record<string, unknown>>) => unknown;

function encoderOf(param: unknown): Encode {
  if (is(param, Placeholder)) return givenValue(param.name);
  if (!is(param, Param) || !is(param.value, Placeholder)) return () => param;
  const { encoder } = param;
  const { name } = param.value;
  return (values) => {
    const value = values[name];
    return value === undefined || value === null ? null : encoder.mapToDriverValue(value);
  };
}

function givenValue(name: string): Encode {
  return (values) => {
    const value = values[name];
    if (value === undefined) throw new Error(`a query was run without its value ${name}`);
    return value;
  };
}

/** Reads a row. Undefined: it is unreadable, which is reported. */
function readerOf(fields: RowFields, unreadable: (row: UnreadableRow) => void): (row: readonly unknown[]) => unknown {
  const columns = fields.map(({ path, field }) => {
    const [name = ""] = path;
    if (path.length > 1) throw new Error(`nested rows are not supported: ${path.join(".")}`);
    return { name, ...readingOf(field) };
  });
  return (row) => {
    const read: Record<string, unknown> = {};
    for (let at = 0; at < columns.length; at += 1) {
      const column = columns[at];
      if (column === undefined) continue;
      const value = row[at];
      if (value === null) {
        read[column.name] = null;
        continue;
      }
      try {
        const decoded = column.decode === undefined ? value : column.decode(value);
        const why = column.guard?.(decoded);
        if (why !== undefined) throw new Unreadable(why);
        read[column.name] = decoded;
      } catch (error) {
        if (column.source === undefined) throw error;
        const reason = error instanceof Unreadable ? error.message : "it cannot be decoded";
        unreadable({ ...column.source, reason, ids: idsIn(fields, row) });
        if (!column.droppable) return undefined;
        read[column.name] = null;
      }
    }
    return read;
  };
}

class Unreadable extends Error {}

/** How a field is decoded and guarded. Expressions other than columns have no guard. */
function readingOf(field: unknown) {
  const decoder = decoderOf(field);
  const isIdentity = decoder.mapFromDriverValue === Column.prototype.mapFromDriverValue;
  const decode = isIdentity ? undefined : (value: unknown) => decoder.mapFromDriverValue(value);
  if (!is(field, Column)) return { decode, droppable: false };
  const source = { table: getTableName(field.table), column: field.name };
  const guard = guardOf(source.table, source.column) ?? typeGuardOf(field);
  return { decode, source, guard, droppable: isDroppable(source.table, source.column) };
}

/** SQLite stores any value in any column. */
function typeGuardOf({ dataType }: Column): Guard | undefined {
  if (dataType !== "number" && dataType !== "string") return undefined;
  return (value) => (typeof value === dataType ? undefined : `no ${dataType}`);
}

const idColumns = new Set(
  "id key practice_id client_id practitioner_id person_id booking_id platform workspace user talk_id role".split(" "),
);

function idsIn(fields: RowFields, row: readonly unknown[]): Record<string, string> {
  const ids: Record<string, string> = {};
  for (const [at, { field }] of fields.entries()) {
    const value = row[at];
    if (is(field, Column) && idColumns.has(field.name) && typeof value === "string") ids[field.name] = value;
  }
  return ids;
}

/** A column is its own decoder; an SQL expression carries one. */
function decoderOf(field: unknown): Decoder {
  if (is(field, Column)) return field;
  const expression = is(field, SQL.Aliased) ? field.sql : field;
  return (expression as { readonly decoder: Decoder }).decoder; // every `SQL` has one, but its type hides it
}

interface Decoder {
  mapFromDriverValue(value: unknown): unknown;
}

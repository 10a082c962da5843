import { Column, is, Param, Placeholder, type Query, SQL } from "drizzle-orm";

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
export function statementOf({ params }: Query, fields: RowFields | undefined, run: Run): Statement {
  const encode = params.map(encoderOf);
  const read = fields === undefined ? undefined : readerOf(fields);
  return async (values = {}) => {
    const rows = await run(encode.map((each) => each(values)));
    return read === undefined ? [] : rows.map(read);
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

function readerOf(fields: RowFields): (row: readonly unknown[]) => unknown {
  const columns = fields.map(({ path, field }) => {
    const [name = ""] = path;
    if (path.length > 1) throw new Error(`nested rows are not supported: ${path.join(".")}`);
    const decoder = decoderOf(field);
    const isIdentity = decoder.mapFromDriverValue === Column.prototype.mapFromDriverValue;
    return { name, decode: isIdentity ? undefined : (value: unknown) => decoder.mapFromDriverValue(value) };
  });
  return (row) => {
    const read: Record<string, unknown> = {};
    for (let at = 0; at < columns.length; at += 1) {
      const column = columns[at];
      if (column === undefined) continue;
      const value = row[at];
      read[column.name] = value === null || column.decode === undefined ? value : column.decode(value);
    }
    return read;
  };
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

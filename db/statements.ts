import { Column, is, Param, Placeholder, type Query, SQL } from "drizzle-orm";

/** What a driver does with a text: values in the order of their places, rows as arrays in the order of their columns. */
export type Run = (values: readonly unknown[]) => readonly unknown[][] | Promise<readonly unknown[][]>;

/** The columns of a query's rows, as builders of both databases name them. */
export type RowFields = readonly { readonly path: readonly string[]; readonly field: unknown }[];

/**
 * A built query: runs with the values of its places, and gives its rows. What is to be written and is not there is null;
 * what is asked for must be there.
 */
export type Statement = (values?: Readonly<Record<string, unknown>>) => Promise<unknown[]>;

/**
 * What is to be done for a built query is worked out once, and not, as the builder's own sessions do, for every value of
 * every row: on queries of every turn that costs more than the database.
 */
export function statementOf({ params }: Query, fields: RowFields | undefined, run: Run): Statement {
  const places = params.map(placeOf);
  const read = fields === undefined ? undefined : readerOf(fields);
  return async (values = {}) => {
    const rows = await run(places.map((place) => place(values)));
    return read === undefined ? [] : rows.map(read);
  };
}

type Place = (values: Readonly<Record<string, unknown>>) => unknown;

function placeOf(param: unknown): Place {
  if (is(param, Placeholder)) return named(param.name);
  if (!is(param, Param) || !is(param.value, Placeholder)) return () => param;
  const { encoder } = param;
  const { name } = param.value;
  return (values) => {
    const value = values[name];
    return value === undefined || value === null ? null : encoder.mapToDriverValue(value);
  };
}

function named(name: string): Place {
  return (values) => {
    const value = values[name];
    if (value === undefined) throw new Error(`a query was run without its ${name}`);
    return value;
  };
}

function readerOf(fields: RowFields): (row: readonly unknown[]) => unknown {
  const columns = fields.map(({ path, field }) => {
    const [name = ""] = path;
    if (path.length > 1) throw new Error(`rows have no rows within them: ${path.join(".")}`);
    const decoder = decoderOf(field);
    const isAsItIs = decoder.mapFromDriverValue === Column.prototype.mapFromDriverValue;
    return { name, decode: isAsItIs ? undefined : (value: unknown) => decoder.mapFromDriverValue(value) };
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

/** A column decodes itself; what was written in SQL may have been given a decoder. */
function decoderOf(field: unknown): Decoder {
  if (is(field, Column)) return field;
  const written = is(field, SQL.Aliased) ? field.sql : field;
  return (written as { readonly decoder: Decoder }).decoder; // every `SQL` has one, though its type does not say so
}

interface Decoder {
  mapFromDriverValue(value: unknown): unknown;
}

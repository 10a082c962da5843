/** A row without its null columns: what is null in a table is absent in the domain. */
export type WithoutNulls<Row> = {
  [Key in keyof Row as null extends Row[Key] ? never : Key]: Row[Key];
} & {
  [Key in keyof Row as null extends Row[Key] ? Key : never]?: NonNullable<Row[Key]>;
};

/** Leaves out null columns. */
export function withoutNulls<Row extends object>(row: Row): WithoutNulls<Row> {
  const present: Record<string, unknown> = {};
  const all = row as Record<string, unknown>; // rows have no other keys
  for (const name in all) if (all[name] !== null) present[name] = all[name];
  return present as WithoutNulls<Row>; // the loop copies exactly the keys of that type
}

/** The first row of a query that gives one or none. */
export function one<Row>(rows: readonly Row[]): Row | undefined {
  return rows[0];
}

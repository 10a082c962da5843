/** A row whose empty columns are left out: what is null in a table is absent in the domain. */
export type WithoutNulls<Row> = {
  [Key in keyof Row as null extends Row[Key] ? never : Key]: Row[Key];
} & {
  [Key in keyof Row as null extends Row[Key] ? Key : never]?: NonNullable<Row[Key]>;
};

/** The row without its empty columns. */
export function withoutNulls<Row extends object>(row: Row): WithoutNulls<Row> {
  // The filter does what the type says.
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as WithoutNulls<Row>;
}

/** The first row of a query that gives one or none. */
export function one<Row>(rows: readonly Row[]): Row | undefined {
  return rows[0];
}

/** The fields of a JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** An object's fields; empty for any other value. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {}; // checked in the condition
}

/** An array's items; empty for any other value. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

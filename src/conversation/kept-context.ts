/** Readers for context fields that an earlier version stored, for a flow's `migrate` step. */
export function fieldsOf(context: unknown): Readonly<Record<string, unknown>> {
  return typeof context === "object" && context !== null ? Object.fromEntries(Object.entries(context)) : {};
}

/** A text as a value. Version 1 of the flows stored "" for none, which becomes undefined. */
export function textOr(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The words of a text separated by spaces, which is how version 1 of the flows stored lists. */
export function listIn(value: unknown): readonly string[] {
  return typeof value === "string" ? value.split(" ").filter((one) => one !== "") : [];
}

/** The value of a JSON text, which is how version 1 of the flows stored nested values. Undefined: it is no JSON. */
export function jsonIn(value: unknown): unknown {
  const text = textOr(value);
  return text === undefined ? undefined : JSON.parse(text);
}

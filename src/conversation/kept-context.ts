/** The fields of a context that an earlier version kept, for a flow's `migrate` step. */
export function fieldsOf(context: unknown): Readonly<Record<string, unknown>> {
  return typeof context === "object" && context !== null ? Object.fromEntries(Object.entries(context)) : {};
}

/** A text that stands for a value, or undefined: version 1 of the flows wrote "" for nothing. */
export function textOr(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The words of a text parted by spaces: version 1 of the flows kept lists so. */
export function listIn(value: unknown): readonly string[] {
  return typeof value === "string" ? value.split(" ").filter((one) => one !== "") : [];
}

/** The value of a JSON text, or undefined: version 1 of the flows kept nested values so. */
export function jsonIn(value: unknown): unknown {
  const text = textOr(value);
  return text === undefined ? undefined : JSON.parse(text);
}

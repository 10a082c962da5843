/** A JSON object of unknown shape. */
export type Json = Readonly<Record<string, unknown>>;

/** The value as an object; empty for any other value. */
export function record(value: unknown): Json {
  // Checked in the condition.
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** The value as a list of objects; empty for any other value. */
export function records(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(record) : [];
}

/** The value if it is a string, otherwise "". */
export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** JSON in a form field, or the value itself in a JSON body; undefined if it is invalid. */
export function unpacked(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** Whether a field is true, in JSON or in a form. */
export function isYes(value: unknown): boolean {
  return value === true || value === "true" || value === "1";
}

/** The number of code points, as Slack counts. */
export function lengthOf(value: string): number {
  return [...value].length;
}

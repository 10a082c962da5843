/** An object of a payload, its fields not looked at yet. */
export type Json = Readonly<Record<string, unknown>>;

/** The value as an object; an empty one when it is none. */
export function record(value: unknown): Json {
  // What is an object and no list has fields, whatever they hold.
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** The value as a list of objects; empty when it is none. */
export function records(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(record) : [];
}

/** The value if it is a text, else an empty one. */
export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** JSON inside a form's field, or the value itself in a JSON body; undefined when it is no JSON. */
export function unpacked(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** Whether a field says yes, in JSON or in a form. */
export function isYes(value: unknown): boolean {
  return value === true || value === "true" || value === "1";
}

/** How many characters Slack counts: code points. */
export function lengthOf(value: string): number {
  return [...value].length;
}

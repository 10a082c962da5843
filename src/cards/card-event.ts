import type { CardEvent } from "./card.ts";

/** Limits of an event, in characters of JSON and levels of nesting. No event on a card exceeds them. */
const maxLength = 8000;
const maxDepth = 8;

/** Whether a value from outside is an event: an object with a type and JSON values, small enough to be compared. */
export function isCardEvent(value: unknown): value is CardEvent {
  if (!isObject(value) || typeof fieldOf(value, "type") !== "string" || Array.isArray(value)) return false;
  // The depth comes first: serialising a deep value may overflow the stack.
  return isShallowJson(value, maxDepth) && JSON.stringify(value).length <= maxLength;
}

/** Whether two events say the same, as JSON: a field that is `undefined` counts as absent. */
export function sameEvent(one: CardEvent, other: CardEvent): boolean {
  return isSame(one, other);
}

function isShallowJson(value: unknown, depth: number): boolean {
  if (!isObject(value)) return value === null || ["string", "number", "boolean"].includes(typeof value);
  return depth > 0 && Object.values(value).every((field) => isShallowJson(field, depth - 1));
}

function isSame(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const fields = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...fields].every((field) => isSame(fieldOf(one, field), fieldOf(other, field)));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function fieldOf(value: object, field: string): unknown {
  return Object.hasOwn(value, field) ? Reflect.get(value, field) : undefined;
}

import { mergeWant } from "./when/merge.ts";
import type { Want } from "./when/want.ts";
import type { When } from "./when/when.ts";

/**
 * Merges the earlier wanted times with those said now. Several entries are readings of the same words, likeliest first.
 */
export function mergeTimes(before: readonly Want[], said: When | undefined): readonly Want[] {
  if (said === undefined) return before;
  const [first] = before;
  const readings = said.ambiguous?.readings ?? [said.want];
  if (first === undefined) return readings;
  const merged = mergeWant(first, said);
  // The earlier wanted times may decide between the readings: "evening" and "at 8".
  return said.ambiguous === undefined || merged.certainty > said.want.certainty
    ? [merged]
    : readings.map((want) => mergeWant(first, { want }));
}

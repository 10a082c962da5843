import { type FilePath, type Finding, quote } from "./mistake.ts";

/** A finding for each value that occurred before; undefined values are skipped. */
export function repeatedFindings(
  values: readonly (readonly [FilePath, string | undefined])[],
  what: string,
): Finding[] {
  const firstPlaces = new Set<string>();
  return values.flatMap(([path, value]) => {
    if (value === undefined) return [];
    if (firstPlaces.has(value))
      return [{ path, problem: `${quote(value)} is listed twice`, allowed: `each ${what} once` }];
    firstPlaces.add(value);
    return [];
  });
}

import { child, nodeAt } from "./allowed.ts";
import type { FilePath } from "./mistake.ts";
import { nearMiss } from "./near-miss.ts";
import type { PracticeFileInput } from "./schema.ts";

/** A type with every key and list entry optional; what is present has its type. */
export type Partly<T> = T extends readonly (infer Entry)[]
  ? readonly (Partly<Entry> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Partly<T[Key]> | undefined }
    : T;

/** The readable part of a file, so that references are checked even if other values are wrong. */
export type Draft = Partly<PracticeFileInput>;

/** A copy of a file's content without the values at the given paths; their keys and positions remain, as undefined. */
export function withoutValues(content: unknown, paths: readonly FilePath[]): Draft {
  const copy: unknown = structuredClone(content);
  if (paths.some((path) => path.length === 0)) return {};
  for (const path of paths) replaceAt(copy, path, undefined);
  // The schema refused every value at these paths and accepted the type of every other one.
  return copy as Draft;
}

/** Replaces the value at a path; does nothing if the path does not exist. */
export function replaceAt(content: unknown, path: FilePath, value: unknown): void {
  const last = path.at(-1);
  const parent = path.slice(0, -1).reduce<unknown>(child, content);
  if (last === undefined || typeof parent !== "object" || parent === null) return;
  // `defineProperty`, because assigning `__proto__` would set the prototype.
  Object.defineProperty(parent, last, { value, enumerable: true, configurable: true, writable: true });
}

/** The known key a mistyped one is close to, if it is not present itself; else undefined. */
export function meantKey(content: unknown, path: FilePath, key: string): string | undefined {
  const node = nodeAt(path, content);
  const parent = path.reduce<unknown>(child, content);
  const open = Object.keys(node?.properties ?? {}).filter((known) => child(parent, known) === undefined);
  return nearMiss(key, open);
}

/** The entries of a list that are present, each with its position in the file. */
export function present<Entry>(list: readonly (Entry | undefined)[] | undefined): (readonly [number, Entry])[] {
  return (list ?? []).flatMap((entry, at) => (entry === undefined ? [] : [[at, entry] as const]));
}

/** Whether a key is present but its value was refused: its absence then proves nothing. */
export function unreadable<Owner extends object>(owner: Owner, key: keyof Owner): boolean {
  return Object.hasOwn(owner, key) && owner[key] === undefined;
}

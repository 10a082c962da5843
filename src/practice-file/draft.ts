import { child, nodeAt } from "./allowed.ts";
import type { FilePath } from "./mistake.ts";
import { nearMiss } from "./near-miss.ts";
import type { PracticeFileInput } from "./schema.ts";

/** Of a type, whatever is there: every key may be absent, every entry of a list may be gone. What is there has its type. */
export type Partly<T> = T extends readonly (infer Entry)[]
  ? readonly (Partly<Entry> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Partly<T[Key]> | undefined }
    : T;

/** A file as far as it can be understood, so that its references are checked even when other things in it are wrong. */
export type Draft = Partly<PracticeFileInput>;

/** A copy of a file's content without the values at the given paths; their keys and positions remain, as undefined. */
export function withoutValues(content: unknown, paths: readonly FilePath[]): Draft {
  const copy: unknown = structuredClone(content);
  if (paths.some((path) => path.length === 0)) return {};
  for (const path of paths) replaceAt(copy, path, undefined);
  // The schema refused every value at these paths and accepted the type of every other one.
  return copy as Draft;
}

/** Puts a value in place of what stands at the path; where the way there is not in the content, nothing happens. */
export function replaceAt(content: unknown, path: FilePath, value: unknown): void {
  const last = path.at(-1);
  const parent = path.slice(0, -1).reduce<unknown>(child, content);
  if (last === undefined || typeof parent !== "object" || parent === null) return;
  // An own key of an object from YAML; defineProperty because __proto__ would be taken for the prototype.
  Object.defineProperty(parent, last, { value, enumerable: true, configurable: true, writable: true });
}

/** The key that a mistyped one was probably meant to be: near, known here and not written itself. */
export function meantKey(content: unknown, path: FilePath, key: string): string | undefined {
  const node = nodeAt(path, content);
  const parent = path.reduce<unknown>(child, content);
  const open = Object.keys(node?.properties ?? {}).filter((known) => child(parent, known) === undefined);
  return nearMiss(key, open);
}

/** The entries of a list that are there, each with its position in the file. */
export function present<Entry>(list: readonly (Entry | undefined)[] | undefined): (readonly [number, Entry])[] {
  return (list ?? []).flatMap((entry, at) => (entry === undefined ? [] : [[at, entry] as const]));
}

/** Whether a key is written but its value was refused: nothing follows from its absence then. */
export function unreadable<Owner extends object>(owner: Owner, key: keyof Owner): boolean {
  return Object.hasOwn(owner, key) && owner[key] === undefined;
}

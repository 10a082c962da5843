/** A place in the file: keys and list positions from the top. */
export type FilePath = readonly (string | number)[];

/** A mistake or warning before its line is known. */
export interface Finding {
  readonly path: FilePath;
  readonly problem: string;
  readonly allowed: string;
}

/** A mistake in a practice file: where it is, what is wrong, what is allowed. */
export interface Mistake {
  /** Such as `services[0].methods[1].location`; `(file)` for the whole file. */
  readonly path: string;
  /** Counted from 1. */
  readonly line?: number;
  readonly problem: string;
  readonly allowed: string;
}

/** A mistake as one line of plain text: path, line, problem, allowed values. */
export function formatMistake({ path, line, problem, allowed }: Mistake): string {
  const place = line === undefined ? path : `${path} (line ${line})`;
  return `${place}: ${problem}. Allowed: ${allowed}.`;
}

/**
 * `["services", 0, "name"]` → `services[0].name`. Keys with other characters are quoted, so that a path is one line.
 */
export function pathText(path: FilePath): string {
  if (path.length === 0) return "(file)";
  return path.map(segmentText).join("");
}

function segmentText(segment: string | number, position: number): string {
  if (typeof segment === "number") return `[${segment}]`;
  if (!/^[\w-]{1,60}$/.test(segment)) return `[${quote(segment)}]`;
  return position === 0 ? segment : `.${segment}`;
}

/** A value from the file for display: short, on one line, without invisible characters. */
export function quote(value: string | number | boolean): string {
  return typeof value === "string" ? `"${visible(value.replace(/["\\]/g, "\\$&"), 60)}"` : String(value);
}

/** Text from the file, cut to `longest` characters; invisible and direction-changing ones are escaped. */
export function visible(text: string, longest: number): string {
  const characters = [...text];
  const shown = characters.length > longest ? `${characters.slice(0, longest).join("")}…` : text;
  return shown.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (hidden) => `\\u{${hidden.codePointAt(0)?.toString(16)}}`);
}

const longestList = 40;

/** `a, b or c`; at most 40 entries. The caller handles an empty list. */
export function orList(words: readonly string[]): string {
  if (words.length > longestList) return `${words.slice(0, longestList).join(", ")} …`;
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** The mistake for a client who was invited in chat before: names the id that keeps them one client. */
export function invitedInChat({
  at,
  invited,
}: {
  at: number;
  invited: { id: string; name: string; email: string };
}): Mistake {
  return {
    path: pathText(["clients", at, "id"]),
    problem: `${quote(invited.email)} is already the client ${quote(invited.name)}, who was invited in chat`,
    allowed: `id: ${invited.id}, so that there is only one client`,
  };
}

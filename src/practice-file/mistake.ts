/** Where something stands in the file: keys and list positions from the top. */
export type FilePath = readonly (string | number)[];

/** What a check found, before it is known on which line it stands. */
export interface Finding {
  readonly path: FilePath;
  readonly problem: string;
  readonly allowed: string;
}

/** One thing wrong with a practice file: where, what, and what would be right. */
export interface Mistake {
  /** Such as `services[0].methods[1].location`; `(file)` when it concerns the whole. */
  readonly path: string;
  /** Counted from 1. */
  readonly line?: number;
  readonly problem: string;
  readonly allowed: string;
}

/** The mistake on one line of plain text: path, line, what is wrong, what is allowed. */
export function formatMistake({ path, line, problem, allowed }: Mistake): string {
  const place = line === undefined ? path : `${path} (line ${line})`;
  return `${place}: ${problem}. Allowed: ${allowed}.`;
}

/** `["services", 0, "name"]` → `services[0].name`. Keys that are no plain words are quoted, so a path is always one line. */
export function pathText(path: FilePath): string {
  if (path.length === 0) return "(file)";
  return path.map(segmentText).join("");
}

function segmentText(segment: string | number, position: number): string {
  if (typeof segment === "number") return `[${segment}]`;
  if (!/^[\w-]{1,60}$/.test(segment)) return `[${quote(segment)}]`;
  return position === 0 ? segment : `.${segment}`;
}

/** A value from the file as a person may be shown it: short, on one line, with nothing invisible in it. */
export function quote(value: string | number | boolean): string {
  return typeof value === "string" ? `"${visible(value.replace(/["\\]/g, "\\$&"), 60)}"` : String(value);
}

/** Text from the file cut to some characters, its invisible and direction-changing ones spelled out. */
export function visible(text: string, longest: number): string {
  const characters = [...text];
  const shown = characters.length > longest ? `${characters.slice(0, longest).join("")}…` : text;
  return shown.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (hidden) => `\\u{${hidden.codePointAt(0)?.toString(16)}}`);
}

const longestList = 40;

/** `a, b or c`; a very long list is cut. Nothing to choose from is said by the caller. */
export function orList(words: readonly string[]): string {
  if (words.length > longestList) return `${words.slice(0, longestList).join(", ")} …`;
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** Says of a client of the file that they were invited in chat before, and which id keeps them one client. */
export function invitedInChat({
  at,
  invited,
}: {
  at: number;
  invited: { id: string; name: string; email: string };
}): Mistake {
  return {
    path: pathText(["clients", at, "id"]),
    problem: `${quote(invited.email)} is the client ${quote(invited.name)} already, who was invited in chat`,
    allowed: `id: ${invited.id}, so that they stay one client`,
  };
}

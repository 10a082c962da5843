import { posix } from "node:path";
import { arrowTable, type Row, unbound } from "./arrow-table.ts";
import { factsOf, type ImportFact, type UseFact } from "./source-facts.ts";

/** The project's files: text by path relative to the root, with `/`. */
export type Files = Readonly<Record<string, string>>;

/** Maximum length of a file in lines. */
const longestFile = 300;

const productRooms = ["src/", "flows/", "adapters/", "db/"];

const onlyIn: Readonly<Record<UseFact["what"], { readonly files: readonly string[]; readonly what: string }>> = {
  environment: { files: ["src/config.ts"], what: "process.env" },
  clock: { files: ["src/clock.ts"], what: "the machine's clock" },
  console: { files: ["src/cli.ts", "adapters/teams/mute-console.ts"], what: "console" },
  any: { files: [], what: "any" },
};

/** All rule violations in these files, one line each. */
export function breaches(files: Files): string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const remarks = postponedWork(path, text);
    if (!isProduct(path) || isBrowserFile(path)) return remarks;
    if (!path.endsWith(".ts")) return isScript(path) ? [...remarks, `${path}: sources are TypeScript`] : remarks;
    return [...remarks, ...breachesOfSource(path, text)];
  });
}

function breachesOfSource(path: string, text: string): string[] {
  const { imports, uses } = factsOf(text);
  return [
    ...imports.flatMap((fact) => importBreach(path, fact)),
    ...uses.flatMap((use) => useBreach(path, use)),
    ...lengthBreach(path, text),
  ];
}

function importBreach(path: string, fact: ImportFact): string[] {
  if (unbound.some((name) => covers(name, path))) return [];
  const name = roomOf(path);
  const row = name === undefined ? undefined : arrowTable[name];
  if (!name || !row) return [`${path}: this file is in no row of the arrow table (test/support/arrow-table.ts)`];
  const here = `${path}:${fact.line} imports`;
  if (!fact.specifier.startsWith(".")) return packageBreach(here, name, row, fact.specifier);
  const target = posix.join(posix.dirname(path), fact.specifier);
  if (instanceOf(name, path) === instanceOf(name, target)) return [];
  if (row.may.some((other) => covers(other, target))) return [];
  const asTypes = row.may.some((other) => other.startsWith("type ") && covers(other.slice("type ".length), target));
  if (asTypes && fact.typeOnly) return [];
  const rule = asTypes ? "only as types, by `import type`" : `never; it may import ${listed(row.may)}`;
  return [`${here} ${target}: ${name} ${rule}`];
}

function packageBreach(here: string, name: string, row: Row, specifier: string): string[] {
  if (specifier.startsWith("node:"))
    return row.node ? [] : [`${here} ${specifier}: ${name} is pure, it knows no machine`];
  if (row.packages.some((allowed) => covers(allowed, specifier))) return [];
  return [`${here} ${specifier}: ${name} never; its packages are ${listed(row.packages)}`];
}

function useBreach(path: string, use: UseFact): string[] {
  const { files, what } = onlyIn[use.what];
  if (files.includes(path)) return [];
  const rule = files.length === 0 ? "is used nowhere" : `belongs to ${files.join(" and ")} alone`;
  return [`${path}:${use.line} uses ${what}, which ${rule}`];
}

function lengthBreach(path: string, text: string): string[] {
  const lines = linesOf(text);
  return lines > longestFile ? [`${path} has ${lines} lines: no file over ${longestFile}`] : [];
}

/** The words are concatenated, so that this file does not match its own rule. */
const laterWords = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME"].join("|")})\\b`);

function postponedWork(path: string, text: string): string[] {
  return text.split("\n").flatMap((line, index) => {
    const word = laterWords.exec(line)?.[1];
    return word ? [`${path}:${index + 1} says ${word}: finish it or open an issue`] : [];
  });
}

/** Number of lines of a text that ends in a newline, as an editor counts them. */
export function linesOf(text: string): number {
  return text.replace(/\n$/, "").split("\n").length;
}

function roomOf(path: string): string | undefined {
  const names = Object.keys(arrowTable).filter((name) => covers(name, path));
  // The longest name matches best, and an exact name precedes one with a `*`.
  return names.sort((a, b) => Number(a.includes("*")) - Number(b.includes("*")) || b.length - a.length)[0];
}

/** The folder of a path under a pattern: each folder matched by `flows/*` is separate. */
function instanceOf(name: string, path: string): string | undefined {
  if (!covers(name, path)) return undefined;
  return path.split("/").slice(0, name.split("/").length).join("/");
}

function covers(name: string, path: string): boolean {
  const [start, end] = name.split("*");
  if (start === undefined || end === undefined) return path === name || path.startsWith(`${name}/`);
  if (end !== "") return path.startsWith(start) && path.endsWith(end) && !path.slice(start.length).includes("/");
  return path.startsWith(start) && path.slice(start.length).includes("/");
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}

function isProduct(path: string): boolean {
  return productRooms.some((name) => path.startsWith(name));
}

/** Browser files of the local page, which are served as they are. */
function isBrowserFile(path: string): boolean {
  return path.startsWith("adapters/page/") && /\.(js|css|html)$/.test(path);
}

function isScript(path: string): boolean {
  return /\.([cm]?js|[jt]sx|[cm]ts)$/.test(path);
}

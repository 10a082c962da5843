import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Text by path below the project's root, with forward slashes. */
export type Files = Readonly<Record<string, string>>;

export interface Rule {
  /** `D4.1`, `S16`, `case 21`, `fault 19`. */
  readonly id: string;
  readonly path: string;
  readonly line: number;
}

export interface Citation {
  readonly id: string;
  readonly path: string;
  readonly line: number;
  /** The citation is in the title of a test or of a golden talk, not in a comment. */
  readonly namesTest: boolean;
}

/** The page of each kind of id; a page that is not written yet reserves its letter. */
const pages: Readonly<Record<string, string>> = {
  D: "domain",
  case: "domain",
  G: "words",
  W: "words",
  S: "slack",
  T: "teams",
  V: "services",
  fault: "performance",
  C: "calendars",
  L: "look",
  P: "practice",
  R: "trust",
};

const rulesFolder = "docs/rules/";
const root = join(import.meta.dirname, "../..");
const scanned = ["src", "flows", "adapters", "db", "test", "docs", "manifest"];
/** Test data of the rulebook's own test contains violations; gallery output and migrations are generated. */
const unscanned = /^(?:test\/rules\.test\.ts$|test\/gallery\/out\/|db\/migrations\/)/;

/** Every file that may cite a rule, and the rulebook itself. */
export function citingFiles(): Files {
  const top = readdirSync(root).filter((name) => name.endsWith(".md"));
  const paths = [...top, ...scanned.flatMap(filesBelow)].filter((path) => !unscanned.test(path));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

function filesBelow(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && /\.(?:ts|js|md|yaml|css|html)$/.test(entry.name));
  return files.map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(root.length + 1)
      .replaceAll("\\", "/"),
  );
}

/** The rules of the pages, in order; list items that are not well formed are faults. */
export function readRules(files: Files): { readonly rules: readonly Rule[]; readonly faults: readonly string[] } {
  const rules: Rule[] = [];
  const faults: string[] = [];
  for (const [path, text] of Object.entries(files)) {
    if (!path.startsWith(rulesFolder) || path === `${rulesFolder}README.md`) continue;
    for (const { line, item } of listItems(text)) {
      const id = /^- \*\*(D\d+\.[1-9]\d*|[A-Z][1-9]\d*|(?:case|fault) [1-9]\d*)\*\* [A-Z0-9"`].*\.$/s.exec(item)?.[1];
      if (id === undefined) faults.push(`${path}:${line} is not "- **ID** One or more sentences."`);
      else rules.push({ id, path, line });
    }
  }
  return { rules, faults: [...faults, ...misplaced(rules)] };
}

/** List items with their continuation lines, which are indented by two spaces. */
function listItems(text: string): readonly { readonly line: number; readonly item: string }[] {
  const items: { line: number; item: string }[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    const last = items.at(-1);
    if (line.startsWith("- ")) items.push({ line: at + 1, item: line });
    else if (line.startsWith("  ") && last !== undefined) last.item += `\n${line}`;
  }
  return items;
}

function misplaced(rules: readonly Rule[]): readonly string[] {
  const faults: string[] = [];
  const firsts = new Map<string, Rule>();
  const latest = new Map<string, number>();
  for (const rule of rules) {
    const place = `${rule.path}:${rule.line}`;
    const first = firsts.get(rule.id);
    if (first !== undefined) faults.push(`${place} repeats ${rule.id} of ${first.path}:${first.line}`);
    firsts.set(rule.id, rule);
    const { kind, number } = partsOf(rule.id);
    const page = pages[kind.replace(/\d.*/, "")];
    if (rule.path !== `${rulesFolder}${page}.md`)
      faults.push(`${place} defines ${rule.id}, which belongs to ${page}.md`);
    if (first === undefined && number < (latest.get(kind) ?? 0)) faults.push(`${place} has ${rule.id} out of order`);
    latest.set(kind, number);
  }
  return faults;
}

/** `D4.10` is number 10 of its section, `S16` number 16 of its letter, `case 21` number 21 of `case`. */
function partsOf(id: string): { readonly kind: string; readonly number: number } {
  const number = /\d+$/.exec(id)?.[0] ?? "";
  return { kind: id.slice(0, -number.length).trim(), number: Number(number) };
}

const letters = Object.keys(pages).filter((kind) => kind.length === 1);
/** Neither part of a word, number, path or colour, nor a clock time such as `T10:00`. */
const idPattern = new RegExp(
  `(?<![\\w$}%#/@.:-])(?:D\\d+\\.\\d+|[${letters.join("")}][1-9]\\d?)(?![\\w%/@-]|\\.\\d|:\\d)`,
  "g",
);
const seriesPattern = /\b(case|fault)s? (\d+(?:(?:,? and |, )\d+)*)(?!\w)/gi;
const switchCase = /^\s*case \d+:/;
/** A citation of a page or a section, which does not tell the rule. */
const vaguePattern =
  /§ ?\d|\b(?:DOMAIN|LANGUAGE|PERFORMANCE|SERVICES|SLACK|TEAMS|WORDS|TRUST|PRACTICE|CALENDARS|LOOK|DESIGN|STYLE)(?:\.md\b|,? "| \d| [A-Z]\d)/;

/** The rules a file cites. A string that contains only an id, such as "T1", is data. */
export function readCitations(path: string, text: string): readonly Citation[] {
  return text.split("\n").flatMap((line, at) => {
    const place = { path, line: at + 1 };
    const titles = titlesIn(path, line);
    return idsIn(line).map((id) => ({ id, ...place, namesTest: idsIn(titles).includes(id) }));
  });
}

function idsIn(line: string): readonly string[] {
  const ids = [...line.matchAll(idPattern)].filter(({ 0: id, index }) => {
    const around = `${line[index - 1] ?? ""}${line[index + id.length] ?? ""}`;
    return !/^["'`]{2}$/.test(around);
  });
  const series = switchCase.test(line) ? [] : [...line.matchAll(seriesPattern)];
  return [
    ...ids.map(([id]) => id),
    ...series.flatMap(([, kind = "", numbers = ""]) =>
      [...numbers.matchAll(/\d+/g)].map(([number]) => `${kind.toLowerCase()} ${number}`),
    ),
  ];
}

/** The part of a line that may be the title of a test or of a golden talk. */
function titlesIn(path: string, line: string): string {
  if (path.startsWith("test/transcripts/")) return line.startsWith("#") ? line : "";
  if (!path.endsWith(".test.ts")) return "";
  return /^\s*\/?\*/.test(line) ? "" : line.replace(/(?:^|\s)\/\/\s.*$/, "");
}

/**
 * The errors between the rulebook and its citations, one line each: malformed rules, citations without a rule, rules
 * that no test names. `unnamed` lists the rules that no test can name, with the reason; it must be exact.
 */
export function rulebookFaults(files: Files, unnamed: Readonly<Record<string, string>>): readonly string[] {
  const { rules, faults } = readRules(files);
  const known = new Set(rules.map(({ id }) => id));
  const citations = Object.entries(files).flatMap(([path, text]) => readCitations(path, text));
  const named = new Set(citations.filter(({ namesTest }) => namesTest).map(({ id }) => id));
  return [
    ...faults,
    ...citations.flatMap(({ id, path, line }) =>
      known.has(id) ? [] : [`${path}:${line} cites ${id}, which no page of ${rulesFolder} defines`],
    ),
    ...Object.entries(files).flatMap(([path, text]) =>
      text
        .split("\n")
        .flatMap((line, at) =>
          vaguePattern.test(line) ? [`${path}:${at + 1} cites a page or a section, not a rule`] : [],
        ),
    ),
    ...rules.flatMap(({ id, path, line }) =>
      named.has(id) || id in unnamed ? [] : [`${path}:${line} ${id} is named by no test`],
    ),
    ...Object.keys(unnamed).flatMap((id) => {
      if (!known.has(id)) return [`${id} is listed as named by no test, but is no rule`];
      return named.has(id) ? [`${id} is listed as named by no test, but a test names it`] : [];
    }),
  ];
}

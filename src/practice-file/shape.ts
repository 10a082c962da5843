import type { z } from "zod";
import { allowedWords, child, keyWords, nodeAt, type SchemaNode } from "./allowed.ts";
import { type Draft, meantKey, replaceAt, withoutValues } from "./draft.ts";
import { type FilePath, type Finding, quote } from "./mistake.ts";
import { didYouMean } from "./near-miss.ts";
import { type PracticeFile, practiceFileSchema } from "./schema.ts";
import type { YamlSource } from "./yaml-source.ts";

type Issue = z.core.$ZodIssue;

/** The result of the schema check. `file` is present if nothing is wrong, `draft` always. */
export interface Shape {
  readonly file?: PracticeFile;
  readonly draft: Draft;
  readonly findings: readonly Finding[];
  /** Maps the path with the intended key to the path as written. */
  readonly writtenPath: (path: FilePath) => FilePath;
}

// Each round checks what the previous one corrected; a mistyped key inside a mistyped key needs another round.
const mostRounds = 10;

/**
 * Checks a file's content against the schema and returns every mistake. A number or boolean where text belongs is taken
 * as it is written. A mistyped key is one mistake: its value is checked under the intended key.
 */
export function checkShape({ value, writtenAt }: YamlSource): Shape {
  const content: unknown = structuredClone(value);
  const renames = new Map<string, string>();
  const findings: Finding[] = [];
  const writtenPath = (path: FilePath): FilePath =>
    path.map((step, position) => renames.get(JSON.stringify(path.slice(0, position + 1))) ?? step);

  for (let round = 1; ; round++) {
    const result = practiceFileSchema.safeParse(content);
    if (result.success && findings.length === 0)
      return { file: result.data, draft: result.data, findings, writtenPath };
    const issues = result.error?.issues ?? [];
    const corrected = round < mostRounds && issues.map((issue) => correct(issue)).some(Boolean);
    if (!corrected) {
      findings.push(...issueFindings(issues, content));
      return { draft: withoutValues(content, refusedPaths(issues, content)), findings, writtenPath };
    }
  }

  function correct(issue: Issue): boolean {
    const path = filePath(issue.path);
    if (issue.code === "invalid_type" && issue.expected === "string") return correctText(path);
    if (issue.code !== "unrecognized_keys") return false;
    return issue.keys.map((key) => correctKey(path, key)).some(Boolean);
  }

  function correctText(path: FilePath): boolean {
    const found = path.reduce<unknown>(child, content);
    const written = writtenAt(writtenPath(path));
    if (written === undefined || (typeof found !== "number" && typeof found !== "boolean")) return false;
    replaceAt(content, path, written);
    return true;
  }

  function correctKey(path: FilePath, key: string): boolean {
    const meant = meantKey(content, path, key);
    const parent = path.reduce<unknown>(child, content);
    if (meant === undefined || typeof parent !== "object" || parent === null) return false;
    findings.push({
      path: [...writtenPath(path), key],
      problem: `is not a key here (did you mean "${meant}"?)`,
      allowed: keyWords(nodeAt(path, content)),
    });
    replaceAt(parent, [meant], child(parent, key));
    Reflect.deleteProperty(parent, key);
    renames.set(JSON.stringify([...path, meant]), key);
    return true;
  }
}

/** One finding per place: a second issue about the same value repeats the first. */
function issueFindings(issues: readonly Issue[], content: unknown): Finding[] {
  const byPlace = new Map<string, Finding>();
  for (const finding of issues.flatMap((issue) => toFindings(issue, content))) {
    const place = JSON.stringify(finding.path);
    if (!byPlace.has(place)) byPlace.set(place, finding);
  }
  return [...byPlace.values()];
}

function toFindings(issue: Issue, content: unknown): Finding[] {
  const path = filePath(issue.path);
  const node = nodeAt(path, content);
  if (issue.code === "unrecognized_keys") {
    const allowed = keyWords(node);
    return issue.keys.map((key) => ({ path: [...path, key], problem: "is not a key here", allowed }));
  }
  const found = path.reduce<unknown>(child, content);
  return [{ path, problem: problemWords(issue, found, node), allowed: allowedWords(node) }];
}

function problemWords(issue: Issue, found: unknown, node: SchemaNode | undefined): string {
  if (found === undefined) return "is missing";
  if (found === null) return "has no value";
  if (typeof found === "object") return objectProblem(issue, found);
  const shown = quote(
    typeof found === "string" || typeof found === "number" || typeof found === "boolean" ? found : "?",
  );
  switch (issue.code) {
    case "invalid_type":
      if (typeof found === "number")
        return `${shown} is ${issue.expected === "int" ? "not a whole number" : "a number"}`;
      return typeof found === "string" ? `${shown} is text` : `${shown} is not text or a number`;
    case "too_small":
      return typeof found === "string" ? "is empty" : `${shown} is too small`;
    case "too_big":
      return typeof found === "string" ? `is ${found.trim().length} characters long` : `${shown} is too large`;
    case "invalid_value":
    case "invalid_union":
      return `${shown} is not one of the choices${didYouMean(String(found), node?.enum ?? [])}`;
    default:
      return `${shown} ${issue.message}`;
  }
}

function objectProblem(issue: Issue, found: object): string {
  if (!Array.isArray(found)) return "is a mapping";
  if (issue.code === "too_small") return found.length === 0 ? "is an empty list" : `is a list of only ${found.length}`;
  if (issue.code === "too_big") return `is a list of ${found.length}`;
  return "is a list";
}

/**
 * The values to remove from the draft. A malformed id stays, because otherwise every reference to it would be reported
 * too.
 */
function refusedPaths(issues: readonly Issue[], content: unknown): FilePath[] {
  return issues
    .filter((issue) => issue.code !== "unrecognized_keys")
    .map((issue) => filePath(issue.path))
    .filter((path) => path.at(-1) !== "id" || typeof path.reduce<unknown>(child, content) !== "string");
}

// YAML content has no symbol keys; zod's type allows them.
function filePath(path: readonly PropertyKey[]): FilePath {
  return path.map((step) => (typeof step === "symbol" ? String(step) : step));
}

import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Pair, parseDocument } from "yaml";
import { type FilePath, type Finding, type Mistake, pathText, visible } from "./mistake.ts";

const largestBytes = 1_000_000;
const mostAliases = 100;
const mostSyntaxMistakes = 20;

/** The content of a valid YAML file, with look-ups for its places. */
export interface YamlSource {
  readonly value: unknown;
  /** Keys that occur twice in one mapping. */
  readonly duplicates: readonly Finding[];
  /** The line of a place, from 1, or of the nearest enclosing one. */
  readonly lineOf: (path: FilePath) => number | undefined;
  /** The source text of a number or boolean (`1.10`, not 1.1). */
  readonly writtenAt: (path: FilePath) => string | undefined;
}

export type YamlReading =
  | { readonly ok: true; readonly source: YamlSource }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/**
 * Parses UTF-8 YAML 1.2 in its core schema: dates, times and words such as No stay text. Refuses more than 1 MB, other
 * encodings, several documents, tags, deep nesting and more than 100 aliases.
 */
export function readYaml(input: string | Uint8Array): YamlReading {
  const size = typeof input === "string" ? Buffer.byteLength(input) : input.byteLength;
  if (size > largestBytes) return refused(`is ${size} bytes large`, "at most 1,000,000 bytes");
  const text = decoded(input);
  if (text === undefined) return refused("is not text in UTF-8", "a text file saved as UTF-8");

  const lines = new LineCounter();
  // Duplicate keys are found below, where their paths are known.
  const document = parseDocument(text, {
    schema: "core",
    resolveKnownTags: false,
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
  });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) return { ok: false, mistakes: syntaxMistakes(faults, lines) };
  if (document.contents === null) return refused("is empty", "a practice file, which needs at least the key practice");

  const places = indexPlaces(document.contents, lines);
  if (places.aliases > mostAliases) return refused(`has ${places.aliases} aliases`, `at most ${mostAliases} aliases`);
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases });
    return { ok: true, source: { value, ...places } };
  } catch (error) {
    // The parser reports undefined and multiplying aliases only by throwing.
    if (error instanceof ReferenceError && error.message.startsWith("Unresolved alias")) {
      return refused(
        `has an alias without an anchor (${error.message.split(": ").at(-1)})`,
        "aliases of earlier anchors",
      );
    }
    return refused("has aliases that repeat themselves too often", `at most ${mostAliases} aliases`);
  }
}

function refused(problem: string, allowed: string): YamlReading {
  return { ok: false, mistakes: [{ path: pathText([]), problem, allowed }] };
}

// U+FFFD in a text shows that the caller decoded bytes that are not UTF-8.
function decoded(input: string | Uint8Array): string | undefined {
  if (typeof input === "string") return input.isWellFormed() && !input.includes("\uFFFD") ? input : undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(input);
  } catch {
    return undefined;
  }
}

interface Fault {
  readonly code: string;
  readonly message: string;
  readonly pos: [number, number];
}

/** One mistake per line: later errors on a line usually follow from the first. */
function syntaxMistakes(faults: readonly Fault[], lines: LineCounter): Mistake[] {
  const tooDeep = faults.find(({ code }) => code === "RESOURCE_EXHAUSTION");
  const byLine = new Map<number, Mistake>();
  for (const fault of tooDeep ? [tooDeep] : faults.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const { line } = lines.linePos(fault.pos[0]);
    if (!byLine.has(line)) byLine.set(line, { path: pathText([]), line, ...faultWords(fault) });
  }
  return [...byLine.values()].slice(0, mostSyntaxMistakes);
}

function faultWords({ code, message }: Fault): Pick<Mistake, "problem" | "allowed"> {
  switch (code) {
    case "RESOURCE_EXHAUSTION":
      return { problem: "is nested too deeply", allowed: "the nesting of the documented keys" };
    case "MULTIPLE_DOCS":
      return { problem: "has a second document here", allowed: "one practice per file" };
    case "TAB_AS_INDENT":
      return { problem: "is indented with a tab", allowed: "spaces for indentation" };
    case "TAG_RESOLVE_FAILED":
      return {
        problem: "has a YAML tag (a word after an exclamation mark)",
        allowed: "values without tags; text with ! in quotes",
      };
    case "BLOCK_AS_IMPLICIT_KEY":
      return {
        problem: "has a second colon in one line",
        allowed: 'text with a colon in quotes, as in name: "Ana: Alves"',
      };
    case "BAD_INDENT":
      return {
        problem: "is indented wrongly, or lacks a closing bracket",
        allowed: "entries of one list or mapping in one column",
      };
    case "MISSING_CHAR":
      return { problem: "lacks a closing quote, bracket or other sign", allowed: "quotes and brackets in pairs" };
    default:
      // The parser's message may quote the file: escape and shorten it.
      return { problem: `is not YAML here (${visible(message, 120)})`, allowed: "YAML 1.2" };
  }
}

interface Places extends Pick<YamlSource, "duplicates" | "lineOf" | "writtenAt"> {
  readonly aliases: number;
}

/** Indexes the document once, so that each later question is a map look-up. */
function indexPlaces(root: unknown, lines: LineCounter): Places {
  const lineByPath = new Map<string, number>();
  const writtenByPath = new Map<string, string>();
  const duplicates: Finding[] = [];
  let aliases = 0;

  const visit = (node: unknown, path: FilePath): void => {
    if (!isNode(node)) return;
    const key = JSON.stringify(path);
    if (node.range && !lineByPath.has(key)) lineByPath.set(key, lines.linePos(node.range[0]).line);
    if (isAlias(node)) aliases += 1;
    else if (isScalar(node) && node.source !== undefined) writtenByPath.set(key, node.source);
    else if (isSeq(node)) for (const [position, item] of node.items.entries()) visit(item, [...path, position]);
    else if (isMap(node)) for (const pair of node.items) visitPair(pair, path);
  };

  const visitPair = (pair: Pair, path: FilePath): void => {
    const here = [...path, isScalar(pair.key) ? String(pair.key.value) : String(pair.key)];
    const key = JSON.stringify(here);
    const line = isNode(pair.key) && pair.key.range ? lines.linePos(pair.key.range[0]).line : undefined;
    const first = lineByPath.get(key);
    if (first !== undefined) {
      const places = first === line ? "" : `, in lines ${first} and ${line}`;
      duplicates.push({ path: here, problem: `is written twice${places}`, allowed: "each key once" });
      return;
    }
    if (line !== undefined) lineByPath.set(key, line);
    visit(pair.value, here);
  };

  visit(root, []);
  return {
    duplicates,
    aliases,
    writtenAt: (path) => writtenByPath.get(JSON.stringify(path)),
    lineOf: (path) => {
      for (let length = path.length; length >= 0; length--) {
        const line = lineByPath.get(JSON.stringify(path.slice(0, length)));
        if (line !== undefined) return line;
      }
      return undefined;
    },
  };
}

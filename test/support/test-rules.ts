import { posix } from "node:path";
import { parseAst } from "vitest/node";
import type { Files } from "./house-rules.ts";
import { isNode, memberOf, type Node, nameOf, nodesOf } from "./source-facts.ts";

/**
 * Files that may read the machine's time or wait by it, with the reason. Fault tests and benches measure time on
 * purpose.
 */
const timeKeepers: Readonly<Record<string, string>> = {
  "test/support/until.ts": "polls another process until a deadline that only detects hangs",
  "test/support/page-person.ts": "sends again until a killed desk is back",
  "test/support/desk-process.ts": "reports the start time to the bench",
  "test/support/slack/waiting.ts": "detects a hang",
  "test/support/slack/faults.ts": "delays an answer, for the long tests",
  "test/language/robustness.test.ts": "compares two times of one run, as a ratio",
};
const measured = /^test\/(faults|bench|screenshots|gallery)\//;

/** Fixtures: their checks at the end of every test do not count as the test's own assertion. */
const fixture = /^(open|start|new|around|import|prepare)/;

/** Calls that fail when a condition does not hold: `expect`, and waits that reject. */
const asserting = /^(expect$|expect[A-Z]|assert|until$|sees|waitFor|rejects)/;

/**
 * Every violation of the rules for tests in these files: waits or judgements by the machine's time, tests without an
 * assertion.
 */
export function testBreaches(files: Files): string[] {
  const paths = Object.keys(files).filter((path) => /^test\/.*\.ts$/.test(path));
  const trees = new Map(paths.map((path) => [path, nodesOf(parseAst(files[path] ?? "", { lang: "ts" }))]));
  const functions = new Map([...trees].map(([path, tree]) => [path, functionsOf(path, tree)]));
  return [...trees].flatMap(([path, tree]) => {
    const at = (node: Node) => `${path}:${(files[path] ?? "").slice(0, node.start).split("\n").length}`;
    const timed = measured.test(path) || path in timeKeepers ? [] : tree.filter(readsTime);
    const idle = testsIn(tree).filter((body) => !asserts(path, body, functions, new Set()));
    return [
      ...timed.map((node) => `${at(node)} waits or judges by the machine's time`),
      ...idle.map((node) => `${at(node)} asserts nothing`),
    ];
  });
}

/** Reads a stopwatch, or waits by a timer. */
function readsTime(node: Node): boolean {
  if (node.type === "MemberExpression") return nameOf(node.object) === "performance" && memberOf(node) === "now";
  if (node.type === "CallExpression") return nameOf(node.callee) === "setTimeout";
  return node.type === "ImportDeclaration" && isNode(node.source) && node.source.value === "node:timers/promises";
}

/** The functions of `test(…)`, `test.each(…)(…)` and the like. */
function testsIn(tree: readonly Node[]): Node[] {
  return tree.flatMap((node) => {
    if (node.type !== "CallExpression" || !isTest(node.callee) || !Array.isArray(node.arguments)) return [];
    return node.arguments.filter((each): each is Node => isNode(each) && /Function/.test(each.type)).slice(-1);
  });
}

function isTest(callee: unknown): boolean {
  if (!isNode(callee)) return false;
  if (callee.type === "Identifier") return nameOf(callee) === "test";
  if (callee.type === "CallExpression") return isTest(callee.callee);
  return callee.type === "MemberExpression" && memberOf(callee) !== "extend" && isTest(callee.object);
}

/** A file's functions by local name; imported ones are named with their file. */
interface FunctionsOf {
  readonly own: ReadonlyMap<string, Node>;
  readonly imported: ReadonlyMap<string, { readonly path: string; readonly name: string }>;
}

function functionsOf(path: string, tree: readonly Node[]): FunctionsOf {
  const own = new Map<string, Node>();
  const imported = new Map<string, { path: string; name: string }>();
  for (const node of tree) {
    const name = nameOf(node.id);
    if (node.type === "FunctionDeclaration" && name !== undefined) own.set(name, node);
    if (node.type === "VariableDeclarator" && name !== undefined && isNode(node.init)) own.set(name, node.init);
    if (node.type !== "ImportDeclaration" || !isNode(node.source) || !Array.isArray(node.specifiers)) continue;
    const from = posix.join(posix.dirname(path), String(node.source.value));
    for (const each of node.specifiers) {
      const [local, original] = [nameOf(each.local), nameOf(each.imported)];
      if (local !== undefined && original !== undefined) imported.set(local, { path: from, name: original });
    }
  }
  return { own, imported };
}

/** Whether a body asserts, or calls a function that does. */
function asserts(path: string, body: Node, functions: ReadonlyMap<string, FunctionsOf>, seen: Set<Node>): boolean {
  if (seen.has(body)) return false;
  seen.add(body);
  const { own, imported } = functions.get(path) ?? { own: new Map(), imported: new Map() };
  return nodesOf(body).some((node) => {
    const name = node.type === "MemberExpression" ? memberOf(node) : nameOf(node);
    if (name === undefined) return false;
    if (asserting.test(name)) return true;
    if (node.type !== "Identifier" || fixture.test(name)) return false;
    const here = own.get(name);
    if (here !== undefined) return asserts(path, here, functions, seen);
    const there = imported.get(name);
    const found = there === undefined ? undefined : functions.get(there.path)?.own.get(there.name);
    return there !== undefined && found !== undefined && asserts(there.path, found, functions, seen);
  });
}

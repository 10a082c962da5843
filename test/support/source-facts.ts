import { parseAst } from "vitest/node";

/** One import of a file, re-exports, `import()` and `import("x").Type` included. */
export interface ImportFact {
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly line: number;
}

/** The use of a facility that is restricted to one file. */
export interface UseFact {
  readonly what: "environment" | "clock" | "console" | "any";
  readonly line: number;
}

/** A source file's imports and restricted uses, from its syntax tree, so that comments and strings are ignored. */
export function factsOf(text: string): { readonly imports: readonly ImportFact[]; readonly uses: readonly UseFact[] } {
  const nodes = nodesOf(parseAst(text, { lang: "ts" }));
  const at = (offset: number) => text.slice(0, offset).split("\n").length;
  return {
    imports: nodes.flatMap((node) => importOf(node).map((fact) => ({ ...fact, line: at(node.start) }))),
    uses: nodes.flatMap((node) => useOf(node).map((what) => ({ what, line: at(node.start) }))),
  };
}

/** A node of the syntax tree. */
export type Node = { readonly type: string; readonly start: number } & Readonly<Record<string, unknown>>;

/** Whether a value of the tree is a node. */
export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

/** Every node of a syntax tree, parents first. */
export function nodesOf(tree: unknown): readonly Node[] {
  const found: Node[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
      return;
    }
    if (!isNode(value)) return;
    found.push(value);
    for (const child of Object.values(value)) visit(child);
  };
  visit(tree);
  return found;
}

function importOf(node: Node): Omit<ImportFact, "line">[] {
  switch (node.type) {
    case "ImportDeclaration":
      return [{ specifier: sourceOf(node), typeOnly: node.importKind === "type" }];
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      return isNode(node.source) ? [{ specifier: sourceOf(node), typeOnly: node.exportKind === "type" }] : [];
    case "ImportExpression":
      return [{ specifier: sourceOf(node), typeOnly: false }];
    case "TSImportType":
      return [{ specifier: sourceOf(node), typeOnly: true }];
    default:
      return [];
  }
}

/** A computed specifier is returned as written, so that it matches no row and is reported. */
function sourceOf(node: Node): string {
  const source = node.source;
  return isNode(source) && typeof source.value === "string" ? source.value : "a computed name";
}

function useOf(node: Node): UseFact["what"][] {
  switch (node.type) {
    case "TSAnyKeyword":
      return ["any"];
    case "NewExpression":
      return nameOf(node.callee) === "Date" && countOf(node.arguments) === 0 ? ["clock"] : [];
    case "CallExpression":
      return readsClock(node) ? ["clock"] : [];
    case "MemberExpression":
      return useOfMember(node);
    case "VariableDeclarator":
      return nameOf(node.init) === "process" && picks(node.id, "env") ? ["environment"] : [];
    case "ImportDeclaration":
      return sourceOf(node) === "node:process" && picks(node, "env") ? ["environment"] : [];
    default:
      return [];
  }
}

function useOfMember(node: Node): UseFact["what"][] {
  const object = nameOf(node.object);
  const member = memberOf(node);
  if (object === "process" && member === "env") return ["environment"];
  if (object === "console") return ["console"];
  // Also without a call, because a reference can be passed on and called elsewhere.
  if ((object === "Date" || object === "DateTime") && member === "now") return ["clock"];
  return [];
}

/** `DateTime.local()` and `DateTime.utc()` without arguments read the clock, as does `Date()` as a function. */
function readsClock(call: Node): boolean {
  const callee = call.callee;
  if (nameOf(callee) === "Date") return true;
  if (!isNode(callee) || nameOf(callee.object) !== "DateTime") return false;
  const [first] = Array.isArray(call.arguments) ? call.arguments : [];
  const toldNothing = first === undefined || (isNode(first) && first.type === "ObjectExpression");
  return toldNothing && ["local", "utc"].includes(memberOf(callee) ?? "");
}

/** The name of an identifier. */
export function nameOf(value: unknown): string | undefined {
  return isNode(value) && typeof value.name === "string" ? value.name : undefined;
}

/** The name after the dot. */
export function memberOf(member: Node): string | undefined {
  const property = member.property;
  if (!isNode(property)) return undefined;
  return typeof property.value === "string" ? property.value : nameOf(property);
}

function countOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

/** Whether a pattern or import destructures this member. */
function picks(value: unknown, name: string): boolean {
  return nodesOf(value).some((node) => nameOf(node.key) === name || nameOf(node.imported) === name);
}

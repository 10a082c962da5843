import { z } from "zod";
import { type FilePath, orList } from "./mistake.ts";
import { practiceFileSchema } from "./schema.ts";

/** A schema node as JSON Schema, with the texts of `.describe()` and `.meta()`. */
export interface SchemaNode {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  /** The allowed values, where the type alone does not tell. */
  readonly allowed?: string;
  /** The effect of omitting the key, where it has no fixed default. */
  readonly absent?: string;
  /** Whether its keys are documented elsewhere. */
  readonly repeats?: boolean;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
}

// The cast narrows zod's JSON Schema type to the keywords this schema uses.
export const fileNode = z.toJSONSchema(practiceFileSchema, { io: "input", unrepresentable: "any" }) as SchemaNode;

/** The schema node at a path; `value` is the file's content, which selects the kind of a delivery method. */
export function nodeAt(path: FilePath, value: unknown): SchemaNode | undefined {
  let node: SchemaNode | undefined = fileNode;
  let content = value;
  for (const step of path) {
    node = typeof step === "number" ? node?.items : propertyNode(node, step, content);
    content = child(content, step);
  }
  return node?.oneOf ? variantOf(node.oneOf, content) : node;
}

function propertyNode(node: SchemaNode | undefined, key: string, content: unknown): SchemaNode | undefined {
  if (!node?.oneOf) return ownProperty(node, key);
  if (key === "kind")
    return { type: "string", enum: node.oneOf.flatMap((variant) => variant.properties?.kind?.const ?? []) };
  return ownProperty(variantOf(node.oneOf, content), key);
}

function ownProperty(node: SchemaNode | undefined, key: string): SchemaNode | undefined {
  return node?.properties && Object.hasOwn(node.properties, key) ? node.properties[key] : undefined;
}

function variantOf(variants: readonly SchemaNode[], content: unknown): SchemaNode | undefined {
  const kind = child(content, "kind");
  return (
    variants.find((variant) => variant.properties?.kind?.const === kind) ?? { type: "object", properties: { kind: {} } }
  );
}

/** The value below a key or list position, or undefined; never an inherited property. */
export function child(content: unknown, step: string | number): unknown {
  if (typeof content !== "object" || content === null || !Object.hasOwn(content, step)) return undefined;
  // Every own key of an object may be read as unknown.
  return (content as Record<string | number, unknown>)[step];
}

/** The allowed values at a schema node, in words. */
export function allowedWords(node: SchemaNode | undefined): string {
  if (node === undefined) return "nothing";
  if (node.allowed !== undefined) return node.allowed;
  if (node.enum !== undefined) return orList(node.enum);
  if (node.const !== undefined) return node.const;
  if (node.oneOf !== undefined) return "a mapping whose kind is one of those below";
  switch (node.type) {
    case "integer":
      return `a whole number from ${node.minimum} to ${node.maximum}`;
    case "boolean":
      return "true or false";
    case "array":
      return `a list${sizeWords(node)}`;
    case "object":
      return `a mapping with ${keyWords(node)}`;
    default:
      return "text";
  }
}

/** The keys a mapping may have, in words. */
export function keyWords(node: SchemaNode | undefined): string {
  const keys = Object.keys(node?.properties ?? {});
  return keys.length === 1 ? `the key ${keys[0]}` : `the keys ${keys.slice(0, -1).join(", ")} and ${keys.at(-1)}`;
}

function sizeWords({ minItems = 0, maxItems }: SchemaNode): string {
  if (minItems > 0 && maxItems === undefined) return ` of at least ${minItems}`;
  if (minItems > 0) return ` of ${minItems} to ${maxItems} entries`;
  return maxItems === undefined ? "" : ` of at most ${maxItems} entries`;
}

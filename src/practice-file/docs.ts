import { readFileSync } from "node:fs";
import { allowedWords, fileNode, type SchemaNode } from "./allowed.ts";
import { formatMistake } from "./mistake.ts";
import { readPracticeFile } from "./read.ts";

const examplePath = new URL("../../docs/practice.example.yaml", import.meta.url);

/** The text of docs/practice-file.md: the example, how files are read and imported, and every key of the schema. */
export function practiceFileDocs(): string {
  const example = readFileSync(examplePath, "utf8").trimEnd();
  const sections = Object.entries(fileNode.properties ?? {}).map(([key, node]) => section(key, node));
  return [introduction(example), ...sections].join("\n");
}

function introduction(example: string): string {
  return `# The practice file

<!-- Generated from src/practice-file by \`npm run docs\`: change the schema there, not this page. -->

One YAML file describes a practice: who works there and when, what can be booked, and by whom.
\`npm run frontdesk -- import practice.yaml\` imports it. A complete example (\`docs/practice.example.yaml\`):

\`\`\`yaml
${example}
\`\`\`

Only \`practice\` with an id, a name, a timezone and a contact is required; everything else can be added later.

## How it is written

- YAML 1.2 in its core schema, one document, UTF-8, at most 1 MB. Dates and times are text and need no quotes, except
  where a colon would confuse YAML; \`No\`, \`yes\` and \`on\` are words, only \`true\` and \`false\` are true and false.
- An unknown key, a repeated key and a key without a value are mistakes. Omit keys you do not need.
- In a text field a number is read exactly as written: \`version: 1.10\` is the text 1.10. In a number field text is a mistake:
  write \`60\`, not \`"60"\`.
- Surrounding blanks are removed. Names are one line, without control characters and without characters that reverse the
  writing direction.
- Times of day are wall times in the practitioner's zone. A stretch begins at \`from\` and ends before \`to\`.
- E-mail addresses may use any script, as in \`info@münchen.example\`.
- Amounts are whole numbers of the currency's smallest unit.
- Anchors and aliases may be used, up to 100 in a file; tags may not.
- The chat identities within \`clients\` are all different, and so are those within \`practitioners\`; one person may be
  both, with the same identity.

All mistakes are reported at once, one per line: where it is, what is wrong, what is allowed.

\`\`\`
${exampleMistake(example)}
\`\`\`

## What an import does

- All or nothing: a file with a mistake changes nothing.
- Repeatable: the same file a second time changes nothing.
- Entries are matched by id: changed ones are updated, new ones added, and those missing from the file archived: no longer
  offered, still readable where they were booked. To rename an entry, change its name and keep its id.
- Bookings and credits are never touched. A booking keeps the name, length, price, policy and terms it was made with.
- A package in \`clients[].packages\` is given once for each client, template and \`startsOn\`; another date is another package.
`;
}

/** The actual mistake for the example with a mistyped location. */
function exampleMistake(example: string): string {
  const reading = readPracticeFile(example.replace("location: quay", "location: quai"));
  return reading.ok ? "" : reading.mistakes.map(formatMistake).join("\n");
}

function section(key: string, node: SchemaNode): string {
  const required = fileNode.required?.includes(key) ?? false;
  return [
    `## \`${key}\``,
    "",
    `${node.description ?? ""} ${sentence(node, required)}`,
    "",
    "| Key | Type | Allowed | When left out | Meaning |",
    "| --- | --- | --- | --- | --- |",
    ...rowsBelow(node, node.type === "array" ? `${key}[]` : key),
    "",
  ].join("\n");
}

function sentence(node: SchemaNode, required: boolean): string {
  const words = node.type === "array" ? allowedWords(node) : "a mapping";
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}; ${required ? "required" : "may be left out"}.`;
}

function rowsBelow(node: SchemaNode, path: string): string[] {
  if (node.items) return rowsBelow(node.items, path);
  if (node.oneOf) return variantRows(node.oneOf, path);
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) =>
    rows(child, `${path}.${key}`, node.required?.includes(key) ?? false),
  );
}

function rows(node: SchemaNode, path: string, required: boolean, only = ""): string[] {
  const deeper = node.type === "array" ? `${path}[]` : path;
  const own = row([
    `\`${path}\`${only}`,
    typeWords(node),
    allowedCell(node),
    absentWords(node, required),
    node.description ?? "",
  ]);
  return node.repeats ? [own] : [own, ...rowsBelow(node, deeper)];
}

/** Documents a key of every kind once, and a key of one kind with its kind. */
function variantRows(variants: readonly SchemaNode[], path: string): string[] {
  const kinds = variants.flatMap((variant) => variant.properties?.kind ?? []);
  const meanings = kinds.map(
    (kind) => `\`${kind.const}\` ${(kind.description ?? "").toLowerCase().replace(/\.$/, "")}`,
  );
  const kind: SchemaNode = {
    type: "string",
    enum: kinds.flatMap((each) => each.const ?? []),
    description: `${meanings.join(", ")}.`,
  };
  const told = new Set(["kind"]);
  const others = variants.flatMap((variant) =>
    Object.entries(variant.properties ?? {}).flatMap(([key, node]) => {
      if (told.has(key)) return [];
      const everywhere = variants.every(({ properties }) => properties?.[key] !== undefined);
      if (everywhere) told.add(key);
      const only = everywhere ? "" : ` with kind \`${variant.properties?.kind?.const}\``;
      return rows(node, `${path}.${key}`, variant.required?.includes(key) ?? false, only);
    }),
  );
  return [...rows(kind, `${path}.kind`, true), ...others];
}

function typeWords(node: SchemaNode): string {
  switch (node.type) {
    case "integer":
      return "number";
    case "boolean":
      return "true or false";
    case "array":
      return "list";
    case "object":
      return "mapping";
    default:
      return "text";
  }
}

function allowedCell(node: SchemaNode): string {
  if (node.repeats) return "the same keys";
  if (node.type === "object" && node.allowed === undefined) return "its keys, below";
  if (node.enum && node.allowed === undefined) return node.enum.map((word) => `\`${word}\``).join(", ");
  if (node.items === undefined) return allowedWords(node);
  return [allowedWords(node), entryWords(node.items)].filter(Boolean).join(": ");
}

function entryWords(items: SchemaNode): string {
  if (items.type === "object" && items.allowed === undefined) return "";
  return items.oneOf ? "" : allowedCell(items);
}

function absentWords(node: SchemaNode, required: boolean): string {
  if (required) return "**required**";
  if (node.absent !== undefined) return node.absent;
  if (node.default === undefined) return "none";
  if (typeof node.default !== "object") return `\`${node.default}\``;
  return Array.isArray(node.default) ? "none" : "its keys' defaults";
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\|/g, "\\|")).join(" | ")} |`;
}

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { breaches, type Files, linesOf } from "./support/house-rules.ts";
import { testBreaches } from "./support/test-rules.ts";

const root = join(import.meta.dirname, "..");
const codeRooms = ["src", "flows", "adapters", "db"];
const folders = [...codeRooms, "test", "manifest", "docs"];
const fixedNames = ["src", "adapters", "flows", "db", "test"];
const fixedFiles = ["package.json", "tsconfig.json", "drizzle.config.ts", "README.md"];
/** Made by running the project, never kept. */
const made = ["node_modules", "data", "dist", "coverage"];

test("every arrow, clock, environment, console and length is where the map says", () => {
  expect(breaches(projectFiles())).toEqual([]);
});

test("no test waits or judges by the machine's time, and each asserts something", () => {
  expect(testBreaches(projectFiles())).toEqual([]);
});

test.each([
  ["sleeps", 'import { setTimeout as wait } from "node:timers/promises";', /a\.test\.ts:1 waits or judges/],
  ["times what it does", "const took = performance.now() - startedAt;", /waits or judges/],
  ["asserts nothing", 'test.each([1])("x", (n) => { add(n); });', /a\.test\.ts:1 asserts nothing/],
])("a test that %s is a breach", (_, text, breach) => {
  expect(testBreaches({ "test/domain/a.test.ts": text }).join("\n")).toMatch(breach);
});

test("an assertion in a helper of another file counts", () => {
  const files = {
    "test/support/check.ts": "export function check(n: number) { expect(n).toBe(1); }",
    "test/domain/a.test.ts": 'import { check } from "../support/check.ts"; test("x", () => check(1));',
  };
  expect(testBreaches(files)).toEqual([]);
});

test("half of the house's files are about 80 lines or less, 100 at most", () => {
  const sources = Object.entries(projectFiles()).filter(([path]) => /^(src|flows|adapters|db)\/.*\.ts$/.test(path));
  const lengths = sources.map(([, text]) => linesOf(text)).sort((a, b) => a - b);
  expect(lengths[Math.floor(lengths.length / 2)] ?? 0).toBeLessThanOrEqual(100);
});

test("the top level holds the fixed names and no other folder of code", () => {
  const entries = readdirSync(root, { withFileTypes: true }).filter((entry) => !entry.name.startsWith("."));
  const foundFolders = entries
    .filter((entry) => entry.isDirectory() && !made.includes(entry.name))
    .map(({ name }) => name);
  const foundFiles = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  expect(foundFolders.filter((name) => !folders.includes(name))).toEqual([]);
  expect(fixedNames.filter((name) => !foundFolders.includes(name))).toEqual([]);
  expect(fixedFiles.filter((name) => !foundFiles.includes(name))).toEqual([]);
  expect(foundFiles.filter((name) => /\.[cm]?[jt]sx?$/.test(name) && !name.endsWith(".config.ts"))).toEqual([]);
});

test.each<{ planted: string; path: string; text: string; breach: RegExp }>([
  {
    planted: "a flow that imports the store itself",
    path: "flows/book/views.ts",
    text: `import { openStore } from "../../db/store.ts";`,
    breach: /flows\/book\/views\.ts:1 imports db\/store\.ts: flows\/\* only as types/,
  },
  {
    planted: "a flow that imports another flow",
    path: "flows/book/machine.ts",
    text: `import { reviewMachine } from "../review/machine.ts";`,
    breach: /imports flows\/review\/machine\.ts: flows\/\* never/,
  },
  {
    planted: "an inline `type`, which leaves the import standing when types are stripped",
    path: "src/desk/booking/request.ts",
    text: `import { type Store } from "../../../db/store.ts";`,
    breach: /only as types/,
  },
  {
    planted: "a type of the database beyond its store",
    path: "src/desk/booking/request.ts",
    text: `import type { Row } from "../../../db/schema.ts";`,
    breach: /imports db\/schema\.ts: src\/desk never/,
  },
  {
    planted: "a domain rule that knows a machine",
    path: "src/domain/hours.ts",
    text: `import { readFileSync } from "node:fs";`,
    breach: /src\/domain is pure/,
  },
  {
    planted: "a domain rule that formats for people",
    path: "src/domain/hours.ts",
    text: `export { sayTime } from "../words/instants.ts";`,
    breach: /imports src\/words\/instants\.ts: src\/domain never/,
  },
  {
    planted: "words that use a rule and not only its types",
    path: "src/words/money.ts",
    text: `import { weekdays } from "../domain/practice.ts";`,
    breach: /src\/words only as types/,
  },
  {
    planted: "SQL outside the books",
    path: "src/desk/booking/request.ts",
    text: `import { eq } from "drizzle-orm";`,
    breach: /imports drizzle-orm: src\/desk never/,
  },
  {
    planted: "an adapter that reaches into another",
    path: "adapters/slack/render.ts",
    text: `import { fold } from "../email/fold.ts";`,
    breach: /imports adapters\/email\/fold\.ts: adapters\/slack never/,
  },
  {
    planted: "an adapter with another's package",
    path: "adapters/page/receive.ts",
    text: `import nodemailer from "nodemailer";`,
    breach: /imports nodemailer: adapters\/\* never; its packages are zod/,
  },
  {
    planted: "a door opened late",
    path: "src/http/server.ts",
    text: `export async function late() { return import("../../adapters/page/app.ts"); }`,
    breach: /imports adapters\/page\/app\.ts: src\/http never/,
  },
  {
    planted: "an import whose name is made up while running",
    path: "src/jobs/runner.ts",
    text: "export const load = (name: string) => import(`../${name}.ts`);",
    breach: /imports a computed name/,
  },
  {
    planted: "a file nobody gave a row",
    path: "src/helpers/dates.ts",
    text: `import "../clock.ts";`,
    breach: /in no row of the arrow table/,
  },
  {
    planted: "the environment read in passing",
    path: "src/http/server.ts",
    text: `\nexport const port = process.env["PORT"];`,
    breach: /src\/http\/server\.ts:2 uses process\.env, which belongs to src\/config\.ts alone/,
  },
  {
    planted: "the environment taken apart",
    path: "src/http/server.ts",
    text: "const { env } = process; export const port = env.PORT;",
    breach: /uses process\.env/,
  },
  {
    planted: "a domain rule that looks at the clock",
    path: "src/domain/hours.ts",
    text: "export const late = (atMs: number) => atMs < Date.now();",
    breach: /uses the machine's clock, which belongs to src\/clock\.ts alone/,
  },
  {
    planted: "today as a date",
    path: "src/desk/changes/change.ts",
    text: "export const at = new Date();",
    breach: /clock/,
  },
  { planted: "luxon's now", path: "src/words/a.ts", text: "export const at = DateTime.now();", breach: /clock/ },
  {
    planted: "luxon's now by another name",
    path: "src/words/a.ts",
    text: `export const at = DateTime.local({ zone: "utc" });`,
    breach: /clock/,
  },
  { planted: "a line to the console", path: "src/jobs/a.ts", text: "console.warn(1);", breach: /uses console/ },
  {
    planted: "a cast that switches the types off",
    path: "adapters/email/a.ts",
    text: "export const a = JSON.parse('1') as any;",
    breach: /uses any, which is used nowhere/,
  },
  { planted: "a long file", path: "db/a.ts", text: "\n".repeat(301), breach: /db\/a\.ts has 301 lines/ },
  { planted: "plain JavaScript", path: "src/desk/a.js", text: "", breach: /sources are TypeScript/ },
  { planted: "work put off", path: "test/a.test.ts", text: `// ${"TO"}DO later`, breach: /test\/a\.test\.ts:1 says/ },
])("is caught: $planted", ({ path, text, breach }) => {
  expect(breaches({ [path]: text })).toEqual([expect.stringMatching(breach)]);
});

test("what the map allows is not accused", () => {
  expect(
    breaches({
      "flows/book/machine.ts": `import { setup } from "xstate"; import type { Store } from "../../db/store.ts"; import { a } from "./facts.ts";`,
      "flows/index.ts": `import { bookFlow } from "./book/machine.ts";`,
      "src/language/when/when.ts": `import { parse } from "chrono-node/en"; import { weekdays } from "../../domain/practice.ts";`,
      "src/frontdesk.ts": `import { openStore } from "../db/store.ts"; import { flows } from "../flows/index.ts";`,
      "src/domain/zone.ts": `import { DateTime } from "luxon"; export const leap = DateTime.utc(2028, 2, 29); // Date.now() would be wrong`,
      "src/words/any.ts": `export const text = "console.log(process.env) as any, new Date()"; export const day = new Date(0);`,
      "src/config.ts": "export const read = (env = process.env) => env;",
      "src/clock.ts": "export const now = () => Date.now();",
      "adapters/page/static/page.js": "console.log(new Date());",
      "db/migrations/sqlite/0000.sql": "select 1;",
    }),
  ).toEqual([]);
});

function projectFiles(): Files {
  const paths = [...codeRooms, "test", "docs"].flatMap((folder) => filesBelow(folder));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

function filesBelow(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && /\.([cm]?[jt]sx?|md|sql|yaml|css|html)$/.test(entry.name));
  return files.map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(root.length + 1)
      .replaceAll("\\", "/"),
  );
}

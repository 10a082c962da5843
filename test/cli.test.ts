import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

const root = join(import.meta.dirname, "..");

/** What the command line says and leaves with. */
function run(
  words: readonly string[],
  env: Record<string, string> = {},
  input = "",
): Promise<{ code: unknown; said: string }> {
  const surroundings = { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["src/cli.ts", ...words],
      { cwd: root, env: surroundings },
      (error, out, err) => resolve({ code: error === null ? 0 : error.code, said: `${out}${err}` }),
    );
    child.stdin?.end(input);
  });
}

test("a mistake is answered with one line that says what to do, and exit code 1; never with a stack", async () => {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "words.db"), "no database\n".repeat(100));
  const teams = {
    MicrosoftAppId: "11111111-1111-4111-8111-111111111111",
    MicrosoftAppTenantId: "22222222-2222-4222-8222-222222222222",
    MicrosoftAppPassword: "secret",
    PUBLIC_URL: "https://desk.example.com",
    SMTP_URL: "none",
  };
  const mistakes: readonly [string, string[], Record<string, string>?][] = [
    ["Unknown option '--frob'. --help tells what there is.\n", ["import", "--frob"]],
    ["copy needs two databases: the second is made, and holds nothing yet.\n", ["copy", "file:a.db", "file:a.db"]],
    [
      `The books, ${folder}/words.db, are no SQLite database, or are damaged (SQLITE_NOTADB): put back a backup, or name another file by DATABASE_URL.\n`,
      ["doctor"],
      { DATABASE_URL: `file:${folder}/words.db` },
    ],
    [
      `Cannot write ${folder}/nowhere/app.zip: its folder is not there, or may not be written.\n`,
      ["teams-package", join(folder, "nowhere", "app.zip")],
      teams,
    ],
  ];
  for (const [said, words, env] of mistakes) expect(await run(words, env)).toEqual({ code: 1, said });
});

test("a practice file is read from standard input too, as into a container", async () => {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const practice = readFileSync(join(root, "docs", "practice.example.yaml"), "utf8");
  const imported = await run(["import", "-"], { DATABASE_URL: `file:${folder}/desk.db` }, practice);
  expect(imported).toEqual({ code: 0, said: "Harbour Wellness: 10 added, 0 updated, 0 archived.\n" });
});

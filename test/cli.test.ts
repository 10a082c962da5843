import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { compileCache } from "./support/compile-cache.ts";

const root = join(import.meta.dirname, "..");

/** Runs the command line and returns its exit code and output. */
function run(
  words: readonly string[],
  env: Record<string, string> = {},
  input = "",
): Promise<{ code: unknown; said: string }> {
  const surroundings = { PATH: process.env.PATH, ...compileCache, ...env };
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

test("a mistake gives one line with its remedy and exit code 1, never a stack trace", async () => {
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
    ["Unknown option '--frob'. Run with --help for the options.\n", ["import", "--frob"]],
    ["copy needs two different databases. The target must be empty.\n", ["copy", "file:a.db", "file:a.db"]],
    [
      `The database ${folder}/words.db is not a SQLite database or is damaged (SQLITE_NOTADB). Stop every desk and restore a backup (npm run frontdesk -- restore <file>), or set DATABASE_URL to another file.\n`,
      ["doctor"],
      { DATABASE_URL: `file:${folder}/words.db` },
    ],
    [
      `Cannot write ${folder}/nowhere/app.zip: the folder does not exist or is not writable.\n`,
      ["teams-package", join(folder, "nowhere", "app.zip")],
      teams,
    ],
  ];
  for (const [said, words, env] of mistakes) expect(await run(words, env)).toEqual({ code: 1, said });
});

test("import reads a practice file from standard input", async () => {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const practice = readFileSync(join(root, "docs", "practice.example.yaml"), "utf8");
  const imported = await run(["import", "-"], { DATABASE_URL: `file:${folder}/desk.db` }, practice);
  expect(imported).toEqual({ code: 0, said: "Harbour Wellness: 10 added, 0 updated, 0 archived.\n" });
});

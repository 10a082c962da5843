import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { compileCache } from "./support/compile-cache.ts";
import { testFolder } from "./support/desk-files.ts";
import { freePort } from "./support/desk-process.ts";
import { openTestStore } from "./support/store.ts";
import { unprivileged } from "./support/unprivileged.ts";

const root = join(import.meta.dirname, "..");

/** Runs `src/main.ts` or `src/cli.ts` until it ends, or has opened; gives what it says, without the JSON lines of the log. */
async function run(url: string, words: readonly string[]): Promise<{ code: number | null; said: string }> {
  const [program = "", ...rest] = unprivileged([process.execPath, ...words]);
  const env = { PATH: process.env.PATH, PORT: String(await freePort()), DATABASE_URL: url };
  const child = spawn(program, rest, { cwd: root, env: { ...env, ...compileCache } });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output += chunk;
      if (output.includes("Frontdesk is open")) child.kill("SIGKILL");
    });
  const [code]: (number | null)[] = await once(child, "close");
  const lines = output.split("\n").filter((line) => line !== "" && !line.startsWith("{"));
  return { code: code ?? null, said: lines.join("\n") };
}

const start = ["src/main.ts"];
const doctor = ["src/cli.ts", "doctor"];

/** The bytes of books of this release. */
async function booksIn(file: string): Promise<Buffer> {
  const store = await openTestStore();
  await store.close();
  const bytes = readFileSync(store.file);
  writeFileSync(file, bytes, { mode: 0o600 });
  return bytes;
}

function readOnlyFolder(parent: string): string {
  const folder = join(parent, "read-only");
  mkdirSync(folder);
  onTestFinished(() => chmodSync(folder, 0o700));
  return folder;
}

/** What an operator may find, and the one sentence that the start must say about it. `F` stands for the folder. */
const troubles: readonly {
  readonly what: string;
  readonly path: string;
  readonly arrange: (folder: string) => unknown;
  readonly said: string | RegExp;
}[] = [
  {
    what: "a data folder that cannot be written, without a database",
    path: "read-only/desk.db",
    arrange: (folder) => chmodSync(readOnlyFolder(folder), 0o500),
    said: "The database F/read-only/desk.db is not writable (EACCES). Give the desk's user write access to the file and its folder, or set DATABASE_URL to another path.",
  },
  {
    what: "a data folder that cannot be written, with a database",
    path: "read-only/desk.db",
    async arrange(folder) {
      const own = readOnlyFolder(folder);
      await booksIn(join(own, "desk.db"));
      chmodSync(own, 0o500);
    },
    said: "The database F/read-only/desk.db is not writable (EACCES). Give the desk's user write access to the file and its folder, or set DATABASE_URL to another path.",
  },
  {
    what: "a data folder that must be made in a folder that cannot be written",
    path: "read-only/data/desk.db",
    arrange: (folder) => chmodSync(readOnlyFolder(folder), 0o500),
    said: "The database F/read-only/data/desk.db is not writable (EACCES). Give the desk's user write access to the file and its folder, or set DATABASE_URL to another path.",
  },
  {
    what: "a file that is no database",
    path: "desk.db",
    arrange: (folder) => writeFileSync(join(folder, "desk.db"), "These are words.\n".repeat(100)),
    said: "The database F/desk.db is not a SQLite database or is damaged (SQLITE_NOTADB). Stop every desk and restore a backup (npm run frontdesk -- restore <file>), or set DATABASE_URL to another file.",
  },
  {
    what: "a folder in place of the file",
    path: "desk.db",
    arrange: (folder) => mkdirSync(join(folder, "desk.db")),
    said: "The database F/desk.db is a folder. Set DATABASE_URL to a file, such as file:F/desk.db/frontdesk.db.",
  },
  {
    what: "a file in place of the folder",
    path: "words/desk.db",
    arrange: (folder) => writeFileSync(join(folder, "words"), "words"),
    said: /^The database F\/words\/desk\.db cannot be opened \((ENOTDIR|EEXIST)\)\. Set DATABASE_URL to a file, such as [^.]+\.db, in a folder that the desk's user may write to\.$/,
  },
  {
    what: "a database of another program",
    path: "desk.db",
    arrange: (folder) => new Sqlite(join(folder, "desk.db")).exec("create table songs (title text)").close(),
    said: "The database F/desk.db belongs to another program: it has tables, but none of Frontdesk's. Set DATABASE_URL to another file.",
  },
  {
    what: "a database that was cut short",
    path: "desk.db",
    async arrange(folder) {
      const file = join(folder, "desk.db");
      writeFileSync(file, (await booksIn(file)).subarray(0, 200_000));
    },
    said: /^The database F\/desk\.db is damaged \(.+\)\. Stop every desk and restore a backup: npm run frontdesk -- restore <file>\.$/,
  },
  {
    what: "a database that another program keeps locked",
    path: "desk.db",
    async arrange(folder) {
      const file = join(folder, "desk.db");
      await booksIn(file);
      const other = new Sqlite(file);
      onTestFinished(() => void other.close());
      other.pragma("locking_mode = EXCLUSIVE");
      other.exec("begin exclusive");
    },
    said: "The database F/desk.db is locked by another program (SQLITE_BUSY). Close it (a backup tool, a database browser, a desk that is updating it), then start again.",
  },
  {
    what: "a restore that was interrupted",
    path: "desk.db",
    async arrange(folder) {
      await booksIn(join(folder, "desk.db"));
      await booksIn(join(folder, "desk.db.restoring"));
    },
    said: "A restore of F/desk.db was interrupted. Run it again: npm run frontdesk -- restore <file>.",
  },
];

test.each(troubles)("R6 the desk starts on $what: it ends with one sentence and the remedy", async (trouble) => {
  const folder = testFolder();
  await trouble.arrange(folder);
  const { code, said } = await run(`file:${join(folder, trouble.path)}`, start);
  const sentence = said.replaceAll(folder, "F");
  if (typeof trouble.said === "string") expect(sentence).toBe(trouble.said);
  else expect(sentence).toMatch(trouble.said);
  expect(code).toBe(1);
});

test("R5 doctor reads the database, and creates no file where there is none, not even the keys", async () => {
  const folder = testFolder();
  const url = `file:${join(folder, "desk.db")}`;
  expect(await run(url, doctor)).toEqual({
    code: 1,
    said: `There are no books in ${folder}/desk.db yet. Starting the desk or importing a practice file creates them; or check DATABASE_URL.`,
  });
  expect(readdirSync(folder)).toEqual([]);
  await booksIn(join(folder, "desk.db"));
  expect((await run(url, doctor)).said).toContain(`✓ Database: ${folder}/desk.db is intact`);
});

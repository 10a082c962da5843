import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Environment, readConfig } from "../src/config.ts";
import { showsDemo } from "../src/demo.ts";
import { examineKeys } from "../src/doctor.ts";
import { DeskError } from "../src/errors.ts";
import { openFrontdesk } from "../src/frontdesk.ts";
import { openLog } from "../src/log.ts";
import { openBooks } from "../src/open-books.ts";
import { startProblem } from "../src/start-problem.ts";
import { anOutboxRow, nextRowAtMs, roomFor } from "./support/records.ts";

function configOf(env: Environment) {
  const reading = readConfig(env);
  if (!reading.ok) throw new Error(reading.mistakes.join("\n"));
  return reading.config;
}

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-start-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const key = `k1:${Buffer.alloc(32, 3).toString("base64")}`;

/** The problem reported when a desk with this environment fails to open, with a database in its own folder. */
async function saidOf(env: Environment): Promise<string | undefined> {
  const config = configOf({ DATABASE_URL: `file:${ownFolder()}/desk.db`, FRONTDESK_KEYS: key, ...env });
  const opened = await openFrontdesk(config, openLog({ level: "silent" })).catch((error: unknown) => ({ error }));
  if (!("error" in opened)) {
    await opened.close();
    return "it opened";
  }
  return startProblem(opened.error, config);
}

test("a port in use and a host that is not local are reported with the setting to change", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  expect(await saidOf({ PORT: String(port) })).toBe(
    `Port ${port} of 127.0.0.1 is already in use. Stop the program that listens there (perhaps another desk), or set PORT to another port.`,
  );
  // A documentation address (RFC 5737), which no machine has.
  expect(await saidOf({ HOST: "192.0.2.1", PORT: "0", PUBLIC_URL: "http://192.0.2.1" })).toMatch(
    /^HOST is 192\.0\.2\.1, which is not an address of this machine/,
  );
});

test("R6 a disk that is full or fails while the database is opened is reported with the remedy", () => {
  const config = configOf({ FRONTDESK_KEYS: key });
  const full = new DeskError("disk-full", "The disk is full; nothing was changed.");
  expect(startProblem(full, config)).toBe(
    "The disk is full; nothing was changed. Free some disk space, then start again.",
  );
  const failed = new DeskError("disk-failed", "The disk failed; nothing was changed.");
  expect(startProblem(failed, config)).toBe(
    "The disk failed; nothing was changed. Check that the disk has free space and can be read and written, then start again.",
  );
});

test("a database path that is a folder, below a file, or another kind of file is reported with the remedy", async () => {
  const folder = ownFolder();
  mkdirSync(join(folder, "folder.db"));
  writeFileSync(join(folder, "words.db"), "These are words, and no database at all.\n".repeat(100));
  const said = (file: string) => saidOf({ PORT: "0", DATABASE_URL: `file:${join(folder, file)}` });
  expect(await said("folder.db")).toMatch(
    /^The database .*folder\.db is a folder\. Set DATABASE_URL to a file, such as file:.*folder\.db\/frontdesk\.db\.$/,
  );
  expect(await said("words.db/desk.db")).toMatch(/^The database .*desk\.db cannot be opened \((ENOTDIR|EEXIST)\)/);
  expect(await said("words.db")).toMatch(
    /^The database .*words\.db is not a SQLite database.*SQLITE_NOTADB.*restore a backup/,
  );
});

test("a second desk on one database file logs a warning and leaves the first one's leases alone; the command line logs none", async () => {
  const DATABASE_URL = `file:${join(ownFolder(), "desk.db")}`;
  const config = configOf({ DATABASE_URL, FRONTDESK_KEYS: key, PORT: "0" });
  const lines: string[] = [];
  const log = openLog({ level: "warn", destination: { write: (line) => lines.push(line) } });
  const first = await openFrontdesk(config, log);
  const books = await openBooks(config);
  onTestFinished(() => books.close());
  await books.transaction((each) => each.outbox.add(anOutboxRow({ id: "ob_1", kind: "errand" })));
  const inHand = await books.transaction((each) => each.outbox.claimDue(Date.now(), 60_000, roomFor(1)));
  expect(inHand).toMatchObject([{ id: "ob_1", attempt: 1 }]);
  expect(lines.filter((line) => line.includes("database.shared"))).toEqual([]);

  const second = await openFrontdesk(config, log);
  expect(lines.filter((line) => line.includes("database.shared")).join("")).toMatch(/opened-by-another-desk/);
  await second.close();
  await first.close();
  expect(await nextRowAtMs(books)).toBeGreaterThan(Date.now());
});

test("a file that is not a database keeps its mode", async () => {
  const file = join(ownFolder(), "words.db");
  writeFileSync(file, "These are words, and no database at all.", { mode: 0o644 });
  await saidOf({ PORT: "0", DATABASE_URL: `file:${file}` });
  expect(statSync(file).mode & 0o777).toBe(0o644);
});

test.each([
  ["EACCES", /is not writable \(EACCES\)\. Give the desk's user write access/],
  ["EROFS", /is not writable/],
  ["SQLITE_READONLY_DBMOVED", /is not writable/],
  ["SQLITE_FULL", /Free some disk space/],
])("a database that fails with %s", (code, sentence) => {
  const { database, host, port } = configOf({});
  expect(startProblem(Object.assign(new Error("refused"), { code }), { database, host, port })).toMatch(sentence);
});

test("errors of other files, of PostgreSQL and bugs have no sentence for the operator", () => {
  const config = configOf({});
  const elsewhere = Object.assign(new Error("no"), { code: "ENOENT", syscall: "open", path: "/nowhere/at/all.zip" });
  expect(startProblem(elsewhere, config)).toBeUndefined();
  expect(startProblem(new TypeError("undefined is not a function"), config)).toBeUndefined();
  const served = configOf({ DATABASE_URL: "postgres://desk:desk@localhost/desk", FRONTDESK_KEYS: key });
  expect(startProblem(Object.assign(new Error("no"), { code: "EACCES" }), served)).toBeUndefined();
});

test("a key ring that lost a key is reported, one with an additional current key is not", async () => {
  const DATABASE_URL = `file:${join(ownFolder(), "desk.db")}`;
  const booksWith = (FRONTDESK_KEYS: string) => openBooks(configOf({ DATABASE_URL, FRONTDESK_KEYS }));
  const newKey = `k2:${Buffer.alloc(32, 9).toString("base64")}`;
  const found = async (keys: string) => {
    const store = await booksWith(keys);
    const finding = await examineKeys(store);
    await store.close();
    return finding;
  };
  const store = await booksWith(key);
  const answer = { practiceId: "harbour", clientId: "ana", bookingId: "bk_1", formId: "intake", questionId: "goal" };
  await store.transaction(({ answers }) => answers.save({ ...answer, sensitive: true, value: "sleep", atMs: 1 }));
  await store.close();
  expect(await found(`${newKey},${key}`)).toMatchObject({ wrong: false });
  expect(await found(newKey)).toEqual({
    wrong: true,
    line: "Keys: the answers of 1 client(s) cannot be decrypted. Add the missing key to FRONTDESK_KEYS.",
  });
});

test("an empty database gets the demo only outside production and without Slack or Teams", () => {
  const slack = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "secret", SMTP_URL: "none" };
  const teams = { TEAMS_ANONYMOUS: "1", SMTP_URL: "none" };
  const shows = (env: Environment) => showsDemo(configOf(env));
  expect(shows({})).toBe(true);
  expect(shows({ FRONTDESK_PAGE: "off" })).toBe(true);
  expect(shows({ NODE_ENV: "production", FRONTDESK_KEYS: key })).toBe(false);
  for (const chat of [slack, teams]) {
    expect(shows(chat)).toBe(false);
    expect(shows({ ...chat, FRONTDESK_PAGE: "on" })).toBe(false);
  }
});

import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { copyBooks } from "../../db/copy.ts";
import { databaseFile } from "../../db/database-file.ts";
import { bookWords } from "../../src/words/book.ts";
import { violationsIn } from "../support/books-check.ts";
import { compileCache } from "../support/compile-cache.ts";
import { look, testFolder, testKeys } from "../support/desk-files.ts";
import { freePort, startDesk } from "../support/desk-process.ts";
import { eventTitled, openPagePerson, post } from "../support/page-person.ts";
import { sentAll } from "../support/page-steps.ts";
import { keptBooks, unpackBooks } from "./kept-books.ts";

const root = join(import.meta.dirname, "../..");
/** Minutes after the played lines, so that held times are still held. */
const soonAfter = { clock: "2026-03-02T08:04:00Z" };
const dayMinutes = 1_440;

/** The books' contents, through a copy on SQLite if they are elsewhere. */
async function asFile(url: string): Promise<string> {
  if (url.startsWith("file:")) return databaseFile(url);
  const copy = join(testFolder(), "copy.db");
  await copyBooks(url, `file:${copy}`);
  return copy;
}

async function doctor(url: string): Promise<string> {
  const env = { PATH: process.env.PATH, DATABASE_URL: url, FRONTDESK_KEYS: testKeys, ...compileCache };
  const ran = promisify(execFile)(process.execPath, ["src/cli.ts", "doctor"], { cwd: root, env });
  // It exits with 1, because practitioners of the demo have no chat.
  const { stdout, stderr } = await ran.catch((error: { readonly stdout: string; readonly stderr: string }) => error);
  return `${stdout}${stderr}`;
}

test("R5 books of every release with a migration of its own are kept, on both databases", () => {
  for (const kind of ["sqlite", "postgres"] as const) {
    const tags = readdirSync(join(root, "db/migrations", kind)).flatMap((name) => /^(.*)\.sql$/.exec(name)?.[1] ?? []);
    const kept = keptBooks.filter((one) => one.kind === kind).map(({ tag }) => tag);
    // A migration that is not released yet has no books.
    expect(tags.slice(0, kept.length)).toEqual(kept);
    expect(kept.length).toBeGreaterThanOrEqual(2);
  }
});

test.each(keptBooks)("R5 books of release $tag on $kind open, go on, and are whole", async (kept) => {
  const url = await unpackBooks(kept);
  const isOld = kept.missing.length > 0;
  const examined = await doctor(url);
  expect(examined).toMatch(isOld ? /written by an older version of Frontdesk and lacks/ : /is intact/);

  const desk = await startDesk({ url, port: await freePort() }, soonAfter);
  expect(desk.output().includes("is updated now")).toBe(isOld);
  if (isOld) expect(desk.output()).toContain(kept.missing.join(", "));
  if (isOld && kept.kind === "sqlite") expect(existsSync(`${databaseFile(url)}.before-${kept.missing[0]}`)).toBe(true);

  // A card that the earlier release drew is pressed.
  const priya = openPagePerson(desk.address, "priya");
  const review = (await priya.chat()).findLast(({ card }) => card?.title === bookWords.reviewTitle);
  if (review === undefined) throw new Error("the earlier release left a card for review");
  const waiting = await priya.press(review, eventTitled(review, bookWords.confirmAndBook));
  expect(waiting.card?.title).toBe(bookWords.waitingTitle);
  // What the earlier release wrote is found by words.
  const maya = openPagePerson(desk.address, "maya");
  const request = await maya.say("confirm Ben");
  expect(JSON.stringify(request.card)).toContain("Ben Okoro");
  const ana = await openPagePerson(desk.address, "ana").say("my bookings");
  expect(JSON.stringify(ana.card)).toContain("Follow-up");
  // Timers that the earlier release set become due.
  expect((await post(desk.address, "/page/clock", { minutes: dayMinutes })).status).toBe(200);
  await sentAll(desk.address);
  expect(await desk.stop()).toBe(0);

  // The demo makes sessions of the past, about which nothing is mailed.
  const violations = look(await asFile(url), violationsIn).filter((line) => !/has its (one )?mail/.test(line));
  expect(violations).toEqual([]);
  const after = await doctor(url);
  expect(after).toContain("is intact; its tables and triggers are in place.");
  expect(after).toContain("Keys: every encrypted answer can be decrypted.");
});

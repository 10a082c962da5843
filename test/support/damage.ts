import type { Database } from "better-sqlite3";
import { expect } from "vitest";
import { conversationWords } from "../../src/words/conversation.ts";
import { wordsOn } from "../desk/quay.ts";
import { openTestDesk, type TestDesk } from "./desk.ts";

/** Damaged values: garbage, other JSON, truncated JSON. */
const damagedTexts: readonly string[] = ["garbage", "null", "{}", "[]", '{"name":"Tal'];

/** A column to damage, and the row: one of Ana's where a table has rows of clients. */
export interface Target {
  readonly table: string;
  readonly column: string;
  readonly rowid: number;
  readonly original: unknown;
  /** Whose row it is: everybody's of the practice, or Ana's and her practitioner's alone. */
  readonly owner: "practice" | "ana";
}

/** Tables whose rows everybody of a practice reads. */
const shared = new Set(
  "practices locations practitioners services forms terms package_templates workspaces installations".split(" "),
);

/** A practice in the middle of its work: a confirmed session, a request, a form, a package, open talks, mails. */
export async function openBusyDesk(practice: string): Promise<TestDesk> {
  const desk = await openTestDesk({ now: "2026-03-02T08:00+00:00", practice });
  await desk.say("ana", "book a quick on Thursday at 9");
  await desk.press("ana", "Confirm & book");
  await desk.say("ana", "book a talk on Wednesday at 10");
  await desk.press("ana", "Confirm & book");
  await desk.say("ben", "book a talk on Friday at 5 am"); // in New York
  await desk.press("ben", "Confirm & book");
  return desk;
}

/** Every column of every table that has a row to damage. */
function targetsIn(raw: Database): readonly Target[] {
  const tables = raw
    .prepare(
      "select name from sqlite_master where type = 'table' and name not like '\\_\\_%' escape '\\' and name not like 'sqlite%'",
    )
    .pluck()
    .all()
    .map(String)
    .sort();
  return tables.flatMap((table) => columnsOf(raw, table));
}

function columnsOf(raw: Database, table: string): readonly Target[] {
  const columns = raw.prepare("select name from pragma_table_info(?)").pluck().all(table).map(String);
  const own = ["client_id", "person_id", "user"].find((name) => columns.includes(name));
  const where = table === "clients" ? "where id = 'ana'" : own === undefined ? "" : `where "${own}" = 'ana'`;
  const row = raw.prepare(`select rowid as rowid_, * from "${table}" ${where} limit 1`).get() as
    | Record<string, unknown>
    | undefined; // the row as SQLite gives it
  if (row === undefined) return [];
  const owner = shared.has(table) ? "practice" : "ana";
  return columns
    .filter((column) => row[column] !== null)
    .map((column) => ({ table, column, rowid: Number(row.rowid_), original: row[column], owner }));
}

/** Writes a value into the column; false: the database itself refuses it. Every cache of the catalogue is told. */
function write(raw: Database, { table, column, rowid }: Target, value: unknown, revision: string): boolean {
  try {
    raw.prepare(`update "${table}" set "${column}" = ? where rowid = ?`).run(value, rowid);
  } catch {
    return false;
  }
  raw.prepare("update practices set revision = ?").run(revision);
  return true;
}

/** What a person reads who does everyday things; a turn that throws rejects. */
async function day(desk: TestDesk, user: string, lines: readonly string[]): Promise<readonly string[]> {
  const read: string[] = [];
  for (const line of lines) {
    await desk.say(user, line);
    read.push(wordsOn(desk.newest(user)));
  }
  return read;
}

const asClient = ["help", "my bookings", "book", "menu"];
const asPractitioner = ["help", "today", "requests", "menu"];

/** Everybody's day. Gives what Ben reads: he owns nothing that is damaged. */
async function everybodysDay(desk: TestDesk): Promise<readonly string[]> {
  await day(desk, "ana", asClient);
  await day(desk, "maya", asPractitioner);
  return day(desk, "ben", asClient);
}

/**
 * Damages these columns one after the other, each with every damaged value, and lets everybody live a day: no turn fails,
 * and Ben reads what he read before. Gives the number of columns.
 */
export async function expectOwnersOnly(desk: TestDesk, wanted: (target: Target) => boolean): Promise<number> {
  const raw = desk.store.raw();
  const calm = await everybodysDay(desk);
  let written = 0;
  const judge = async (target: Target, value: string): Promise<void> => {
    written += 1;
    if (!write(raw, target, value, `damaged ${written}`)) return;
    const what = `${target.table}.${target.column} = ${value}`;
    const bens = await everybodysDay(desk).catch((cause: unknown) => {
      throw new Error(what, { cause });
    });
    if (target.owner === "ana") expect(bens, what).toEqual(calm);
    expect(bens.join("\n"), what).not.toContain(conversationWords.unreadable);
    write(raw, target, target.original, `mended ${written}`);
  };
  const targets = targetsIn(raw).filter(wanted);
  for (const target of targets) for (const value of damagedTexts) await judge(target, value);
  return targets.length;
}

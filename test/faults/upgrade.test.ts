import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { copyBooks } from "../../db/copy.ts";
import { databaseFile } from "../../db/database-file.ts";
import { journalTable } from "../../db/migrations.ts";
import { violationsIn } from "../support/books-check.ts";
import { look, testFolder } from "../support/desk-files.ts";
import { freePort, startDesk, startFailingDesk } from "../support/desk-process.ts";
import { openPagePerson } from "../support/page-person.ts";
import { keptBooks, unpackBooks } from "../upgrades/kept-books.ts";

const clock = "2026-03-02T08:04:00Z";
const rig = join(import.meta.dirname, "kill-at-step.ts");
const oldest = keptBooks.filter(({ tag }) => tag.startsWith("0000"));

test.each(oldest)(
  "fault 26: an update of $kind books is killed before each of its steps: the books are the old ones or the new ones, and the next start finishes (R5)",
  async (kept) => {
    const url = await unpackBooks(kept);
    const site = { url, port: await freePort() };
    const before = await migrationsIn(url);
    const states = new Set<number>();
    let kills = 0;
    for (let open = false; !open; ) {
      const env = { NODE_OPTIONS: `--import ${rig}`, KILL_AT_STEP: String(kills + 1) };
      const { code, output } = await startFailingDesk(site, { clock, env });
      expect({ code, output }).toMatchObject({ code: null }); // killed: it did not fail
      open = output.includes("Frontdesk is open");
      if (!open) kills += 1;
      states.add(await migrationsIn(url));
      if (kept.kind === "sqlite") expect(wholeness(databaseFile(url))).toBe("ok");
    }
    expect([...states]).toEqual([before, before + kept.missing.length]);
    expect(kills).toBeGreaterThan(kept.missing.length + 3); // BEGIN, COMMIT and the guards

    const desk = await startDesk(site, { clock });
    const bookings = await openPagePerson(desk.address, "ana").say("my bookings");
    expect(JSON.stringify(bookings.card)).toContain("Follow-up");
    expect(await desk.stop()).toBe(0);
    // The demo makes sessions of the past, about which nothing is mailed.
    const wrong = look(await asFile(url), violationsIn).filter((line) => !/has its (one )?mail/.test(line));
    expect(wrong).toEqual([]);
    if (kept.kind === "postgres") return;
    const copy = `${databaseFile(url)}.before-${kept.missing[0]}`;
    const copies = readdirSync(dirname(copy)).filter((name) => name.includes(".before-"));
    expect(copies.map((name) => join(dirname(copy), name))).toEqual([copy]);
    expect(await migrationsIn(`file:${copy}`)).toBe(before);
  },
);

/** The number of migrations that were applied. */
async function migrationsIn(url: string): Promise<number> {
  const counted = `select count(*) as n from ${journalTable}`;
  if (url.startsWith("file:")) return look(databaseFile(url), (books) => Number(books.prepare(counted).pluck().get()));
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query(counted);
  await client.end();
  return Number(rows[0].n);
}

function wholeness(file: string): unknown {
  return look(file, (books) => books.pragma("integrity_check", { simple: true }));
}

async function asFile(url: string): Promise<string> {
  if (url.startsWith("file:")) return databaseFile(url);
  const copy = join(testFolder(), "copy.db");
  await copyBooks(url, `file:${copy}`);
  return copy;
}

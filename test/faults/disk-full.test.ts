import { randomUUID } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bookWords } from "../../src/words/book.ts";
import { violationsAtRest, violationsIn } from "../support/books-check.ts";
import { instant } from "../support/clock.ts";
import { crowdedPractice } from "../support/crowd.ts";
import { fillBooks, look } from "../support/desk-files.ts";
import { type DeskProcess, type DeskSite, freePort, startDesk, startFailingDesk } from "../support/desk-process.ts";
import { type Answer, eventTitled, openPagePerson, post, type Shown } from "../support/page-person.ts";
import { requestOnPage, reviewOnPage, sentAll } from "../support/page-steps.ts";
import { smallDisk } from "../support/small-disk.ts";
import { until } from "../support/until.ts";

const monday = "2026-03-02T08:00:00Z";
const start = { clock: monday };
const busy = "The desk is busy. Nothing was changed. Please try again in a moment.";

test("fault 18: the disk fills up during turns: each gets a polite answer, no turn is half committed, a kill loses nothing, and turns succeed again with free space", async () => {
  const disk = smallDisk(16);
  const site = await siteIn(disk.folder);
  const first = await startDesk(site, start);
  const ana = openPagePerson(first.address, "c1");
  const waiting = await requestOnPage(ana);
  expect(waiting.card?.title).toBe(bookWords.waitingTitle);
  const review = await reviewOnPage(openPagePerson(first.address, "c2"));
  const press = pressOf("c2", review, bookWords.confirmAndBook);

  disk.fill();
  await sayUntilRefused(first);
  const refused = await timed(() => post(first.address, "/page/press", press));
  expect(refused).toMatchObject({ status: 503, body: { error: busy } });
  expect(refused.ms).toBeLessThan(5_000);
  expect((await fetch(`${first.address}/healthz`)).status).toBe(200);
  expect((await ana.chat()).length).toBeGreaterThan(1);
  await first.kill();

  const inNeed = await startDesk(site, start);
  expect(await post(inNeed.address, "/page/press", press)).toMatchObject({ status: 503, body: { error: busy } });
  disk.free();
  expect((await post(inNeed.address, "/page/press", press)).body.card?.title).toBe(bookWords.waitingTitle);
  await inNeed.kill();
  const second = await startDesk(site, start);
  expect((await post(second.address, "/page/press", press)).body.card?.title).toBe(bookWords.waitingTitle);
  await sentAll(second.address);
  expect(statusesIn(site)).toEqual(["requested", "requested"]);
  expect(wrongs(site)).toEqual([]);
  expect(await second.stop()).toBe(0);
});

test("fault 18: the disk is too full for a WAL checkpoint: turns continue as long as possible, and a kill loses nothing acknowledged", async () => {
  const disk = smallDisk(16);
  const site = await siteIn(disk.folder);
  const desk = await startDesk(site, start);
  const ana = openPagePerson(desk.address, "c1");
  const said = (): Promise<Answer> => post(desk.address, "/page/say", { user: "c1", id: randomUUID(), text: "help" });
  await requestOnPage(ana);
  // SQLite checkpoints the WAL at a thousand pages of 4 KB: the disk is filled almost completely just before that.
  for (let log = 0; log < 3_980_000; log = statSync(`${site.file}-wal`).size) expect((await said()).status).toBe(200);
  disk.fill(200_000);
  let acknowledged = 0;
  while ((await said()).status === 200) acknowledged += 1;
  expect(statSync(`${site.file}-wal`).size).toBeGreaterThan(1000 * 4096);
  expect(acknowledged).toBeGreaterThan(0);
  const booksWhenFull = statSync(site.file).size;
  const talks = countIn(site, "talks");
  await desk.kill();
  disk.free();
  const again = await startDesk(site, start);
  expect(countIn(site, "talks")).toBe(talks);
  expect((await openPagePerson(again.address, "c1").say("help")).card?.title).toEqual(expect.any(String));
  await sentAll(again.address);
  expect(wrongs(site)).toEqual([]);
  expect(await again.stop()).toBe(0);
  expect(statSync(site.file).size).toBeGreaterThan(booksWhenFull); // the first complete checkpoint
});

test("fault 18: the disk is full when the tables are created: the desk reports it and does not open; with free space it opens normally", async () => {
  const disk = smallDisk(2);
  const site: DeskSite = { file: join(disk.folder, "desk.db"), port: await freePort() };
  for (const leaveBytes of [0, 50_000, 150_000]) {
    disk.fill(leaveBytes);
    const { code, output } = await startFailingDesk(site, start);
    expect(code).toBe(1);
    expect(output).toContain("The disk is full");
    expect(output).not.toContain("Frontdesk is open");
    disk.free();
  }
  expect(existsSync(site.file)).toBe(true);
  const desk = await startDesk(site, start);
  expect(look(site.file, (books) => books.pragma("integrity_check", { simple: true }))).toBe("ok");
  expect((await openPagePerson(desk.address, "ana").say("hello")).card?.title).toContain("Ana");
  expect(await desk.stop()).toBe(0);
});

async function siteIn(folder: string): Promise<DeskSite> {
  const site: DeskSite = { file: join(folder, "desk.db"), port: await freePort() };
  await fillBooks(site.file, [crowdedPractice({ clients: 2, practitioners: 1 })], instant(monday));
  return site;
}

function pressOf(user: string, shown: Shown, label: string) {
  const { talkId, revision } = shown;
  return { user, id: randomUUID(), talkId, revision, event: eventTitled(shown, label) };
}

/** The WAL may have room for a few more turns. */
async function sayUntilRefused(desk: DeskProcess): Promise<void> {
  await until("a turn is refused", async () => {
    const { status } = await post(desk.address, "/page/say", { user: "c1", id: randomUUID(), text: "help" });
    return status === 503;
  });
}

async function timed(ask: () => Promise<Answer>): Promise<Answer & { readonly ms: number }> {
  const from = performance.now();
  return { ...(await ask()), ms: performance.now() - from };
}

function statusesIn({ file }: DeskSite): unknown[] {
  return look(file, (books) => books.prepare("select status from bookings order by id").pluck().all());
}

function countIn({ file }: DeskSite, table: string): unknown {
  return look(file, (books) => books.prepare(`select count(*) from ${table}`).pluck().get());
}

function wrongs({ file }: DeskSite): string[] {
  return look(file, (books) => [...violationsIn(books), ...violationsAtRest(books)]);
}

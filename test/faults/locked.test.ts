import { randomUUID } from "node:crypto";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { bookWords } from "../../src/words/book.ts";
import { reviewWords } from "../../src/words/review.ts";
import { violationsAtRest, violationsIn } from "../support/books-check.ts";
import { instant } from "../support/clock.ts";
import { crowdedPractice } from "../support/crowd.ts";
import { fillBooks, look, testFolder } from "../support/desk-files.ts";
import { type DeskSite, freePort, startDesk } from "../support/desk-process.ts";
import { type Answer, eventTitled, openPagePerson, post } from "../support/page-person.ts";
import { reviewOnPage, sentAll } from "../support/page-steps.ts";

const monday = "2026-03-02T08:00:00Z";
const lockedMs = 30_000;
const clients = Array.from({ length: 8 }, (_, at) => `c${at + 1}`);

test("fault 19: another process locks the books for 30 s: everyone gets a polite answer within 5 s, reads continue, nothing is lost, and turns succeed again afterwards", async () => {
  const site: DeskSite = { file: join(testFolder(), "desk.db"), port: await freePort() };
  await fillBooks(site.file, [crowdedPractice({ clients: clients.length, practitioners: 1 })], instant(monday));
  const desk = await startDesk(site, { clock: monday });
  const presses = [];
  for (const user of clients) {
    const person = openPagePerson(desk.address, user);
    const review = await reviewOnPage(person);
    const event = eventTitled(review, bookWords.confirmAndBook);
    presses.push({ user, id: randomUUID(), talkId: review.talkId, revision: review.revision, event });
  }

  const other = new Sqlite(site.file);
  onTestFinished(() => void other.close());
  other.exec("BEGIN IMMEDIATE");
  const from = performance.now();
  const slowest = { write: 0, read: 0 };
  let refused = 0;
  const isLocked = () => performance.now() - from < lockedMs;
  const insist = presses.map(async (press) => {
    while (isLocked()) {
      const { status, body, ms } = await timed(() => post(desk.address, "/page/press", press));
      slowest.write = Math.max(slowest.write, ms);
      expect({ status, body }).toEqual({
        status: 503,
        body: { error: "The desk is busy. Nothing was changed. Please try again in a moment." },
      });
      refused += 1;
    }
  });
  const read = async () => {
    while (isLocked()) {
      const started = performance.now();
      for (const path of ["/page/chat?user=c1", "/healthz"])
        expect((await fetch(`${desk.address}${path}`)).status).toBe(200);
      slowest.read = Math.max(slowest.read, performance.now() - started);
    }
  };
  await Promise.all([...insist, read()]);
  expect((await fetch(`${desk.address}/readyz`)).status).toBe(503);
  other.exec("ROLLBACK");

  const answers = await Promise.all(presses.map((press) => post(desk.address, "/page/press", press)));
  expect(answers.map(({ body }) => body.card?.title)).toEqual(clients.map(() => bookWords.waitingTitle));
  await sentAll(desk.address);
  const doctor = await openPagePerson(desk.address, "p1").chat();
  expect(doctor.filter(({ card }) => card?.title === reviewWords.title)).toHaveLength(clients.length);
  process.stdout.write(
    `locked: ${refused} refused, slowest ${Math.round(slowest.write)} ms, slowest reading ${Math.round(slowest.read)} ms\n`,
  );
  expect(slowest.write).toBeLessThan(5_000);
  expect(look(site.file, (books) => [...violationsIn(books), ...violationsAtRest(books)])).toEqual([]);
  expect(await desk.stop()).toBe(0);
});

async function timed(ask: () => Promise<Answer>): Promise<Answer & { readonly ms: number }> {
  const from = performance.now();
  return { ...(await ask()), ms: performance.now() - from };
}

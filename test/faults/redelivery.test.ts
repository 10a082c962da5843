import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { openFormLink } from "../../src/desk/booking/form-links.ts";
import { bookWords } from "../../src/words/book.ts";
import { reviewWords } from "../../src/words/review.ts";
import { request, toReview } from "../support/booking-steps.ts";
import { violationsAtRest, violationsIn } from "../support/books-check.ts";
import { frozenClock, instant } from "../support/clock.ts";
import { crowdedPractice } from "../support/crowd.ts";
import { fillBooks, look, openFile, testFolder } from "../support/desk-files.ts";
import { type DeskOver, deskOver } from "../support/desk-over.ts";
import { type DeskSite, freePort, startDesk } from "../support/desk-process.ts";
import { eventTitled, type Shown } from "../support/page-person.ts";
import { type Desks, openSharedBooks, type SharedBooks, ways } from "../support/shared-books.ts";
import { until } from "../support/until.ts";

const monday = "2026-03-02T08:00:00Z";
const crowd = crowdedPractice({ clients: 3, practitioners: 1 });

describe.each(ways)("on %s", (way) => {
  let books: SharedBooks;
  let desk: Desks;
  beforeEach(async () => {
    books = await openSharedBooks(way, [crowd], instant(monday));
    desk = await books.open(frozenClock(monday));
  });

  /** Kills the desk in the middle of its work and reopens the books. */
  async function reopen(): Promise<void> {
    await desk.close();
    desk = await books.open(frozenClock(monday));
  }

  const countOf = async (what: string) => (await books.ask(`select 1 from ${what}`)).length;
  const wrongs = () => books.look((all) => [...violationsIn(all), ...violationsAtRest(all)]);

  test("fault 6: a press delivered four times, between others' and after a restart, books once and is answered each time", async () => {
    const review = await toReview(desk, "c1", { service: "talk" });
    const others = await toReview(desk, "c2", { service: "talk" });
    const event = eventTitled(review, bookWords.confirmAndBook);
    const id = randomUUID();
    const again = () => desk.press("c1", review, event, undefined, id);

    const [first, , second] = await Promise.all([
      again(),
      desk.press("c2", others, event),
      again(),
      desk.say("c2", "help"),
    ]);
    await desk.idle();
    const third = await again();
    await reopen();
    const fourth = await again();
    expect([first, second, third, fourth].map(({ card }) => card?.title)).toEqual(
      Array(4).fill(bookWords.waitingTitle),
    );
    expect(new Set([first, second, third, fourth].map(({ talkId }) => talkId)).size).toBe(1);

    await confirmAll(desk);
    await reopen();
    // Redelivered much later: answered with the present state, not the state of then.
    expect((await again()).card?.title).toBe(bookWords.confirmedTitle);
    await desk.idle();
    expect(await countOf("bookings where status = 'confirmed'")).toBe(2);
    expect(await countOf("audit where action = 'booking.requested'")).toBe(2);
    expect(await wrongs()).toEqual([]);
  });

  test("fault 6: a press delivered four times at once, at two desks, books once and is answered each time", async () => {
    const review = await toReview(desk, "c1", { service: "talk" });
    const event = eventTitled(review, bookWords.confirmAndBook);
    const id = randomUUID();
    const answers = await Promise.all(Array.from({ length: 4 }, () => desk.press("c1", review, event, undefined, id)));
    expect(answers.map(({ card }) => card?.title)).toEqual(Array(4).fill(bookWords.waitingTitle));
    await desk.idle();
    expect(await countOf("audit where action = 'booking.requested'")).toBe(1);
    expect(await wrongs()).toEqual([]);
  });

  test("fault 6: a typed line and a first visit delivered four times begin one talk each", async () => {
    const id = randomUUID();
    const twice = () =>
      Promise.all([
        desk.say("c1", "book", id),
        desk.deliver("c2", { type: "opened" }, "page:opened:c2"),
        desk.deliver("c2", { type: "opened" }, "page:opened:c2"),
        desk.say("c1", "book", id),
      ]);
    await twice();
    await reopen();
    const answers = await twice();
    expect(new Set(answers.map(({ talkId }) => talkId)).size).toBe(2);
    expect(await countOf("talks")).toBe(2);
    await desk.idle();
    expect(await countOf("page_messages where author = 'desk'")).toBe(2);
  });

  test("fault 6: news and reviews that the desk sends itself again, because it was killed before recording them, take effect once", async () => {
    await request(desk, "c1", { service: "talk" });
    await confirmAll(desk);
    const screens = async () => JSON.stringify([await desk.screen("c1"), await desk.screen("p1")]);
    const before = await screens();
    await desk.close();
    // As after a kill between running an errand or sending a mail and the commit that records it.
    await books.alter("update outbox set state = 'waiting', due_at_ms = 0 where kind in ('errand', 'mail')");
    await books.alter(
      "insert into outbox_lanes (lane, service, due_at_ms) select distinct lane, service, 0 from outbox where state = 'waiting' on conflict do nothing",
    );
    desk = await books.open(frozenClock(monday));
    await desk.idle();
    expect(await screens()).toBe(before);
    expect(await wrongs()).toEqual([]);
  });
});

test("fault 11: a form posted four times, twice at once and again after a kill, is accepted once, and the talk continues once", async () => {
  const site: DeskSite = { file: join(testFolder(), "desk.db"), port: await freePort() };
  await fillBooks(site.file, [withPrivateForm(crowd)], instant(monday));
  const desk = await openDesk(site.file);
  const open = await toReview(desk, "c1", { service: "talk" });
  expect(open.card?.title).toBe(bookWords.formTitle);
  const link = await linkFor(desk, open);
  await desk.stop();
  await desk.store.close();

  const first = await startDesk(site, { clock: monday });
  const send = (goal: string) =>
    fetch(`http://127.0.0.1:${site.port}${link}`, { method: "POST", body: new URLSearchParams({ goal }) });
  const together = await Promise.all([send("more sleep"), send("more sleep")]);
  expect(together.map(({ status }) => status).sort()).toEqual([200, 410]);
  await first.kill();
  const second = await startDesk(site, { clock: monday });
  expect((await send("less coffee")).status).toBe(410);
  const late = await send("less coffee");
  expect(late.status).toBe(410);
  expect(await late.text()).toContain("Already sent");
  await until(
    "the talk continued",
    async () => countOf(site.file, "talks where card like '%booking.submitted%'") === 1,
  );
  expect(await second.stop()).toBe(0);

  const store = await openFile(site.file);
  onTestFinished(store.close);
  const [booking] = look(site.file, (books) => books.prepare("select id from bookings").pluck().all());
  expect(await store.read.answers.list("crowd", String(booking))).toMatchObject([{ value: "more sleep" }]);
  expect(countOf(site.file, "outbox where dedupe_key like 'form.filled:%'")).toBe(1);
});

async function openDesk(file: string): Promise<DeskOver> {
  const store = await openFile(file);
  onTestFinished(store.close);
  return deskOver(store, frozenClock(monday));
}

async function confirmAll(desk: DeskOver): Promise<void> {
  await desk.idle();
  for (const shown of await desk.screen("p1")) {
    if (shown.card?.title === reviewWords.title) await desk.press("p1", shown, eventTitled(shown, reviewWords.confirm));
  }
  await desk.idle();
}

/** The same practice, with one personal question before a talk. */
function withPrivateForm(yaml: string): string {
  const form =
    "forms:\n  - { id: intake, questions: [{ id: goal, label: Goal, type: long_text, required: true, sensitive: true }] }\n";
  return `${yaml.replace("{ id: talk,", "{ id: talk, form: intake,")}${form}`;
}

/** The path of a one-time link as other messengers show it; the page itself asks in the chat. */
async function linkFor(desk: DeskOver, { talkId = "" }: Shown): Promise<string> {
  const talk = await desk.store.read.talks.find(talkId);
  const url = await desk.store.transaction(async (books) => {
    const booking = await books.bookings.get("crowd", talk?.aboutBookingId ?? "");
    const now = instant(monday);
    const inside = {
      books,
      nowMs: now,
      realNowMs: Date.now(),
      publicUrl: "http://localhost",
      platforms: ["page"] as const,
    };
    return openFormLink(inside, booking, talkId);
  });
  return new URL(url).pathname;
}

function countOf(file: string, what: string): unknown {
  return look(file, (books) => books.prepare(`select count(*) from ${what}`).pluck().get());
}

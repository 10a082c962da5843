import { beforeEach, describe, expect, test } from "vitest";
import { bookWords } from "../../src/words/book.ts";
import { reviewWords } from "../../src/words/review.ts";
import { request, toReview, toTimes } from "../support/booking-steps.ts";
import { wrongsAtRest, wrongsIn } from "../support/books-check.ts";
import { type FrozenClock, frozenClock, instant } from "../support/clock.ts";
import { crowdedPractice } from "../support/crowd.ts";
import { importYaml } from "../support/desk-files.ts";
import { type DeskOver, deskOver } from "../support/desk-over.ts";
import { eventsOn, eventTitled, type Shown } from "../support/page-person.ts";
import { openTestStore, type TestStore } from "../support/store.ts";

const monday = "2026-03-02T08:00:00Z";
const clients = Array.from({ length: 10 }, (_, at) => `c${at + 1}`);
const talk = { service: "talk", practitioner: "Doctor p1" } as const;

let store: TestStore;
let clock: FrozenClock;
let desk: DeskOver;
beforeEach(async () => {
  store = await openTestStore();
  clock = frozenClock(monday);
  const practice = crowdedPractice({ clients: clients.length, practitioners: 2, phones: true });
  await importYaml(store, practice, instant(monday));
  desk = deskOver(store, clock);
});

describe("fault 4: in the same millisecond", () => {
  test("ten clients choose the same time: one holds it, nine are offered the three nearest", async () => {
    const offered = [];
    for (const user of clients) offered.push({ user, times: await toTimes(desk, user, talk) });
    const answers = await Promise.all(
      offered.map(({ user, times }) => desk.press(user, times, nth(eventsOn(times, "slot.chosen"), 2))),
    );
    const titles = answers.map(({ card }) => card?.title);
    expect(titles.filter((title) => title === bookWords.reviewTitle)).toHaveLength(1);
    expect(titles.filter((title) => title === bookWords.taken)).toHaveLength(9);
    for (const answer of answers.filter(({ card }) => card?.title === bookWords.taken))
      expect(eventsOn(answer, "slot.chosen")).toHaveLength(3);
    await expectOrder();
  });

  test("two clients whose holds have lapsed confirm the same time: one has it, the other is told and keeps the rest of the choice", async () => {
    const first = await toReview(desk, "c1", talk);
    clock.advance(11 * 60_000);
    await desk.idle();
    const second = await toReview(desk, "c2", talk);
    clock.advance(11 * 60_000);
    await desk.idle();
    const answers = await Promise.all([submit("c1", first), submit("c2", second)]);
    expect(answers.map(({ card }) => card?.title).sort()).toEqual([bookWords.taken, bookWords.waitingTitle]);
    await expectOrder();
    expect(await store.tray.list()).toHaveLength(1);
  });

  test("ten clients choose “Anyone” and the same time: the two practitioners get one each", async () => {
    const offered = [];
    for (const user of clients)
      offered.push({ user, times: await toTimes(desk, user, { service: "check", practitioner: bookWords.anyone }) });
    const held = await Promise.all(
      offered.map(({ user, times }) => desk.press(user, times, nth(eventsOn(times, "slot.chosen"), 0))),
    );
    expect(held.filter(({ card }) => card?.title === bookWords.reviewTitle)).toHaveLength(2);
    await expectOrder();
  });
});

describe("fault 5: two decisions about one request", () => {
  let asked: Shown & { readonly bookingId: string };
  beforeEach(async () => {
    asked = await request(desk, "c1", talk);
  });

  test("Confirm pressed twice at once is one confirmation, and both presses are answered with it", async () => {
    const { shown, event } = await desk.button("p1", reviewWords.confirm);
    const answers = await Promise.all([desk.press("p1", shown, event), desk.press("p1", shown, event)]);
    expect(answers.map(({ card }) => card?.title)).toEqual([reviewWords.confirmedTitle, reviewWords.confirmedTitle]);
    await expectEnd("confirmed", bookWords.confirmedTitle, reviewWords.confirmedTitle);
  });

  test("Confirm here and Decline on the practitioner's phone at once: the first wins, the second is told", async () => {
    const here = await desk.button("p1", reviewWords.confirm);
    const there = await desk.button("p1-phone", reviewWords.decline);
    const asking = await desk.press("p1-phone", there.shown, there.event);
    const [confirmed, declined] = await Promise.all([
      desk.press("p1", here.shown, here.event),
      desk.press("p1-phone", asking, eventTitled(asking, reviewWords.decline)),
    ]);
    expect([confirmed.card?.title, declined.card?.title]).toEqual([
      reviewWords.confirmedTitle,
      reviewWords.confirmedTitle,
    ]);
    await expectEnd("confirmed", bookWords.confirmedTitle, reviewWords.confirmedTitle);
  });

  test.each([
    { first: "Confirm", end: "confirmed", client: bookWords.confirmedTitle, practitioner: reviewWords.confirmedTitle },
    { first: "Withdraw", end: "withdrawn", client: bookWords.withdrawnTitle, practitioner: reviewWords.withdrawnTitle },
  ])("$first first, the other in the same moment: one move, and both see it", async ({ first, end, ...titles }) => {
    const asking = await desk.press("c1", asked, eventTitled(asked, bookWords.withdraw));
    await desk.idle();
    const { shown, event } = await desk.button("p1", reviewWords.confirm);
    const withdraw = () => desk.press("c1", asking, eventTitled(asking, bookWords.withdrawYes));
    const confirm = () => desk.press("p1", shown, event);
    const answers = await Promise.all(first === "Confirm" ? [confirm(), withdraw()] : [withdraw(), confirm()]);
    expect(answers.map(({ card }) => card?.title).sort()).toEqual([titles.client, titles.practitioner].sort());
    await expectEnd(end, titles.client, titles.practitioner);
  });

  test("Confirm after the deadline, before any timer ran: expired, and both are told", async () => {
    await desk.stop(); // nobody but the press looks at the clock
    const { shown, event } = await desk.button("p1", reviewWords.confirm);
    clock.set("2026-03-03T09:00:00Z");
    const answer = await desk.press("p1", shown, event);
    expect(answer.card?.title).toBe(reviewWords.expiredTitle);
    desk = deskOver(store, clock);
    await expectEnd("expired", bookWords.expiredTitle, reviewWords.expiredTitle);
  });

  test("Confirm in the very millisecond of the deadline is too late, one before it is in time", async () => {
    await desk.stop();
    const { respondByMs = 0 } = await store.read.bookings.get("crowd", asked.bookingId);
    const { shown, event } = await desk.button("p1", reviewWords.confirm);
    clock.set(new Date(respondByMs - 1).toISOString());
    expect((await desk.press("p1", shown, event)).card?.title).toBe(reviewWords.confirmedTitle);
    desk = deskOver(store, clock);
    const late = await request(desk, "c2", talk);
    await desk.stop();
    const again = await desk.button("p1", reviewWords.confirm);
    clock.set(new Date((await store.read.bookings.get("crowd", late.bookingId)).respondByMs ?? 0).toISOString());
    expect((await desk.press("p1", again.shown, again.event)).card?.title).toBe(reviewWords.expiredTitle);
    expect(wrongsIn(store.raw())).toEqual([]);
  });

  /** One move was made; the books and every screen, the second chat too, agree on it. */
  async function expectEnd(status: string, client: string, practitioner: string): Promise<void> {
    await expectOrder();
    expect((await store.read.bookings.get("crowd", asked.bookingId)).status).toBe(status);
    const screens = await Promise.all(["c1", "p1", "p1-phone"].map((user) => desk.screen(user)));
    const newest = screens.map((messages) => messages.findLast(({ card }) => card !== undefined)?.card?.title);
    expect(newest).toEqual([client, practitioner, practitioner]);
    const mails = store.raw().prepare("select count(*) from outbox where kind = 'mail' and booking_id = ?").pluck();
    expect(mails.get(asked.bookingId)).toBe(status === "withdrawn" ? 1 : 2);
  }
});

async function expectOrder(): Promise<void> {
  await desk.idle();
  expect([...wrongsIn(store.raw()), ...wrongsAtRest(store.raw())]).toEqual([]);
}

function submit(user: string, review: Shown) {
  return desk.press(user, review, eventTitled(review, bookWords.confirmAndBook));
}

function nth<T>(list: readonly T[], at: number): T {
  const found = list[at];
  if (found === undefined) throw new Error(`there is no number ${at}`);
  return found;
}

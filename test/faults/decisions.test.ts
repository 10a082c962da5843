import { beforeEach, describe, expect, test } from "vitest";
import { bookWords } from "../../src/words/book.ts";
import { reviewWords } from "../../src/words/review.ts";
import { request, toReview, toTimes } from "../support/booking-steps.ts";
import { violationsAtRest, violationsIn } from "../support/books-check.ts";
import { type FrozenClock, frozenClock, instant } from "../support/clock.ts";
import { crowdedPractice } from "../support/crowd.ts";
import { eventsOn, eventTitled, type Shown } from "../support/page-person.ts";
import { type Desks, openSharedBooks, type SharedBooks, ways } from "../support/shared-books.ts";

const monday = "2026-03-02T08:00:00Z";
const clients = Array.from({ length: 10 }, (_, at) => `c${at + 1}`);
const talk = { service: "talk", practitioner: "Doctor p1" } as const;

let books: SharedBooks;
let clock: FrozenClock;
let desk: Desks;

describe.each(ways)("on %s", (way) => {
  beforeEach(async () => {
    clock = frozenClock(monday);
    const practice = crowdedPractice({ clients: clients.length, practitioners: 2, phones: true });
    books = await openSharedBooks(way, [practice], instant(monday));
    desk = await books.open(clock);
  });

  describe("fault 4: simultaneous choices of one time", () => {
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

    test("two clients whose holds have expired confirm the same time: one gets it, the other sees why and keeps the rest of the choice", async () => {
      const first = await toReview(desk, "c1", talk);
      clock.advance(11 * 60_000);
      await desk.idle();
      const second = await toReview(desk, "c2", talk);
      clock.advance(11 * 60_000);
      await desk.idle();
      const answers = await Promise.all([submit("c1", first), submit("c2", second)]);
      expect(answers.map(({ card }) => card?.title).sort()).toEqual([bookWords.taken, bookWords.waitingTitle]);
      await expectOrder();
      expect(await desk.store.tray.list()).toHaveLength(1);
    });

    test("ten clients choose “Anyone” and the same time: each of the two practitioners gets one client", async () => {
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

  describe("fault 5: two decisions on one request", () => {
    let asked: Shown & { readonly bookingId: string };
    beforeEach(async () => {
      asked = await request(desk, "c1", talk);
    });

    test("two simultaneous presses of Confirm are one confirmation, and both are answered with it", async () => {
      const { shown, event } = await desk.button("p1", reviewWords.confirm);
      const answers = await Promise.all([desk.press("p1", shown, event), desk.press("p1", shown, event)]);
      expect(answers.map(({ card }) => card?.title)).toEqual([reviewWords.confirmedTitle, reviewWords.confirmedTitle]);
      await expectEnd("confirmed");
    });

    test("Confirm and Decline at once from the practitioner's two chats: one wins, the other shows it", async () => {
      const here = await desk.button("p1", reviewWords.confirm);
      const there = await desk.button("p1-phone", reviewWords.decline);
      const asking = await desk.press("p1-phone", there.shown, there.event);
      const answers = await Promise.all([
        desk.press("p1", here.shown, here.event),
        desk.press("p1-phone", asking, eventTitled(asking, reviewWords.decline)),
      ]);
      const end = await endAmong(["confirmed", "declined"]);
      expect(answers.map(({ card }) => card?.title)).toEqual([ends[end].practitioner, ends[end].practitioner]);
      await expectEnd(end);
    });

    test.each([
      ["confirmed", "withdrawn"],
      ["withdrawn", "confirmed"],
    ] as const)("%s and, at the same moment, %s: one transition, and both sides see it", async (...moves) => {
      const asking = await desk.press("c1", asked, eventTitled(asked, bookWords.withdraw));
      await desk.idle();
      const { shown, event } = await desk.button("p1", reviewWords.confirm);
      const make = {
        confirmed: () => desk.press("p1", shown, event),
        withdrawn: () => desk.press("c1", asking, eventTitled(asking, bookWords.withdrawYes)),
      };
      const answers = await Promise.all(moves.map((move) => make[move]()));
      const end = await endAmong(moves);
      expect(answers.map(({ card }) => card?.title).sort()).toEqual([ends[end].client, ends[end].practitioner].sort());
      await expectEnd(end);
    });

    test("Confirm after the deadline, before any timer ran: the request has expired, and both sides are notified", async () => {
      await desk.stop(); // no timer runs; only the press reads the clock
      const { shown, event } = await desk.button("p1", reviewWords.confirm);
      clock.set("2026-03-03T09:00:00Z");
      const answer = await desk.press("p1", shown, event);
      expect(answer.card?.title).toBe(reviewWords.expiredTitle);
      desk = await books.open(clock);
      await expectEnd("expired");
    });

    test("Confirm in the millisecond of the deadline is too late, one millisecond before it counts", async () => {
      await desk.stop();
      const { respondByMs = 0 } = await desk.store.read.bookings.get("crowd", asked.bookingId);
      const { shown, event } = await desk.button("p1", reviewWords.confirm);
      clock.set(new Date(respondByMs - 1).toISOString());
      expect((await desk.press("p1", shown, event)).card?.title).toBe(reviewWords.confirmedTitle);
      desk = await books.open(clock);
      const late = await request(desk, "c2", talk);
      await desk.stop();
      const again = await desk.button("p1", reviewWords.confirm);
      clock.set(new Date((await desk.store.read.bookings.get("crowd", late.bookingId)).respondByMs ?? 0).toISOString());
      expect((await desk.press("p1", again.shown, again.event)).card?.title).toBe(reviewWords.expiredTitle);
      expect(await books.look(violationsIn)).toEqual([]);
    });

    /** The committed transition: the first of two simultaneous ones; two desks may commit them in either order. */
    async function endAmong(moves: readonly End[]): Promise<End> {
      const { status } = await desk.store.read.bookings.get("crowd", asked.bookingId);
      const end = (way === "SQLite" ? moves.slice(0, 1) : moves).find((move) => move === status);
      if (end === undefined) throw new Error(`${moves.join(" and ")} became ${status}`);
      return end;
    }

    /** One transition is committed; the books and every screen, the second chat too, agree on it. */
    async function expectEnd(end: End): Promise<void> {
      await expectOrder();
      expect((await desk.store.read.bookings.get("crowd", asked.bookingId)).status).toBe(end);
      const screens = await Promise.all(["c1", "p1", "p1-phone"].map((user) => desk.screen(user)));
      const newest = screens.map((messages) => messages.findLast(({ card }) => card !== undefined)?.card?.title);
      const { client, practitioner, mails } = ends[end];
      expect(newest).toEqual([client, practitioner, practitioner]);
      const count = "select id from outbox where kind = 'mail' and booking_id = ?";
      expect(await books.ask(count, asked.bookingId)).toHaveLength(mails);
    }
  });
});

/** The possible outcomes of a request here, the title of both sides' cards for each, and the number of mails. */
const ends = {
  confirmed: { client: bookWords.confirmedTitle, practitioner: reviewWords.confirmedTitle, mails: 2 },
  declined: { client: bookWords.declinedTitle, practitioner: reviewWords.declinedTitle, mails: 2 },
  withdrawn: { client: bookWords.withdrawnTitle, practitioner: reviewWords.withdrawnTitle, mails: 1 },
  expired: { client: bookWords.expiredTitle, practitioner: reviewWords.expiredTitle, mails: 2 },
} as const;
type End = keyof typeof ends;

async function expectOrder(): Promise<void> {
  await desk.idle();
  expect(await books.look((all) => [...violationsIn(all), ...violationsAtRest(all)])).toEqual([]);
}

function submit(user: string, review: Shown) {
  return desk.press(user, review, eventTitled(review, bookWords.confirmAndBook));
}

function nth<T>(list: readonly T[], at: number): T {
  const found = list[at];
  if (found === undefined) throw new Error(`there is no number ${at}`);
  return found;
}

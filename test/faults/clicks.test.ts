import { beforeEach, describe, expect, test } from "vitest";
import { type CardEvent, eventButtons } from "../../src/cards/card.ts";
import type { Delivered } from "../../src/conversation/inbound.ts";
import { confirmBooking, declineBooking, withdrawBooking } from "../../src/desk/booking/decide.ts";
import { releaseHold } from "../../src/desk/booking/hold.ts";
import { submitBooking } from "../../src/desk/booking/request.ts";
import { bookWords } from "../../src/words/book.ts";
import { conversationWords } from "../../src/words/conversation.ts";
import { reviewWords } from "../../src/words/review.ts";
import { request, toReview, toTimes } from "../support/booking-steps.ts";
import { violationsAtRest, violationsIn } from "../support/books-check.ts";
import { frozenClock, instant } from "../support/clock.ts";
import { crowdedPractice } from "../support/crowd.ts";
import { seeded } from "../support/crowd-life.ts";
import type { DeskOver } from "../support/desk-over.ts";
import { eventsOn, eventTitled, type Shown } from "../support/page-person.ts";
import { type Desks, openSharedBooks, type SharedBooks, ways } from "../support/shared-books.ts";

const monday = "2026-03-02T08:00:00Z";
const practices = [
  crowdedPractice({ clients: 3, practitioners: 1 }),
  crowdedPractice({ id: "other", clients: 2, practitioners: 1 }),
];

/** Orders played in parallel, each on its own books, which keeps the databases busy. */
const atOnce = 4;

/** A button from any card shown so far, with the card's revision. */
interface Click {
  readonly user: string;
  readonly talkId: string;
  readonly revision: number;
  readonly event: CardEvent;
}

let prepared: SharedBooks;
let clicks: readonly Click[];

describe.each(ways)("on %s", (way) => {
  beforeEach(async () => {
    prepared = await openSharedBooks(way, practices, instant(monday));
    const desk = await openDesk(prepared);
    clicks = await everyButtonOfAJourney(desk);
    await desk.close();
  });

  test("fault 7: after a hundred runs of forty old and present buttons in random order the state is legal and each reply helps", async () => {
    const answered = { stale: 0, refused: 0, moved: 0 };
    const play = async (seed: number) => {
      const books = await prepared.copy();
      const desk = await openDesk(books);
      const random = seeded(seed);
      for (const click of shuffled(clicks, random).slice(0, 40)) {
        // Half of the clicks send the revision they were seen at, half the present one.
        const talk = random() < 0.5 ? undefined : await desk.store.read.talks.find(click.talkId);
        const shown = { ...click, revision: talk?.revision ?? click.revision };
        const answer = await desk.press(click.user, shown, click.event);
        expect(helps(answer), `${seed}: ${JSON.stringify(click)}`).toBe(true);
        answered[answer.stale ? "stale" : answer.refused === undefined ? "moved" : "refused"] += 1;
      }
      await desk.idle();
      await desk.close();
      const wrongs = await books.look((all) => [
        ...violationsIn(all),
        ...violationsAtRest(all, { reviewsOpenedByHand: true }),
      ]);
      expect(wrongs, `seed ${seed}`).toEqual([]);
      await books.remove();
    };
    const seeds = Array.from({ length: 100 }, (_, at) => at + 1);
    for (let at = 0; at < seeds.length; at += atOnce) await Promise.all(seeds.slice(at, at + atOnce).map(play));
    process.stdout.write(`clicks out of order on ${way}: ${JSON.stringify(answered)}\n`);
    expect(Math.min(...Object.values(answered))).toBeGreaterThan(100);
  });

  test("fault 8: every button of an older card only brings back the present card, also after a restart", async () => {
    const desk = await openDesk(prepared);
    const old: Click[] = [];
    for (const click of clicks) {
      const talk = await desk.store.read.talks.find(click.talkId);
      if (talk?.ended || talk?.revision !== click.revision) old.push(click);
    }
    expect(old.length).toBeGreaterThan(20);
    const before = await booksOf(prepared);
    for (const click of old) {
      const answer = await desk.press(click.user, click, click.event);
      expect(answer.stale).toBe(true);
      expect(answer.card?.title).toEqual(expect.any(String));
    }
    await desk.idle();
    expect(await booksOf(prepared)).toBe(before);
    await desk.close();
  });

  describe("fault 9: a press on another person's button", () => {
    test.each([
      { whose: "another client of the practice", user: "c3" },
      { whose: "the practitioner", user: "p1" },
      { whose: "a client of another practice", user: "other-c1" },
      { whose: "a practitioner of another practice", user: "other-p1" },
      { whose: "a person unknown to the desk", user: "someone-new" },
    ])("pressed by $whose does nothing, says so and is recorded in the audit", async ({ user }) => {
      const desk = await openDesk(prepared);
      const before = await booksOf(prepared);
      const foreign = clicks.filter((click) => click.user === "c1");
      for (const click of foreign) {
        const talk = await desk.store.read.talks.find(click.talkId);
        const answer = await desk.press(user, { ...click, revision: talk?.revision ?? 0 }, click.event);
        expect(answer).toEqual({ refused: conversationWords.notYours });
      }
      await desk.idle();
      expect(await booksOf(prepared)).toBe(before);
      expect(await prepared.ask("select 1 from audit where action = 'press.refused'")).toHaveLength(foreign.length);
      await desk.close();
    });

    test("with the ids of another's booking, talk, service or person on one's own card does nothing", async () => {
      const desk = await openDesk(prepared);
      const own = await toTimes(desk, "other-c1", { service: "talk" });
      await desk.idle();
      const before = await booksOf(prepared);
      const [booking = ""] = await bookingsOf("practice_id = 'crowd'");
      const forged: readonly CardEvent[] = [
        { type: "slot.chosen", startsAtMs: instant("2026-03-03T03:00:00Z") },
        { type: "practitioner.chosen", who: "p1" },
        { type: "hold.granted", bookingId: booking },
        { type: "booking.submitted", bookingId: booking },
        { type: "booking.changed", status: "confirmed" },
        { type: "request.opened", bookingId: booking },
        { type: "confirm.chosen", bookingId: booking },
        { type: "__proto__" },
      ];
      for (const event of forged)
        expect(await desk.press("other-c1", own, event)).toEqual({ refused: conversationWords.notOnCard });
      await desk.idle();
      expect(await booksOf(prepared)).toBe(before);
      await desk.close();
    });

    test("with a talk that does not exist does nothing", async () => {
      const desk = await openDesk(prepared);
      const answer = await desk.press("c1", { talkId: "tk_gone", revision: 1 }, { type: "booking.submitted" });
      expect(answer).toEqual({ refused: conversationWords.notYours });
      await desk.close();
    });

    test("past the cards, the desk accepts no decision on a booking of another person or practice", async () => {
      const desk = await openDesk(prepared);
      const before = await booksOf(prepared);
      const ids = await bookingsOf("client_id in ('c1', 'c2')");
      const place = "page:local:other";
      const client = { kind: "client", practiceId: "other", clientId: "other-c1", place } as const;
      const neighbour = { kind: "client", practiceId: "crowd", clientId: "c3", place } as const;
      const practitioner = {
        kind: "practitioner",
        practiceId: "other",
        practitionerId: "other-p1",
        admin: true,
        place,
      } as const;
      await desk.store.transaction(async (books) => {
        const inside = {
          books,
          nowMs: instant(monday),
          realNowMs: Date.now(),
          publicUrl: "http://localhost",
          platforms: [],
        };
        for (const id of ids) {
          for (const actor of [client, neighbour, practitioner]) {
            const results = [
              await submitBooking(inside, actor, id),
              await confirmBooking(inside, actor, id),
              await declineBooking(inside, actor, id),
              await withdrawBooking(inside, actor, id),
            ];
            expect(results).toEqual(Array(4).fill({ ok: false, refusal: "not-yours" }));
            await releaseHold(inside, actor, id);
          }
        }
      });
      expect(ids.length).toBeGreaterThan(1);
      expect(await booksOf(prepared)).toBe(before);
      await desk.close();
    });
  });
});

/**
 * One client books with every detour and waits for an answer, another is at Confirm & book; their practitioner looks
 * around.
 */
async function everyButtonOfAJourney(desk: DeskOver): Promise<readonly Click[]> {
  const seen: Click[] = [];
  const note = <T extends Shown>(user: string, shown: T): T => {
    const { talkId = "", revision = 0, card } = shown;
    if (card !== undefined)
      for (const { action } of eventButtons(card)) seen.push({ user, talkId, revision, event: action.event });
    return shown;
  };
  const press = async (user: string, shown: Shown, label: string) =>
    note(user, await desk.press(user, shown, eventTitled(shown, label)));

  const services = note("c1", await desk.say("c1", "book"));
  const times = await press("c1", services, "talk");
  const [slot] = eventsOn(times, "slot.chosen");
  if (slot === undefined) throw new Error("no time on offer");
  const review = note("c1", await desk.press("c1", times, slot));
  const again = await press("c1", review, bookWords.changeTime);
  const second = note("c1", await desk.press("c1", again, slot));
  const waiting = await press("c1", second, bookWords.confirmAndBook);
  const asking = await press("c1", waiting, bookWords.withdraw);
  await press("c1", asking, bookWords.withdrawNo);
  note("c1", await desk.say("c1", "my bookings"));
  note("c2", await toReview(desk, "c2", { service: "check" }));
  await request(desk, "c3", { service: "talk" });
  await desk.idle();
  note("p1", await desk.say("p1", "home"));
  for (const message of await desk.screen("p1")) {
    if (message.card?.title !== reviewWords.title) continue;
    const reasons = await press("p1", note("p1", message), reviewWords.decline);
    await press("p1", reasons, reviewWords.back);
  }
  await desk.idle();
  return seen;
}

/** The reply shows the present state or the reason why nothing was done. */
function helps({ card, refused, errors }: Delivered): boolean {
  return refused !== undefined || errors !== undefined || (card?.title ?? "") !== "";
}

/** Everything in the books that a press might change; excludes what was received, refused or repainted. */
async function booksOf(books: SharedBooks): Promise<string> {
  const tables = ["bookings", "claims", "timers", "talks", "tray_mails", "form_tokens"];
  return JSON.stringify(await Promise.all(tables.map((table) => books.ask(`select * from ${table} order by 1`))));
}

async function bookingsOf(whose: string): Promise<readonly string[]> {
  const rows = await prepared.ask(`select id from bookings where ${whose}`);
  return rows.map((row) => (row as { readonly id: string }).id); // the one selected column
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

function openDesk(books: SharedBooks): Promise<Desks> {
  return books.open(frozenClock(monday));
}

import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { type Clock, openClock } from "../../src/clock.ts";
import { bookWords } from "../../src/words/book.ts";
import { reviewWords } from "../../src/words/review.ts";
import { request, toReview } from "./booking-steps.ts";
import { wrongsAtRest, wrongsIn } from "./books-check.ts";
import { frozenClock, instant } from "./clock.ts";
import { crowdedPractice } from "./crowd.ts";
import type { DeskOver } from "./desk-over.ts";
import { type DeskProcess, freePort, startDesk } from "./desk-process.ts";
import { eventTitled, post, type Shown } from "./page-person.ts";
import { nothingWaits } from "./page-steps.ts";
import { openSharedBooks, type SharedBooks, type Way } from "./shared-books.ts";
import { until } from "./until.ts";

const start = "2026-03-02T08:00:00Z";

/** A turn to be killed in: who presses what on which card, and what they read when it is done. */
export interface KilledTurn {
  readonly turn: string;
  readonly user: string;
  readonly label: string;
  readonly answer: string;
  readonly toCard: (desk: DeskOver) => Promise<Shown>;
}

/** The turns that matter most. */
export const killedTurns: readonly KilledTurn[] = [
  {
    turn: "Confirm & book",
    user: "c1",
    label: bookWords.confirmAndBook,
    answer: bookWords.waitingTitle,
    toCard: (desk) => toReview(desk, "c1", { service: "talk" }),
  },
  {
    turn: "the practitioner's Confirm",
    user: "p1",
    label: reviewWords.confirm,
    answer: reviewWords.confirmedTitle,
    toCard: async (desk) => {
      await request(desk, "c1", { service: "talk" });
      return (await desk.button("p1", reviewWords.confirm)).shown;
    },
  },
];

/** A card on a screen, one press from a turn, in books that nobody has open. */
export interface PreparedTurn extends KilledTurn {
  readonly books: SharedBooks;
  readonly shown: Shown;
  /** The traces before the turn and after it. */
  readonly before: string;
  readonly after: string;
}

/** Books with the card, and the same turn done once undisturbed to know where it leads. */
export async function prepareTurn(way: Way, turn: KilledTurn): Promise<PreparedTurn> {
  const books = await openSharedBooks(way, [crowdedPractice({ clients: 2, practitioners: 1 })], instant(start));
  const desk = await books.open(frozenClock(start));
  const shown = await turn.toCard(desk);
  await desk.idle();
  await desk.close();
  const prepared = { ...turn, books, shown, before: await traceOf(books, shown, ""), after: "" };
  const undisturbed = { books: await books.copy(), pressId: randomUUID() };
  return { ...prepared, after: await completeAgain(prepared, undisturbed) };
}

/** What came of one kill. */
export interface KilledLife {
  readonly books: SharedBooks;
  readonly pressId: string;
  /** Whether the press was answered before. */
  readonly answered: boolean;
  /** There was no such write: all was done. */
  readonly survived: boolean;
  /** `before` or `after`; anything else says what it is. */
  readonly state: string;
}

/** A desk process that is pressed once and kills itself ahead of its n-th write from then on. */
export async function dieAtWrite(prepared: PreparedTurn, write: number): Promise<KilledLife> {
  const books = await prepared.books.copy();
  const desk = await startDesk({ url: books.url, port: await freePort() }, { clock: start });
  let dead = false;
  void desk.ended.then(() => {
    dead = true;
  });
  await quiet(desk, books.way);
  await desk.killAtWrite(write);
  const pressId = randomUUID();
  const { user, shown, label, answer } = prepared;
  const { talkId, revision } = shown;
  const press = { user, id: pressId, talkId, revision, event: eventTitled(shown, label) };
  const answered = await post(desk.address, "/page/press", press).then(
    ({ status, body }) => status === 200 && body.card?.title === answer,
    () => false,
  );
  const isDone = () => nothingWaits(desk.address).catch(() => false);
  await until("the desk died, or nothing waits", async () => dead || (await isDone()));
  const survived = !dead;
  if (survived) await desk.kill();
  const found = await traceOf(books, shown, pressId);
  const state =
    found === prepared.before ? "before" : found === prepared.after ? "after" : `at write ${write}: ${found}`;
  return {
    books,
    pressId,
    answered,
    survived,
    state: answered && state === "before" ? `lost at write ${write}` : state,
  };
}

/** After its start a desk alone on its books frees what a dead one had in hand; the counting begins behind that. */
async function quiet(desk: DeskProcess, way: Way): Promise<void> {
  let before = -1;
  const isQuiet = async () => {
    const now = await desk.writes();
    const same = now === before && (now > 0 || way !== "SQLite");
    before = now;
    return same;
  };
  await until("the desk is quiet", isQuiet, { everyMs: 50 });
}

/** A restart, or two other desks, to which the same press is delivered again, twice; gives the trace of what it led to. */
export async function completeAgain(
  { user, shown, label, answer }: Pick<PreparedTurn, "user" | "shown" | "label" | "answer">,
  { books, pressId }: Pick<KilledLife, "books" | "pressId">,
): Promise<string> {
  const desk = await books.open(
    books.way === "SQLite" ? openClock({ startAtMs: instant(start) }) : whenLeasesAreOver(),
  );
  for (let time = 1; time <= 2; time += 1) {
    const again = await desk.press(user, shown, eventTitled(shown, label), undefined, `page:${pressId}`);
    expect(again.card?.title).toBe(answer);
    await desk.idle();
  }
  await desk.close();
  expect(await books.look((all) => [...wrongsIn(all), ...wrongsAtRest(all)])).toEqual([]);
  return traceOf(books, shown, pressId);
}

/** Where desks share their books, what a dead one had in hand is free only when its lease is over. */
function whenLeasesAreOver(): Clock {
  const clock = openClock({ startAtMs: instant(start) });
  return { ...clock, realNow: () => clock.realNow() + 120_000 };
}

/** All that the turn itself writes, but for ids that are made up anew each time and the very millisecond. */
async function traceOf({ ask }: SharedBooks, { talkId }: Shown, pressId: string): Promise<string> {
  const booking = "(select about_booking_id from talks where id = ?)";
  return JSON.stringify({
    booking: await ask(`select status, version, sequence from bookings where id = ${booking}`, talkId),
    claims: await ask(
      `select kind, starts_at_ms, expires_at_ms is null as lasting from claims where booking_id = ${booking}`,
      talkId,
    ),
    timers: await ask(`select kind from timers where booking_id = ${booking} order by kind`, talkId),
    audit: await ask(`select action, actor from audit where subject = ${booking} order by seq`, talkId),
    talk: await ask("select revision, snapshot, ended from talks where id = ?", talkId),
    repaints: await ask("select count(*) as count from outbox where talk_id = ? and kind = 'card'", talkId),
    queued: await ask(`select dedupe_key from outbox where booking_id = ${booking} order by dedupe_key`, talkId),
    received: await ask("select talk_id from inbox where id = ?", `page:${pressId}`),
  });
}

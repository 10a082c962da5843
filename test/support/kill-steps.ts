import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { type Clock, openClock } from "../../src/clock.ts";
import { bookWords } from "../../src/words/book.ts";
import { reviewWords } from "../../src/words/review.ts";
import { request, toReview } from "./booking-steps.ts";
import { violationsAtRest, violationsIn } from "./books-check.ts";
import { frozenClock, instant } from "./clock.ts";
import { crowdedPractice } from "./crowd.ts";
import type { DeskOver } from "./desk-over.ts";
import { type DeskProcess, freePort, startDesk } from "./desk-process.ts";
import { eventTitled, post, type Shown } from "./page-person.ts";
import { isOutboxEmpty } from "./page-steps.ts";
import { openSharedBooks, type SharedBooks, type Way } from "./shared-books.ts";
import { until } from "./until.ts";

const start = "2026-03-02T08:00:00Z";

/** A turn in which the process is killed: who presses what on which card, and the expected answer. */
export interface KilledTurn {
  readonly turn: string;
  readonly user: string;
  readonly label: string;
  readonly answer: string;
  readonly toCard: (desk: DeskOver) => Promise<Shown>;
}

/** The most important turns. */
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

/** A card that is one press away from a turn, in a database that no process has open. */
export interface PreparedTurn extends KilledTurn {
  readonly books: SharedBooks;
  readonly shown: Shown;
  /** Database traces before and after the turn. */
  readonly before: string;
  readonly after: string;
}

/** Prepares the database, and runs the turn once without a kill to record its effect. */
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

/** The result of one kill. */
export interface KilledLife {
  readonly books: SharedBooks;
  readonly pressId: string;
  /** Whether the press was answered before the kill. */
  readonly answered: boolean;
  /** True if the turn has fewer writes, so it finished. */
  readonly survived: boolean;
  /** `before`, `after`, or a description of any other state. */
  readonly state: string;
}

/** Starts a desk process, presses once and kills it before its n-th write. */
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
  const isDone = () => isOutboxEmpty(desk.address).catch(() => false);
  await until("the desk ended, or the outbox and timers are empty", async () => dead || (await isDone()));
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

/** Waits until the desk has released its predecessor's leases after the start; counting begins after that. */
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

/** Delivers the same press twice to a restarted desk, or to two other desks. Returns the resulting trace. */
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
  expect(await books.look((all) => [...violationsIn(all), ...violationsAtRest(all)])).toEqual([]);
  return traceOf(books, shown, pressId);
}

/** On a shared database the leases of a dead process expire by time only, so the clock starts after that. */
function whenLeasesAreOver(): Clock {
  const clock = openClock({ startAtMs: instant(start) });
  return { ...clock, realNow: () => clock.realNow() + 120_000 };
}

/** The rows that the turn writes, without random ids and exact timestamps. */
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

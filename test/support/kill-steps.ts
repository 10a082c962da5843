import { randomUUID } from "node:crypto";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { openClock } from "../../src/clock.ts";
import { bookWords } from "../../src/words/book.ts";
import { reviewWords } from "../../src/words/review.ts";
import { request, toReview } from "./booking-steps.ts";
import { wrongsAtRest, wrongsIn } from "./books-check.ts";
import { frozenClock, instant } from "./clock.ts";
import { crowdedPractice } from "./crowd.ts";
import { fillBooks, look, openFile, testFolder } from "./desk-files.ts";
import { type DeskOver, deskOver } from "./desk-over.ts";
import { type DeskProcess, freePort, startDesk } from "./desk-process.ts";
import { eventTitled, post, type Shown } from "./page-person.ts";
import { nothingWaits } from "./page-steps.ts";
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
  readonly folder: string;
  readonly file: string;
  readonly shown: Shown;
  /** The traces before the turn and after it. */
  readonly before: string;
  readonly after: string;
}

/** Books with the card, and the same turn done once undisturbed to know where it leads. */
export async function prepareTurn(turn: KilledTurn): Promise<PreparedTurn> {
  const folder = testFolder();
  const file = join(folder, "prepared.db");
  await fillBooks(file, [crowdedPractice({ clients: 2, practitioners: 1 })], instant(start));
  const store = await openFile(file);
  const desk = deskOver(store, frozenClock(start));
  const shown = await turn.toCard(desk);
  await desk.idle();
  await desk.stop();
  await store.close();
  const prepared = { ...turn, folder, file, shown, before: traceOf(file, shown, ""), after: "" };
  const undisturbed = join(folder, "undisturbed.db");
  copyFileSync(file, undisturbed);
  return { ...prepared, after: await completeAgain(prepared, { file: undisturbed, pressId: randomUUID() }) };
}

/** What came of one kill. */
export interface KilledLife {
  readonly file: string;
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
  const file = join(prepared.folder, `killed-${write}.db`);
  copyFileSync(prepared.file, file);
  const desk = await startDesk({ file, port: await freePort() }, { clock: start });
  let dead = false;
  void desk.ended.then(() => {
    dead = true;
  });
  await quiet(desk);
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
  const found = traceOf(file, shown, pressId);
  const state =
    found === prepared.before ? "before" : found === prepared.after ? "after" : `at write ${write}: ${found}`;
  return {
    file,
    pressId,
    answered,
    survived,
    state: answered && state === "before" ? `lost at write ${write}` : state,
  };
}

/** After its start a desk frees what a dead one had in hand; the counting begins behind that. */
async function quiet(desk: DeskProcess): Promise<void> {
  let before = 0;
  const isQuiet = async () => {
    const now = await desk.writes();
    const same = now === before && now > 0;
    before = now;
    return same;
  };
  await until("the desk is quiet", isQuiet, { everyMs: 50 });
}

/** A restart, with the same press delivered again, twice; gives the trace of what it led to. */
export async function completeAgain(
  { user, shown, label, answer }: Pick<PreparedTurn, "user" | "shown" | "label" | "answer">,
  { file, pressId }: Pick<KilledLife, "file" | "pressId">,
): Promise<string> {
  const store = await openFile(file);
  const desk = deskOver(store, openClock({ startAtMs: instant(start) }));
  for (let time = 1; time <= 2; time += 1) {
    const again = await desk.press(user, shown, eventTitled(shown, label), undefined, `page:${pressId}`);
    expect(again.card?.title).toBe(answer);
    await desk.idle();
  }
  await desk.stop();
  await store.close();
  expect(look(file, (books) => [...wrongsIn(books), ...wrongsAtRest(books)])).toEqual([]);
  return traceOf(file, shown, pressId);
}

/** All that the turn itself writes, but for ids that are made up anew each time and the very millisecond. */
function traceOf(file: string, { talkId }: Shown, pressId: string): string {
  return look(file, (books) => {
    const all = (sql: string, ...values: unknown[]) => books.prepare(sql).all(...values);
    const booking = books.prepare("select about_booking_id from talks where id = ?").pluck().get(talkId);
    return JSON.stringify({
      booking: all("select status, version, sequence from bookings where id = ?", booking),
      claims: all(
        "select kind, starts_at_ms, expires_at_ms is null as lasting from claims where booking_id = ?",
        booking,
      ),
      timers: all("select kind from timers where booking_id = ? order by kind", booking),
      audit: all("select action, actor from audit where subject = ? order by seq", booking),
      talk: all("select revision, snapshot, ended from talks where id = ?", talkId),
      repaints: all("select count(*) as count from outbox where talk_id = ? and kind = 'card'", talkId),
      queued: all("select dedupe_key from outbox where booking_id = ? order by dedupe_key", booking),
      received: all("select count(*) as count, talk_id from inbox where id = ?", `page:${pressId}`),
    });
  });
}

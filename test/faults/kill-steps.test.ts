import { randomUUID } from "node:crypto";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openClock } from "../../src/clock.ts";
import { bookWords } from "../../src/words/book.ts";
import { reviewWords } from "../../src/words/review.ts";
import { request, toReview } from "../support/booking-steps.ts";
import { wrongsAtRest, wrongsIn } from "../support/books-check.ts";
import { frozenClock, instant } from "../support/clock.ts";
import { crowdedPractice } from "../support/crowd.ts";
import { fillBooks, look, openFile, testFolder } from "../support/desk-files.ts";
import { type DeskOver, deskOver } from "../support/desk-over.ts";
import { type DeskProcess, freePort, startDesk } from "../support/desk-process.ts";
import { eventTitled, post, type Shown } from "../support/page-person.ts";
import { until } from "../support/until.ts";

const start = "2026-03-02T08:00:00Z";
/** Of so many starting processes at a time the machine makes the most. */
const atOnce = 2;

test.each([
  {
    turn: "Confirm & book",
    user: "c1",
    label: bookWords.confirmAndBook,
    answer: bookWords.waitingTitle,
    toCard: review,
  },
  {
    turn: "the practitioner's Confirm",
    user: "p1",
    label: reviewWords.confirm,
    answer: reviewWords.confirmedTitle,
    toCard: reviewCard,
  },
])(
  "fault 1: killed ahead of every single write of “$turn”, and of many that follow from it, the books are as before or as after, never between, and the same press delivered again completes it",
  async ({ turn, user, label, answer, toCard }) => {
    const prepared = await prepare(user, label, answer, toCard);
    const after = await completedIn(prepared);
    const states: string[] = [];
    let stride = 1;
    for (let next = 1, over = false; !over; next += atOnce * stride) {
      const writes = Array.from({ length: atOnce }, (_, at) => next + at * stride);
      const lives = await Promise.all(writes.map((write) => dieAtWrite(prepared, write)));
      over = lives.some(({ survived }) => survived);
      if (lives.every(({ answered }) => answered)) stride = 8; // behind the commit
      for (const life of lives) {
        const found = traceOf(life.file, prepared, life.pressId);
        const state =
          found === prepared.before
            ? "before"
            : found === after
              ? "after"
              : `between, at write ${life.write}: ${found}`;
        states.push(life.answered && state === "before" ? `lost at write ${life.write}` : state);
        expect(await completeAgain(prepared, life)).toBe(after);
      }
    }
    process.stdout.write(
      `“${turn}”: killed ${states.length} times, ${states.filter((state) => state === "before").length} of them within the turn\n`,
    );
    expect(states.join("; ")).toMatch(/^(before; )+(after; )+after$/);
  },
);

/** A card on a screen, one press from a turn, in books that nobody has open. */
interface Prepared {
  readonly folder: string;
  readonly file: string;
  readonly user: string;
  readonly shown: Shown;
  readonly label: string;
  readonly answer: string;
  /** The trace before the turn. */
  readonly before: string;
}

async function prepare(
  user: string,
  label: string,
  answer: string,
  toCard: (desk: DeskOver) => Promise<Shown>,
): Promise<Prepared> {
  const folder = testFolder();
  const file = join(folder, "prepared.db");
  await fillBooks(file, [crowdedPractice({ clients: 2, practitioners: 1 })], instant(start));
  const store = await openFile(file);
  const desk = deskOver(store, frozenClock(start));
  const shown = await toCard(desk);
  await desk.idle();
  await desk.stop();
  await store.close();
  const prepared = { folder, file, user, shown, label, answer, before: "" };
  return { ...prepared, before: traceOf(file, prepared, "") };
}

function review(desk: DeskOver): Promise<Shown> {
  return toReview(desk, "c1", { service: "talk" });
}

async function reviewCard(desk: DeskOver): Promise<Shown> {
  await request(desk, "c1", { service: "talk" });
  return (await desk.button("p1", reviewWords.confirm)).shown;
}

interface Life {
  readonly file: string;
  readonly write: number;
  readonly pressId: string;
  readonly answered: boolean;
  /** There was no such write: all was done. */
  readonly survived: boolean;
}

/** A desk process that is pressed once and kills itself ahead of its n-th write from then on. */
async function dieAtWrite(prepared: Prepared, write: number): Promise<Life> {
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
  const { talkId, revision } = prepared.shown;
  const press = {
    user: prepared.user,
    id: pressId,
    talkId,
    revision,
    event: eventTitled(prepared.shown, prepared.label),
  };
  const answered = await post(desk.address, "/page/press", press).then(
    ({ status, body }) => status === 200 && body.card?.title === prepared.answer,
    () => false,
  );
  await until("the desk died, or nothing waits", async () => dead || (await nothingWaits(desk.address)));
  const survived = !dead;
  if (survived) await desk.kill();
  return { file, write, pressId, answered, survived };
}

/** After its start a desk frees what a dead one had in hand; the counting begins behind that. */
async function quiet(desk: DeskProcess): Promise<void> {
  let before = 0;
  await until(
    "the desk is quiet",
    async () => {
      const now = await desk.writes();
      const same = now === before && now > 0;
      before = now;
      return same;
    },
    { everyMs: 50 },
  );
}

async function nothingWaits(address: string): Promise<boolean> {
  const metrics = await fetch(`${address}/metrics`).then(
    (response) => response.text(),
    () => "",
  );
  return /^frontdesk_outbox_waiting 0$/m.test(metrics);
}

/** A restart, with the same press delivered again, twice; gives the trace of what it led to. */
async function completeAgain(prepared: Prepared, { file, pressId }: Life): Promise<string> {
  const store = await openFile(file);
  const desk = deskOver(store, openClock({ startAtMs: instant(start) }));
  const event = eventTitled(prepared.shown, prepared.label);
  for (let time = 1; time <= 2; time += 1) {
    const answer = await desk.press(prepared.user, prepared.shown, event, undefined, `page:${pressId}`);
    expect(answer.card?.title).toBe(prepared.answer);
    await desk.idle();
  }
  await desk.stop();
  await store.close();
  const wrongs = look(file, (books) => [...wrongsIn(books), ...wrongsAtRest(books)]);
  expect(wrongs).toEqual([]);
  return traceOf(file, prepared, pressId);
}

/** What the turn leads to when nobody is killed. */
function completedIn(prepared: Prepared): Promise<string> {
  const file = join(prepared.folder, "undisturbed.db");
  copyFileSync(prepared.file, file);
  return completeAgain(prepared, { file, write: 0, pressId: randomUUID(), answered: true, survived: true });
}

/** All that the turn itself writes, but for ids that are made up anew each time and the very millisecond. */
function traceOf(file: string, { shown }: Pick<Prepared, "shown">, pressId: string): string {
  return look(file, (books) => {
    const all = (sql: string, ...values: unknown[]) => books.prepare(sql).all(...values);
    const [talk] = all("select about_booking_id as id from talks where id = ?", shown.talkId);
    const { id } = talk as { id: string };
    return JSON.stringify({
      booking: all("select status, version, sequence from bookings where id = ?", id),
      claims: all("select kind, starts_at_ms, expires_at_ms is null as lasting from claims where booking_id = ?", id),
      timers: all("select kind from timers where booking_id = ? order by kind", id),
      audit: all("select action, actor from audit where subject = ? order by seq", id),
      talk: all("select revision, snapshot, ended from talks where id = ?", shown.talkId),
      repaints: all("select count(*) as count from outbox where talk_id = ? and kind = 'card'", shown.talkId),
      queued: all("select dedupe_key from outbox where booking_id = ? order by dedupe_key", id),
      received: all("select count(*) as count, talk_id from inbox where id = ?", `page:${pressId}`),
    });
  });
}

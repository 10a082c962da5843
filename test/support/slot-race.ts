import Sqlite from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { onTestFinished } from "vitest";
import { booksIn } from "../../db/books.ts";
import { mailTrayIn, pageMessagesIn } from "../../db/repositories/page.ts";
import { schema } from "../../db/schema.sqlite.ts";
import type { Store } from "../../db/store.ts";
import { bookWords } from "../../src/words/book.ts";
import { toReview } from "./booking-steps.ts";
import { overlapsIn } from "./books-check.ts";
import { frozenClock, instant } from "./clock.ts";
import { crowdedPractice } from "./crowd.ts";
import { importYaml } from "./desk-files.ts";
import { deskOver } from "./desk-over.ts";
import { eventTitled } from "./page-person.ts";
import { openTestStore, type TestStore, testVault } from "./store.ts";

/** What keeps two bookings apart; the desk has both. */
export interface RaceGuards {
  readonly transaction: boolean;
  readonly trigger: boolean;
}

/** The four ways to guard a time, and the control among them that has to fail. */
export const raceDesigns: readonly (RaceGuards & { readonly guards: string; readonly mayOverlap: boolean })[] = [
  { guards: "the transaction and the trigger", transaction: true, trigger: true, mayOverlap: false },
  { guards: "the transaction with its check alone", transaction: true, trigger: false, mayOverlap: false },
  { guards: "the trigger alone", transaction: false, trigger: true, mayOverlap: false },
  { guards: "neither: the control, which must book times twice", transaction: false, trigger: false, mayOverlap: true },
];

/**
 * Each evening every client stands at Confirm & book for the same time with a hold that has lapsed, and all press in
 * the same moment. Gives how many were told it is theirs, and which sessions overlap.
 */
export async function raceForTimes(
  guards: RaceGuards,
  { clients, evenings }: { readonly clients: number; readonly evenings: readonly string[] },
): Promise<{ readonly booked: number; readonly overlaps: readonly string[] }> {
  const [first = ""] = evenings;
  const store = await openTestStore();
  await importYaml(store, crowdedPractice({ clients, practitioners: 1 }), instant(first));
  if (!guards.trigger) store.raw().exec("drop trigger claims_refuse_overlap");
  const clock = frozenClock(first);
  const desk = deskOver(guards.transaction ? store : withoutTransactions(store), clock);
  let booked = 0;
  for (const evening of evenings) {
    clock.set(evening);
    const reviews = [];
    for (let at = 1; at <= clients; at += 1) {
      reviews.push({ user: `c${at}`, review: await toReview(desk, `c${at}`, { service: "check" }) });
      clock.advance(11 * 60_000); // the hold is over, and the next client is offered the same time
      await desk.idle();
    }
    const answers = await Promise.all(
      reviews.map(({ user, review }) => desk.press(user, review, eventTitled(review, bookWords.confirmAndBook))),
    );
    booked += answers.filter(({ card }) => card?.title === bookWords.confirmedTitle).length;
    await desk.idle();
  }
  return { booked, overlaps: overlapsIn(store.raw()).filter((overlap) => overlap.includes("sessions")) };
}

/** The same books with turns that neither exclude each other nor undo anything: check, then write across an await. */
function withoutTransactions(store: TestStore): Store {
  const connection = new Sqlite(store.file);
  connection.pragma("synchronous = OFF"); // nobody pulls the plug here, and every statement is a commit of its own
  onTestFinished(() => void connection.close());
  const db = drizzle(connection);
  const books = booksIn(db, schema, testVault);
  return {
    ...store,
    transaction: (work) => work(books),
    pageMessages: pageMessagesIn(db, schema),
    tray: mailTrayIn(db, schema),
  };
}

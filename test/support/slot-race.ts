import Sqlite from "better-sqlite3";
import pg from "pg";
import { onTestFinished } from "vitest";
import { booksIn } from "../../db/books.ts";
import { builderOver as builderOverPostgres } from "../../db/postgres-connection.ts";
import { mailTrayIn, pageMessagesIn } from "../../db/repositories/page.ts";
import { schema as postgresSchema } from "../../db/schema.postgres.ts";
import { schema } from "../../db/schema.sqlite.ts";
import { builderOver } from "../../db/sqlite-connection.ts";
import type { Store } from "../../db/store.ts";
import { bookWords } from "../../src/words/book.ts";
import { toReview } from "./booking-steps.ts";
import { frozenClock, instant } from "./clock.ts";
import { crowdedPractice } from "./crowd.ts";
import { eventTitled } from "./page-person.ts";
import { openSharedBooks, type Way } from "./shared-books.ts";
import { testVault } from "./store.ts";

/** Which mechanisms prevent double bookings. The desk uses both. */
export interface RaceGuards {
  readonly transaction: boolean;
  /** A trigger on SQLite, an exclusion constraint on PostgreSQL. */
  readonly database: boolean;
}

/** All four combinations; the one without any guard must fail. */
export const raceDesigns: readonly (RaceGuards & { readonly guards: string; readonly mayOverlap: boolean })[] = [
  { guards: "the transaction and the database", transaction: true, database: true, mayOverlap: false },
  { guards: "the transaction with its check alone", transaction: true, database: false, mayOverlap: false },
  { guards: "the database alone", transaction: false, database: true, mayOverlap: false },
  {
    guards: "neither: the control, which must book times twice",
    transaction: false,
    database: false,
    mayOverlap: true,
  },
];

/**
 * Each evening all clients, whose holds have expired, press Confirm & book for the same time at the same moment.
 * Returns the number of confirmed clients and the overlapping sessions.
 */
export async function raceForTimes(
  way: Way,
  guards: RaceGuards,
  { clients, evenings }: { readonly clients: number; readonly evenings: readonly string[] },
): Promise<{ readonly booked: number; readonly overlaps: readonly unknown[] }> {
  const [first = ""] = evenings;
  const books = await openSharedBooks(way, [crowdedPractice({ clients, practitioners: 1 })], instant(first));
  const clock = frozenClock(first);
  const desk = await books.open(
    clock,
    guards.transaction ? undefined : (store) => withoutTransactions(store, books.url),
  );
  if (!guards.database) await books.alter(dropGuard[way]);
  let booked = 0;
  for (const evening of evenings) {
    clock.set(evening);
    const reviews = [];
    for (let at = 1; at <= clients; at += 1) {
      reviews.push({ user: `c${at}`, review: await toReview(desk, `c${at}`, { service: "check" }) });
      clock.advance(11 * 60_000); // the hold expires, and the next client is offered the same time
      await desk.idle();
    }
    const answers = await Promise.all(
      reviews.map(({ user, review }) => desk.press(user, review, eventTitled(review, bookWords.confirmAndBook))),
    );
    booked += answers.filter(({ card }) => card?.title === bookWords.confirmedTitle).length;
    await desk.idle();
  }
  return { booked, overlaps: await books.ask(overlapping) };
}

/** Overlapping sessions. Read directly from the database, because opening the store would restore its trigger. */
const overlapping = `select a.id as one, b.id as other from bookings a join bookings b
  on b.practice_id = a.practice_id and b.practitioner_id = a.practitioner_id and b.id > a.id
  and b.starts_at_ms < a.ends_at_ms and b.ends_at_ms > a.starts_at_ms
  where a.status in ('confirmed', 'completed') and b.status in ('confirmed', 'completed')`;

/** Removes the database's own guard against double bookings. */
export const dropGuard: Readonly<Record<Way, string>> = {
  SQLite: "drop trigger claims_refuse_overlap",
  "PostgreSQL, two desks": "alter table claims drop constraint claims_refuse_overlap",
};

/** A store without transactions: turns neither exclude each other nor roll back. */
function withoutTransactions(store: Store, url: string): Store {
  const { db, tables } = url.startsWith("file:") ? looseFile(url.slice("file:".length)) : loosePostgres(url);
  const books = booksIn(db, tables, testVault);
  return {
    ...store,
    transaction: (work) => work(books),
    pageMessages: pageMessagesIn(db, tables, testVault),
    tray: mailTrayIn(db, tables, testVault),
  };
}

function looseFile(file: string) {
  const connection = new Sqlite(file);
  connection.pragma("synchronous = OFF"); // safe here: no test cuts the power, and every statement is a commit of its own
  onTestFinished(() => void connection.close());
  return { db: builderOver(connection), tables: schema };
}

function loosePostgres(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  pool.on("error", () => {}); // its database is removed with the test
  onTestFinished(() => pool.end());
  return { db: builderOverPostgres(pool), tables: postgresSchema as unknown as typeof schema }; // a test holds both schemas equal
}

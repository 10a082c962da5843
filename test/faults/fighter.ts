import Sqlite from "better-sqlite3";
import pg from "pg";
import { type Books, booksIn } from "../../db/books.ts";
import { builderOver as builderOverPostgres } from "../../db/postgres-connection.ts";
import { schema as postgresSchema } from "../../db/schema.postgres.ts";
import { schema } from "../../db/schema.sqlite.ts";
import { builderOver } from "../../db/sqlite-connection.ts";
import type { Actor } from "../../src/desk/actor.ts";
import { withdrawBooking } from "../../src/desk/booking/decide.ts";
import { holdSlot } from "../../src/desk/booking/hold.ts";
import { submitBooking } from "../../src/desk/booking/request.ts";
import type { Desk } from "../../src/desk/desk.ts";
import { newId } from "../../src/ids.ts";
import { openVault, parseKeyRing } from "../../src/vault.ts";
import { seeded } from "../support/crowd-life.ts";
import { openBooks, testKeys } from "../support/desk-files.ts";

/*
 * A process that competes for a few times: fifty clients hold, request and withdraw concurrently until it is killed. It
 * writes every acknowledged result to standard output, a line each. `unguarded` works as the desk must not: it reads
 * and then writes across an await, without a transaction.
 */

const [url = "", which = "0", seed = "1", guard = "guarded"] = process.argv.slice(2);
const nowMs = Date.parse("2026-03-02T08:00:00Z");
const firstSlotMs = Date.parse("2026-03-03T09:00:00Z");
const tasks = 50;
const slots = 20;
const random = seeded(Number(seed));

type Transact = <T>(work: (books: Books) => Promise<T>) => Promise<T>;

const transact = guard === "guarded" ? (await openBooks(url)).transaction : unguarded();
process.stdout.write("ready\n");
await Promise.all(Array.from({ length: tasks }, (_, at) => fight(`c${Number(which) * tasks + at + 1}`)));

async function fight(clientId: string): Promise<void> {
  const actor: Actor = { kind: "client", practiceId: "crowd", clientId, place: "page" };
  await withdrawRemaining(actor);
  for (;;) {
    const startsAtMs = firstSlotMs + Math.floor(random() * slots) * 1_800_000;
    try {
      const bookingId = guard === "guarded" ? await book(actor, startsAtMs) : await bookUnguarded(startsAtMs);
      if (bookingId === undefined) continue;
      process.stdout.write(`booked ${bookingId}\n`);
      await new Promise(setImmediate);
      if ((await busyAt(startsAtMs)).length > 1) process.stdout.write("overlap\n");
      // Withdrawn again, or the load would end with the last free time.
      await transact(async (books) => {
        if (guard === "guarded") await withdrawBooking(deskWith(books), actor, bookingId);
        else await books.claims.removeForBooking(bookingId);
      });
    } catch {
      process.stdout.write("failed\n");
    }
  }
}

async function book(actor: Actor, startsAtMs: number): Promise<string | undefined> {
  const order = { serviceId: "talk", methodKey: "phone", startsAtMs };
  const held = await transact((books) => holdSlot(deskWith(books), actor, order));
  if (!held.ok) return undefined;
  const sent = await transact((books) => submitBooking(deskWith(books), actor, held.booking.id));
  return sent.ok ? held.booking.id : undefined;
}

/** The wrong way on purpose: it reads, yields to another client, and writes to a time that it still believes free. */
async function bookUnguarded(startsAtMs: number): Promise<string | undefined> {
  if ((await busyAt(startsAtMs)).length > 0) return undefined;
  await new Promise(setImmediate);
  const bookingId = newId("bk");
  const time = { startsAtMs, endsAtMs: startsAtMs + 1_800_000, bufferBeforeMinutes: 0, bufferAfterMinutes: 0 };
  const claim = { practiceId: "crowd", practitionerId: "p1", bookingId, kind: "request", ...time } as const;
  return (await transact((books) => books.claims.claim(claim))) ? bookingId : undefined;
}

/** The clients that were promised this time. */
function busyAt(startsAtMs: number): Promise<readonly unknown[]> {
  const range = { fromMs: startsAtMs, toMs: startsAtMs + 1_800_000, nowMs };
  return transact((books) => books.claims.listBusy({ practiceId: "crowd", practitionerId: "p1", ...range }));
}

/** The open requests of this client from an earlier, killed process. */
async function withdrawRemaining(actor: Actor & { kind: "client" }): Promise<void> {
  await transact(async (books) => {
    const open = await books.bookings.listForClient("crowd", actor.clientId, { statuses: ["requested"], order: "asc" });
    for (const { id } of open) await withdrawBooking(deskWith(books), actor, id);
  });
}

function deskWith(books: Books): Desk {
  return { books, nowMs, realNowMs: nowMs, publicUrl: "http://localhost:3000", platforms: ["page"] };
}

function unguarded(): Transact {
  const keys = parseKeyRing(testKeys);
  if (!keys.ok) throw new Error("the test's own keys are wrong");
  const vault = openVault(keys.ring);
  if (url.startsWith("postgres")) {
    const db = builderOverPostgres(new pg.Pool({ connectionString: url, max: 8 }));
    return (work) => work(booksIn(db, postgresSchema as unknown as typeof schema, vault));
  }
  const connection = new Sqlite(url.replace(/^file:/, ""), { timeout: 4_000 });
  connection.pragma("synchronous = OFF");
  const books = booksIn(builderOver(connection), schema, vault);
  return (work) => work(books);
}

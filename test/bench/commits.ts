import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyBooks } from "../../db/copy.ts";
import type { Store } from "../../db/store.ts";
import type { Actor } from "../../src/desk/actor.ts";
import { withdrawBooking } from "../../src/desk/booking/decide.ts";
import { holdSlot } from "../../src/desk/booking/hold.ts";
import { submitBooking } from "../../src/desk/booking/request.ts";
import type { Desk } from "../../src/desk/desk.ts";
import { overlapsIn } from "../support/books-check.ts";
import { crowdedPractice } from "../support/crowd.ts";
import { seeded } from "../support/crowd-life.ts";
import { importYaml, look, openBooks } from "../support/desk-files.ts";
import { startPostgres } from "../support/postgres-server.ts";
import type { Figure } from "./figures.ts";

const nowMs = Date.parse("2026-03-02T08:00:00Z");
const tasks = 50;
const seconds = 8;
/** The first of twenty half-hours of one day and practitioner, each requested by several clients. */
const firstSlotMs = Date.parse("2026-03-03T09:00:00Z");
const slots = 20;

/** Many clients who concurrently hold, request and withdraw the same few times. */
export async function measureCommits(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-bench-"));
  const server = await startPostgres({ durable: true });
  try {
    const sqlite = await fight(`file:${folder}/desk.db`, 1, `${folder}/copy-a.db`);
    const postgres = await fight(server.url, 2, `${folder}/copy-b.db`);
    return [...figuresOf("SQLite", sqlite), ...figuresOf("PostgreSQL, two desks", postgres)];
  } finally {
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Outcome {
  readonly bookings: number;
  readonly refused: number;
  readonly failed: number;
  readonly overlaps: number;
}

async function fight(url: string, desks: number, copy: string): Promise<Outcome> {
  const stores = await Promise.all(Array.from({ length: desks }, () => openBooks(url)));
  const [first] = stores;
  if (first === undefined) throw new Error("no desk");
  await importYaml(first, crowdedPractice({ clients: tasks, practitioners: 1 }), nowMs);
  const random = seeded(3);
  const tally = { bookings: 0, refused: 0, failed: 0 };
  const until = performance.now() + seconds * 1000;
  const task = async (at: number) => {
    const store = stores[at % desks] ?? first;
    while (performance.now() < until) {
      const startsAtMs = firstSlotMs + Math.floor(random() * slots) * 1_800_000;
      const outcome = await bookOnce(store, `c${at + 1}`, startsAtMs).catch(() => "failed" as const);
      tally[outcome] += 1;
    }
  };
  await Promise.all(Array.from({ length: tasks }, (_, at) => task(at)));
  for (const store of stores) await store.close();
  await copyBooks(url, `file:${copy}`);
  return { ...tally, overlaps: look(copy, (books) => overlapsIn(books).length) };
}

/** Holds, requests and withdraws, each in its own transaction, so that the times stay contended. */
async function bookOnce(store: Store, clientId: string, startsAtMs: number): Promise<"bookings" | "refused"> {
  const actor: Actor = { kind: "client", practiceId: "crowd", clientId, place: "page" };
  const order = { serviceId: "talk", methodKey: "phone", startsAtMs };
  const held = await store.transaction((books) => holdSlot(deskWith(books), actor, order));
  if (!held.ok) return "refused";
  const submitted = await store.transaction((books) => submitBooking(deskWith(books), actor, held.booking.id));
  if (!submitted.ok) return "refused";
  await store.transaction((books) => withdrawBooking(deskWith(books), actor, submitted.booking.id));
  return "bookings";
}

function deskWith(books: Desk["books"]): Desk {
  return { books, nowMs, realNowMs: nowMs, publicUrl: "http://localhost:3000", platforms: ["page"] };
}

function figuresOf(name: string, outcome: Outcome): readonly Figure[] {
  const figure = (what: string, value: number, unit: string, goal?: Figure["goal"]): Figure => ({
    section: "commits",
    what: `${name}: ${what}`,
    value,
    unit,
    ...(goal && { goal }),
  });
  return [
    figure("requests, each held first and withdrawn after", outcome.bookings / seconds, "/s"),
    figure("tries told that the time is taken", outcome.refused / seconds, "/s"),
    figure("transactions, all of them", (outcome.bookings * 3 + outcome.refused) / seconds, "/s"),
    figure("tries that failed otherwise", outcome.failed, "tries", { atMost: 0 }),
    figure("overlaps in the books", outcome.overlaps, "pairs", { atMost: 0 }),
  ];
}

import type { Database } from "better-sqlite3";
import { isLive } from "../../src/cards/card.ts";
import { brokenRulesIn, violationsIn } from "../support/books-check.ts";
import { people } from "./practice.ts";
import type { World } from "./world.ts";

/** Status of each booking that was ever seen. */
export type Seen = Map<string, string>;

const final = ["declined", "expired", "withdrawn", "completed", "no_show"];

/** What must hold after every step. One line for each breach. */
export function breachesNow(world: World, seen: Seen): string[] {
  const books = world.books();
  return [
    ...brokenRulesIn(books),
    ...world.services.breaches,
    ...liveCards(world),
    ...lostBookings(books, seen),
    ...(world.acknowledged.length === 0 ? [] : notInBooks(world, world.acknowledged.slice(-3))),
  ];
}

/** A talk has one live message at most. */
function liveCards({ services }: World): string[] {
  return people.flatMap(({ platform, user }) => {
    const live = services.chat(platform, user).flatMap(({ card, talkId }) => (isLive(card) ? [talkId] : []));
    return live
      .filter((talkId, at) => live.indexOf(talkId) !== at)
      .map((talkId) => `two live cards of ${talkId} with ${user}`);
  });
}

/** A booking that was requested is never deleted, and a final state never changes. */
function lostBookings(books: Database, seen: Seen): string[] {
  const rows = books.prepare("select id, status from bookings").all() as { id: string; status: string }[]; // the columns
  const now = new Map(rows.map(({ id, status }) => [id, status]));
  const breaches: string[] = [];
  for (const [id, before] of seen) {
    const after = now.get(id);
    if (after === undefined && before !== "held") breaches.push(`booking ${id} (${before}) is gone`);
    if (after !== undefined && after !== before && final.includes(before) && !isCorrected(before, after))
      breaches.push(`booking ${id} was ${before} and is ${after}`);
  }
  for (const [id, status] of now) seen.set(id, status);
  return breaches;
}

/** A completed session may be marked as missed, and the mark undone. */
function isCorrected(before: string, after: string): boolean {
  return (before === "completed" && after === "no_show") || (before === "no_show" && after === "completed");
}

function notInBooks(world: World, ids: readonly string[]): string[] {
  const find = world.books().prepare("select 1 from inbox where id = ?");
  return ids.filter((id) => find.get(id) === undefined).map((id) => `${id} was acknowledged and is not in the books`);
}

/** What must hold once the services answer and everything under way has ended. */
export function breachesAtRest(world: World): string[] {
  const books = world.books();
  const lines = (sql: string) => books.prepare(sql).pluck().all().map(String);
  return [
    ...violationsIn(books),
    ...(world.unacknowledged() === 0 ? [] : [`${world.unacknowledged()} inputs were never acknowledged`]),
    ...lines("select 'still to send: ' || kind || ' ' || dedupe_key || ' ' || state from outbox where state <> 'done'"),
    ...lines(`select 'overdue timer: ' || key from timers where due_at_ms <= ${world.time.nowMs()}`),
    ...requestsWithoutCard(world),
    ...outdatedCards(world),
    ...untoldBookings(world),
    ...wrongMoney(world),
    ...secretsInBooks(world),
    ...world.errors.map((error) => `the desk logged an error: ${error}`),
  ];
}

/** A request that waits for an answer is on a live card of its practitioner, unless they removed the message. */
function requestsWithoutCard(world: World): string[] {
  const waiting = world
    .books()
    .prepare("select id, practitioner_id as user from bookings where status = 'requested'")
    .all() as { id: string; user: string }[]; // the columns
  const about = world
    .books()
    .prepare(
      "select 1 from talks where id = ? and (about_booking_id = ? or about_booking_id = (select plan_id from bookings where id = ?))",
    );
  return waiting.flatMap(({ id, user }) => {
    const person = people.find((one) => one.user === user);
    if (person === undefined) return [];
    const cards = world.services.chat(person.platform, user).filter(({ card }) => isLive(card));
    const asking = [...cards.map(({ talkId }) => talkId), ...world.services.removed];
    return asking.some((talkId) => about.get(talkId, id, id) !== undefined) ? [] : [`no card asks ${user} about ${id}`];
  });
}

/** A live card shows the present state of its talk. */
function outdatedCards(world: World): string[] {
  const revisionOf = world.books().prepare("select revision from talks where id = ?").pluck();
  return people.flatMap(({ platform, user }) =>
    world.services.chat(platform, user).flatMap(({ card, talkId, revision }) => {
      const present = revisionOf.get(talkId);
      return !isLive(card) || present === revision
        ? []
        : [`${user} sees ${talkId} at ${revision}, it is at ${present}`];
    }),
  );
}

/** The client of every confirmed, declined or expired booking got a mail about it. */
function untoldBookings(world: World): string[] {
  const told = new Set([...world.services.mails.values()].map(({ bookingId }) => bookingId));
  const decided = world
    .books()
    .prepare("select id from bookings where status in ('confirmed', 'declined', 'expired', 'completed')")
    .pluck()
    .all()
    .map(String);
  return decided.filter((id) => !told.has(id)).map((id) => `no mail tells of booking ${id}`);
}

/** What the provider kept of each payment is what the books say, and nobody paid for a session that was refused. */
function wrongMoney(world: World): string[] {
  const rows = world
    .books()
    .prepare(
      `select p.id, p.state, p.amount_minor as amount, p.refunded_minor as refunded, b.status
       from payments p join bookings b on b.id = p.booking_id where p.by = 'card'`,
    )
    .all() as { id: string; state: string; amount: number; refunded: number; status: string }[]; // the columns
  const kept = world.kept();
  return rows.flatMap(({ id, state, amount, refunded, status }) => {
    const booked = state === "paid" || state === "refunded" ? amount - refunded : 0;
    const atProvider = kept.get(id) ?? 0;
    const isRefused = ["declined", "expired", "withdrawn"].includes(status) && atProvider > 0;
    return [
      ...(booked === atProvider
        ? []
        : [`payment ${id} (${state}): the books say ${booked}, the provider kept ${atProvider}`]),
      ...(isRefused ? [`${atProvider} was kept for a session that is ${status}`] : []),
    ];
  });
}

const secretForms = [
  /\/(?:pay|form|answers|activate)\/([\w-]{20,})/g,
  /\b(FD-\w{4}-\w{4})\b/g,
  /meet\.quay\.example\/([\w-]+)/g,
];

/** No link or code that people hold stands in clear in the file or its log (R9). */
function secretsInBooks(world: World): string[] {
  const seen = [
    ...people.flatMap(({ platform, user }) =>
      world.services.chat(platform, user).map(({ card }) => JSON.stringify(card)),
    ),
    ...[...world.services.mails.values()].map(({ text }) => text),
  ].join("\n");
  const bytes = world.bytes();
  const secrets = new Set(secretForms.flatMap((form) => [...seen.matchAll(form)].map(([, secret = ""]) => secret)));
  return [...secrets].filter((secret) => bytes.includes(secret)).map((secret) => `a secret lies in clear: ${secret}`);
}

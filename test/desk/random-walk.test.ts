import fc from "fast-check";
import { expect, test } from "vitest";
import { type InputValues, isLive } from "../../src/cards/card.ts";
import { type Booking, type BookingStatus, bookingStatuses } from "../../src/domain/booking.ts";
import { violationsIn } from "../support/books-check.ts";
import type { TestDesk } from "../support/desk.ts";
import { bookingsOf, openQuay, pressesIn, quay, rows } from "./quay.ts";

// Invariants that hold after every step, whatever two clients, a practitioner and the clock do, in any order.

/** Short days, so that the two clients compete for the same few slots. */
const narrow = quay
  .replaceAll("days: [mon, tue, wed, thu, fri]", "days: [tue, wed]")
  .replaceAll(`to: "12:00"`, `to: "11:00"`)
  .replace("  minimumNoticeMinutes: 120", "  minimumNoticeMinutes: 120\n  horizonDays: 3");

const users = ["ana", "ben", "maya"] as const;
type User = (typeof users)[number];

type Step =
  /** A choice or the main button of the newest live card, filled in correctly. */
  | { readonly do: "go on"; readonly user: User; readonly pick: number }
  | { readonly do: "press"; readonly user: User; readonly pick: number; readonly values: InputValues }
  | { readonly do: "steal"; readonly user: User; readonly from: User; readonly pick: number }
  | { readonly do: "say"; readonly user: User; readonly words: string }
  | { readonly do: "wait"; readonly minutes: number };

const words = [
  "book",
  "back",
  "start over",
  "help",
  "menu",
  "my bookings",
  "my sessions",
  "cancel my session",
  "cancel session",
  "undo",
  "move my session",
  "move it to wednesday at 10",
  "ask for this time",
  "approve",
  "withdraw the wish",
  "past sessions",
  "1",
  "2",
  "3",
  "confirm",
  "decline",
  "confirm & book",
  "continue",
  "skip",
  "none",
  "other",
  "yes",
  "requests",
  "withdraw request",
  "propose wednesday 10",
  "send",
  "none of these",
  "later",
  "yes, withdraw it",
  "talk",
  "visit",
  "quick",
  "anyone",
  "09:00",
  "🤷",
  "",
  "__proto__",
  "x".repeat(5_000),
];

const values = fc.record(
  {
    goal: fc.constantFrom("", "walk", "x".repeat(4_000)),
    diet: fc.constantFrom("", "None", "Other", "neither"),
    "which-diet": fc.constantFrom("", "Paleo"),
    reason: fc.constantFrom("", "Away", "y".repeat(600)),
  },
  { requiredKeys: [] },
);

const anyone = fc.constantFrom(...users);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 16, arbitrary: fc.record({ do: fc.constant("go on" as const), user: anyone, pick: fc.nat() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("press" as const), user: anyone, pick: fc.nat(), values }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("say" as const), user: anyone, words: fc.constantFrom(...words) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("steal" as const), user: anyone, from: anyone, pick: fc.nat() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("wait" as const), minutes: fc.constantFrom(1, 11, 16, 95, 300, 1_500) }),
  },
);

async function take(desk: TestDesk, one: Step): Promise<void> {
  switch (one.do) {
    case "go on": {
      const card = desk.chat(one.user).findLast((message) => isLive(message.card));
      const onward = (card?.card.parts ?? []).flatMap((part) =>
        part.type === "inputs"
          ? [part.submit]
          : part.type === "buttons" && part.role !== "navigation"
            ? part.buttons
            : [],
      );
      const chosen = onward[one.pick % Math.max(1, onward.length)];
      if (card === undefined || chosen === undefined || !("event" in chosen.action)) return;
      const { talkId, revision } = card;
      const filled = {
        goal: "walk",
        diet: one.pick % 2 === 0 ? "None" : "Other",
        "which-diet": "Paleo",
        reason: "Away",
      };
      await desk.forge(one.user, { talkId, revision, event: chosen.action.event, values: filled });
      return;
    }
    case "say":
      await desk.say(one.user, one.words);
      return;
    case "wait":
      await desk.advance(new Date(desk.clock.now() + one.minutes * 60_000).toISOString());
      return;
    case "press": {
      // Mostly the newest cards, as people do.
      const presses = pressesIn(desk, one.user);
      const recent = one.pick % 3 === 0 ? presses : presses.slice(-8);
      const press = recent[one.pick % Math.max(1, recent.length)];
      if (press !== undefined) await desk.forge(one.user, { ...press, values: one.values });
      return;
    }
    case "steal": {
      const presses = pressesIn(desk, one.from);
      const press = presses[one.pick % Math.max(1, presses.length)];
      if (press !== undefined) await desk.forge(one.user, press);
      return;
    }
    default:
      one satisfies never;
  }
}

/** The invariants after every step; `before` is the bookings' state one step ago. */
async function check(desk: TestDesk, before: ReadonlyMap<string, Booking>): Promise<ReadonlyMap<string, Booking>> {
  const all = [...(await bookingsOf(desk, "ana")), ...(await bookingsOf(desk, "ben"))];
  const byId = new Map(all.map((booking) => [booking.id, booking]));
  const claims = rows(desk, "claims") as unknown as readonly Claim[]; // the table's columns
  const timers = rows(desk, "timers");
  const changes = rows(desk, "change_requests");

  for (const [at, one] of claims.entries()) {
    for (const other of claims.slice(at + 1)) {
      const apart =
        one.practitioner_id !== other.practitioner_id ||
        one.ends_at_ms <= other.starts_at_ms ||
        other.ends_at_ms <= one.starts_at_ms;
      if (one.booking_id !== other.booking_id) expect(apart, "no two bookings overlap").toBe(true);
    }
  }
  for (const booking of all) {
    expect(bookingStatuses).toContain(booking.status);
    const own = claims.filter((claim) => claim.booking_id === booking.id).map(({ kind }) => kind);
    const has = (kind: string) => timers.some(({ key }) => key === `booking:${booking.id}:${kind}`);
    const openMoves = changes.filter(({ kind, state }) => kind === "move" && state === "open");
    const moves = openMoves.filter(({ booking_id }) => booking_id === booking.id);
    const isCountered = booking.status === "requested" && booking.proposalRounds !== undefined;
    if (booking.status === "proposed")
      expect(own.toSorted().join(" ")).toMatch(/^proposal( proposal){0,2}( request)?$/);
    // Its requested time may belong to another booking by now.
    else if (isCountered) expect([["request"], []]).toContainEqual(own);
    else if (booking.status === "requested") expect(own).toEqual(["request"]);
    // The old time stays claimed until the practitioner approves the new one (D4.5).
    else if (booking.status === "confirmed") expect(own.toSorted()).toEqual([...moves.map(() => "request"), "session"]);
    // Its times stay claimed until the undo minute is over (D4.9).
    else if (isCancelled(booking.status) && has("cancellation"))
      expect(own.toSorted()).toEqual([...moves.map(() => "request"), "session"]);
    else if (booking.status !== "held") expect(own, booking.status).toEqual([]);
    if (booking.status !== "confirmed" && !has("cancellation"))
      expect(moves, "a change request ends with its session").toEqual([]);
    if (moves.length > 0 && booking.status === "confirmed") expect(has("change-respond-by")).toBe(true);
    if (isTerminal(booking.status)) {
      const left = timers.filter(({ booking_id }) => booking_id === booking.id).map(({ kind }) => kind);
      expect(isCancelled(booking.status) ? left.filter((kind) => kind !== "cancellation") : left).toEqual([]);
    }
    if (booking.status === "requested" || booking.status === "proposed") {
      const deadline = booking.status === "requested" ? "respond-by" : "proposal-expiry";
      expect(timers.some(({ booking_id, kind }) => booking_id === booking.id && kind === deadline)).toBe(true);
      expect(desk.clock.now()).toBeLessThan(booking.respondByMs ?? 0);
    }
    const earlier = before.get(booking.id);
    if (earlier !== undefined && isTerminal(earlier.status) && !isUndone(earlier, booking))
      expect(booking, "a final state never changes").toEqual(earlier);
    if (earlier?.status === "confirmed")
      expect(["confirmed", "completed", "no_show", "cancelled", "late_cancelled"]).toContain(booking.status);
  }
  for (const [id, earlier] of before) {
    if (earlier.status !== "held") expect(byId.has(id), "a requested booking is never deleted").toBe(true);
  }
  for (const user of users) {
    const live = desk
      .chat(user)
      .filter(({ card }) => isLive(card))
      .map(({ talkId }) => talkId);
    expect(new Set(live).size, "a talk has one live message at most").toBe(live.length);
  }
  expect(rows(desk, "outbox").filter(({ state }) => state !== "done")).toEqual([]);
  return byId;
}

/** Final states (D4.8). */
function isTerminal(status: BookingStatus): boolean {
  return !["held", "requested", "proposed", "confirmed"].includes(status);
}

function isCancelled(status: BookingStatus): boolean {
  return status === "cancelled" || status === "late_cancelled";
}

/** A cancellation undone within its minute (D4.9), or a no-show marked or undone. */
function isUndone(earlier: Booking, { status }: Booking): boolean {
  if (isCancelled(earlier.status)) return status === "confirmed";
  if (earlier.status === "completed") return status === "no_show";
  return earlier.status === "no_show" && (status === "completed" || status === "confirmed");
}

interface Claim {
  readonly practitioner_id: string;
  readonly booking_id: string;
  readonly kind: string;
  readonly starts_at_ms: number;
  readonly ends_at_ms: number;
}

/** Ben has an automatically confirmed session. */
const booked: readonly Step[] = [
  { do: "say", user: "ben", words: "book" },
  { do: "say", user: "ben", words: "quick" },
  { do: "say", user: "ben", words: "1" },
  { do: "say", user: "ben", words: "confirm & book" },
];

/** Ana has a session that Maya confirmed. */
const agreed: readonly Step[] = [
  { do: "say", user: "ana", words: "book" },
  { do: "say", user: "ana", words: "talk" },
  { do: "say", user: "ana", words: "1" },
  { do: "say", user: "ana", words: "confirm & book" },
  { do: "say", user: "maya", words: "confirm" },
];

/** Starting situations that random steps rarely reach. */
const openings: readonly (readonly Step[])[] = [
  [],
  [...booked, { do: "say", user: "ben", words: "cancel my session" }],
  [...agreed, { do: "say", user: "ana", words: "cancel my session" }],
  [
    ...agreed,
    { do: "say", user: "ana", words: "move it to wednesday at 10" },
    { do: "say", user: "ana", words: "ask for this time" },
  ],
  [...booked, ...agreed],
  agreed.slice(0, 4),
  [
    { do: "say", user: "ana", words: "book" },
    { do: "say", user: "ana", words: "visit" },
    { do: "say", user: "ben", words: "book" },
    { do: "say", user: "ben", words: "visit" },
    { do: "say", user: "ana", words: "1" },
    { do: "say", user: "ben", words: "1" },
  ],
];

test("two clients, a practitioner and the clock, in any order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...openings),
      fc.array(step, { minLength: 15, maxLength: 40 }),
      async (opening, steps) => {
        const desk = await openQuay({ practice: narrow });
        for (const user of users) await desk.open(user);
        let before: ReadonlyMap<string, Booking> = new Map();
        for (const one of [...opening, ...steps]) {
          await take(desk, one);
          before = await check(desk, before);
        }
        const books = desk.store.raw();
        expect(violationsIn(books)).toEqual([]);
        books.close();
      },
    ),
    { numRuns: 8 },
  );
});

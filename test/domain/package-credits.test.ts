import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Balance,
  type CreditEntry,
  type CreditMove,
  decideCredit,
  expiredNow,
  placeInLedger,
  readLedger,
} from "../../src/domain/credits.ts";

const at = { actor: "desk", atMs: 0 };

/** The ledger after these moves, without the refused ones. */
function after(moves: readonly CreditMove[]): CreditEntry[] {
  const entries: CreditEntry[] = [];
  for (const move of moves) {
    const decision = decideCredit(readLedger(entries), move);
    if (decision.ok) entries.push({ ...at, ...move, amount: decision.amount });
  }
  return entries;
}

const five: CreditMove = { kind: "grant", serviceId: "talk", amount: 5 };
const of = (bookingId: string, ...kinds: ("reserve" | "consume" | "release" | "restore" | "forfeit")[]): CreditMove[] =>
  kinds.map((kind) => ({ kind, serviceId: "talk", bookingId }));
const balance = (...moves: readonly CreditMove[]) => readLedger(after(moves)).total;

function sum({ available, reserved, consumed, forfeited, expired }: Balance): number {
  return available + reserved + consumed + forfeited + expired;
}

const anyMove: fc.Arbitrary<CreditMove> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("reserve" as const, "consume", "release", "restore", "forfeit"),
    serviceId: fc.constantFrom("talk", "visit"),
    bookingId: fc.constantFrom("a", "b", "c", "d"),
  }),
  fc.record({
    kind: fc.constantFrom("grant" as const, "expire", "restore", "adjust"),
    serviceId: fc.constantFrom("talk", "visit"),
    amount: fc.integer({ min: -4, max: 4 }),
  }),
);

test("D6.2: after any sequence of moves no credit is lost, no account is below zero, and no booking has two credits", () => {
  fc.assert(
    fc.property(fc.array(anyMove, { maxLength: 60 }), (moves) => {
      // A booking has one service: that of its first move.
      const services = new Map<string, string>();
      const sound = moves.filter((move) => {
        if (!("bookingId" in move)) return true;
        const known = services.get(move.bookingId) ?? move.serviceId;
        services.set(move.bookingId, known);
        return known === move.serviceId;
      });
      const entries = after(sound);
      for (let count = 0; count <= entries.length; count += 1) {
        const ledger = readLedger(entries.slice(0, count));
        for (const each of [...ledger.byService.values(), ledger.total]) {
          expect(sum(each)).toBe(each.granted);
          expect(Math.min(...Object.values(each))).toBeGreaterThanOrEqual(0);
        }
        const { reserved, consumed, forfeited } = ledger.total;
        expect(ledger.standings.size).toBe(reserved + consumed + forfeited);
      }
    }),
    { numRuns: 500 },
  );
});

test("D6.2: a request reserves, a confirmation consumes, and an ended request releases", () => {
  expect(balance(five, ...of("a", "reserve"))).toMatchObject({ available: 4, reserved: 1 });
  expect(balance(five, ...of("a", "reserve", "consume"))).toMatchObject({ available: 4, reserved: 0, consumed: 1 });
  expect(balance(five, ...of("a", "reserve", "release"))).toMatchObject({ available: 5, reserved: 0 });
});

test("D6.2: a session cancelled in time restores its credit, a late one forfeits it, and a waiver restores that too", () => {
  expect(balance(five, ...of("a", "reserve", "consume", "restore"))).toMatchObject({ available: 5, consumed: 0 });
  const late = of("a", "reserve", "consume", "forfeit");
  expect(balance(five, ...late)).toMatchObject({ available: 4, consumed: 0, forfeited: 1 });
  expect(balance(five, ...late, ...of("a", "restore"))).toMatchObject({ available: 5, forfeited: 0 });
  expect(balance(five, ...late, ...of("a", "consume"))).toMatchObject({ consumed: 1, forfeited: 0 });
});

test("D4.2: the same move twice is recorded once", () => {
  for (const kinds of [["reserve"], ["reserve", "consume"], ["reserve", "consume", "forfeit"]] as const) {
    const last = kinds.at(-1) ?? "reserve";
    expect(after([five, ...of("a", ...kinds, last)])).toHaveLength(kinds.length + 1);
  }
  expect(after([five, ...of("a", "reserve", "release", "release")])).toHaveLength(3);
  expect(after([five, ...of("a", "reserve", "consume", "restore", "restore")])).toHaveLength(4);
});

test("case 14: the last credit is reserved once", () => {
  const one: CreditMove = { kind: "grant", serviceId: "talk", amount: 1 };
  expect(decideCredit(readLedger(after([one, ...of("a", "reserve")])), of("b", "reserve")[0] as CreditMove)).toEqual({
    ok: false,
    refusal: "none-left",
  });
});

test("D6.2: an adjustment removes free credits only, and a positive one always adds", () => {
  const taken = after([five, ...of("a", "reserve")]);
  const ask = (kind: "adjust" | "grant" | "expire", amount: number) =>
    decideCredit(readLedger(taken), { kind, serviceId: "talk", amount }).ok;
  expect(ask("adjust", -4)).toBe(true);
  expect(ask("adjust", -5)).toBe(false);
  expect(ask("grant", -1)).toBe(false);
  expect(ask("grant", 1.5)).toBe(false);
  expect(ask("expire", 5)).toBe(false);
});

test("D6.4: expired credits can return by an extension, and count as expired before the ledger records it", () => {
  const expire: CreditMove = { kind: "expire", serviceId: "talk", amount: 5 };
  const restore: CreditMove = { kind: "restore", serviceId: "talk", amount: 2 };
  expect(balance(five, expire, restore)).toMatchObject({ available: 2, expired: 3 });
  expect(expiredNow(balance(five), true)).toMatchObject({ granted: 5, available: 0, expired: 5 });
  expect(expiredNow(balance(five), false)).toMatchObject({ available: 5, expired: 0 });
});

test("a booking's credit is the n-th of its service's, in the order they were taken", () => {
  const ledger = readLedger(after([five, ...of("a", "reserve"), ...of("b", "reserve"), ...of("a", "release")]));
  expect(placeInLedger(ledger, "b")).toEqual({ number: 1, of: 5 });
  expect(placeInLedger(ledger, "a")).toBeUndefined();
});

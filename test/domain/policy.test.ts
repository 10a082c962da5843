import { describe, expect, test } from "vitest";
import { cutOffMs, decideCancellation, decideReschedule, lateCost } from "../../src/domain/policy.ts";
import type { CancellationPolicy, LateRule } from "../../src/domain/practice.ts";
import { instant } from "../support/clock.ts";

// D4.6, D4.7: until when a change is free, and the rules after that.

const startsAtMs = instant("2026-03-30T09:00Z");
const policy = (change: Partial<CancellationPolicy> = {}): CancellationPolicy => ({
  windowMinutes: 24 * 60,
  late: "forfeit",
  feeMinor: 3000,
  reasonRequired: false,
  maxReschedules: 3,
  ...change,
});
const cancelAt = (at: string, late: LateRule = "forfeit") =>
  decideCancellation({ startsAtMs, policy: policy({ late }), nowMs: instant(at) });

describe("the cut-off", () => {
  test("is elapsed time before the start, also across a DST change", () => {
    // Lisbon goes forward on 29 March 2026, so its clocks show 23 hours from 11:00 to 10:00 the next day.
    expect(new Date(cutOffMs({ startsAtMs, policy: policy() })).toISOString()).toBe("2026-03-29T09:00:00.000Z");
  });

  test("case 19: the cut-off itself is in time, a millisecond later is not", () => {
    expect(cancelAt("2026-03-29T09:00:00.000Z")).toEqual({ ok: true, late: false });
    expect(cancelAt("2026-03-29T09:00:00.001Z")).toEqual({ ok: true, late: true, cost: "forfeit" });
  });

  test("without a window a session may be cancelled until its start, and no longer", () => {
    const question = { startsAtMs, policy: policy({ windowMinutes: 0 }) };
    expect(decideCancellation({ ...question, nowMs: startsAtMs - 1 })).toEqual({ ok: true, late: false });
    expect(decideCancellation({ ...question, nowMs: startsAtMs })).toEqual({ ok: false, refusal: "already-started" });
  });
});

test.each([
  ["block", { ok: false, refusal: "blocked" }],
  ["ask", { ok: false, refusal: "ask" }],
  ["fee", { ok: true, late: true, cost: "fee" }],
  ["forfeit", { ok: true, late: true, cost: "forfeit" }],
] as const)("late by the rule `%s`", (late, decision) => {
  expect(cancelAt("2026-03-29T12:00Z", late)).toEqual(decision);
});

describe("moving", () => {
  const moveAt = (at: string, moved: number, confirmed = true) =>
    decideReschedule({ startsAtMs, policy: policy(), nowMs: instant(at) }, moved, confirmed);

  test("is possible until the cut-off, and only the allowed number of times", () => {
    expect(moveAt("2026-03-29T09:00Z", 2)).toEqual({ ok: true });
    expect(moveAt("2026-03-29T09:00:00.001Z", 0)).toEqual({ ok: false, refusal: "too-late" });
    expect(moveAt("2026-03-20T09:00Z", 3)).toEqual({ ok: false, refusal: "too-often" });
  });

  test("of an open request has no window and no count, only its start", () => {
    expect(moveAt("2026-03-30T08:59Z", 9, false)).toEqual({ ok: true });
    expect(moveAt("2026-03-30T09:00Z", 0, false)).toEqual({ ok: false, refusal: "already-started" });
  });
});

describe("the cost", () => {
  const price = { minor: 9000, currency: "EUR" };
  const costOf = (late: LateRule, given: { price?: typeof price; clientPackageId?: string }) =>
    lateCost({
      frozen: {
        name: "Talk",
        publicName: "Talk",
        durationMinutes: 60,
        bufferBeforeMinutes: 0,
        bufferAfterMinutes: 0,
        method: { kind: "chat" },
        confirmation: "request",
        respondWithinMinutes: 60,
        cancellation: policy({ late }),
        ...(given.price === undefined ? {} : { price: given.price }),
      },
      ...(given.clientPackageId === undefined ? {} : { clientPackageId: given.clientPackageId }),
    });

  test.each([
    [
      "a fee is in the currency of the price",
      "fee",
      { price },
      { kind: "fee", amount: { minor: 3000, currency: "EUR" } },
    ],
    ["a fee without a price is none", "fee", {}, { kind: "nothing" }],
    ["from a package the credit is forfeited", "forfeit", { price, clientPackageId: "cp" }, { kind: "credit" }],
    ["without a package the price is forfeited", "forfeit", { price }, { kind: "price", amount: price }],
    ["of a free session nothing is forfeited", "forfeit", {}, { kind: "nothing" }],
    ["a rule without a cost has none", "ask", { price, clientPackageId: "cp" }, { kind: "nothing" }],
  ] as const)("%s", (_title, late, given, cost) => {
    expect(costOf(late, given)).toEqual(cost);
  });
});

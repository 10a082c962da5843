import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  amountDue,
  type CancellationCost,
  deadlineWithin,
  decidePayment,
  lapseReminderMs,
  type Payment,
  type PaymentMove,
  paymentStates,
  refundOf,
} from "../../src/domain/payment.ts";
import { aBooking } from "../support/records.ts";

const hour = 3_600_000;
const price = { minor: 9000, currency: "EUR" };

function aPaidBooking(feeMinor = 2500) {
  const { frozen } = aBooking();
  return aBooking({
    frozen: { ...frozen, price, payment: "at_request", cancellation: { ...frozen.cancellation, feeMinor } },
  });
}

const paid: Pick<Payment, "state" | "amountMinor" | "currency"> = { state: "paid", amountMinor: 9000, currency: "EUR" };

describe("the refunded share of a payment (D5.6)", () => {
  test.each<[string, CancellationCost, number, number]>([
    ["the practitioner cancels", { by: "practitioner" }, 9000, 0],
    ["the client cancels in time", { by: "client", late: false }, 9000, 0],
    ["the client cancels late and the price is forfeited", { by: "client", late: true, cost: "forfeit" }, 0, 9000],
    ["the client cancels late for a fee", { by: "client", late: true, cost: "fee" }, 6500, 2500],
  ])("%s", (_, cost, refund, kept) => {
    expect(refundOf(aPaidBooking(), paid, cost)).toEqual({
      refund: { minor: refund, currency: "EUR" },
      kept: { minor: kept, currency: "EUR" },
    });
  });

  test("a fee above the price keeps the price and no more", () => {
    const decision = refundOf(aPaidBooking(12_000), paid, { by: "client", late: true, cost: "fee" });
    expect(decision?.kept.minor).toBe(9000);
  });

  test("is zero without a payment", () => {
    expect(refundOf(aPaidBooking(), undefined, { by: "practitioner" })).toBe(undefined);
    expect(refundOf(aPaidBooking(), { ...paid, state: "authorised" }, { by: "practitioner" })).toBe(undefined);
  });

  test("is never more than the payment and never negative, and both shares add up", () => {
    const cost = fc.constantFrom<CancellationCost>(
      { by: "practitioner" },
      { by: "client", late: false },
      { by: "client", late: true, cost: "fee" },
      { by: "client", late: true, cost: "forfeit" },
    );
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), cost, (amountMinor, feeMinor, asked) => {
        const decision = refundOf(aPaidBooking(feeMinor), { ...paid, amountMinor }, asked);
        const [refund, kept] = [decision?.refund.minor ?? -1, decision?.kept.minor ?? -1];
        expect(refund >= 0 && kept >= 0 && refund + kept === amountMinor).toBe(true);
      }),
    );
  });
});

describe("the amount to pay", () => {
  test("is zero from a package (D6.5), and zero here for payment at the practice", () => {
    const booking = aPaidBooking();
    expect(amountDue(booking)).toEqual(price);
    expect(amountDue({ ...booking, clientPackageId: "cp_1" })).toBe(undefined);
    expect(amountDue({ frozen: { ...booking.frozen, payment: "at_practice" } })).toBe(undefined);
    expect(amountDue(aBooking())).toBe(undefined);
  });
});

describe("a request ends before its authorisation expires (D5.5)", () => {
  test("its deadline is six hours before the authorisation expires, where that is earlier", () => {
    expect(deadlineWithin(100 * hour, undefined)).toBe(100 * hour);
    expect(deadlineWithin(100 * hour, 200 * hour)).toBe(100 * hour);
    expect(deadlineWithin(100 * hour, 50 * hour)).toBe(44 * hour);
  });

  test("its practitioner is notified a day before it expires, if they still have time to answer then", () => {
    expect(lapseReminderMs(44 * hour, 50 * hour)).toBe(26 * hour);
    expect(lapseReminderMs(20 * hour, 50 * hour)).toBe(undefined);
    expect(lapseReminderMs(44 * hour, undefined)).toBe(undefined);
  });
});

describe("the states of a payment", () => {
  const moves: readonly PaymentMove[] = [
    "open",
    "authorise",
    "capture",
    "settle",
    "close",
    "release",
    "released",
    "lapse",
    "fail",
  ];

  test("only an authorised payment is captured, and never after its release", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 20 }), (tried) => {
        let state = paymentStates[0] as (typeof paymentStates)[number];
        const went: string[] = [];
        for (const move of tried) {
          const to = decidePayment(state, move);
          if (to === undefined) continue;
          went.push(move);
          state = to;
        }
        if (went.includes("settle")) expect(went).toContain("authorise");
        if (went.includes("released")) expect(went.slice(went.indexOf("released"))).toEqual(["released"]);
        if (went.includes("settle")) expect(went.slice(went.indexOf("settle"))).toEqual(["settle"]);
      }),
    );
  });
});

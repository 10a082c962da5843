import { expect, test } from "vitest";
import { openPaidQuay } from "./paid-quay.ts";
import { bookingsOf, hold, titleOf } from "./quay.ts";

test.each([
  ["capture", "confirmed", { captured: 9000, refunded: 0, authorised: 0 }],
  ["release", "declined", { captured: 0, refunded: 0, authorised: 0 }],
] as const)(
  "killed between the provider's answer and the commit, the %s is retried with the same key and happens once",
  async (what, status, money) => {
    let calls = 0;
    const paid = await openPaidQuay({
      through: (payments) => ({
        ...payments,
        [what]: async (intentId: string) => {
          const answer = await payments[what](intentId);
          calls += 1;
          if (calls === 1) throw new Error("the process was killed before it read the answer");
          return answer;
        },
      }),
    });
    await hold(paid.desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
    await paid.pay("ana");
    await paid.desk.press("ana", "Confirm & book");
    // Without webhooks, which would also complete it.
    paid.stripe.webhooks.way = "lose";
    await paid.desk.press("maya", what === "capture" ? "Confirm" : "Decline");
    if (what === "release") await paid.desk.press("maya", "Decline");
    expect(paid.stripe.money()).toEqual(money);
    if (what === "capture") expect(titleOf(paid.desk, "ana")).toBe("Taking the payment…");
    await paid.desk.advance("2026-03-02T08:01+00:00");
    await paid.settled();
    expect(calls).toBe(2);
    expect(paid.stripe.money()).toEqual(money);
    expect([...paid.stripe.ledger.intents.values()].map(({ captures }) => captures)).toEqual([
      what === "capture" ? 1 : 0,
    ]);
    expect((await bookingsOf(paid.desk, "ana")).map((booking) => booking.status)).toEqual([status]);
  },
);

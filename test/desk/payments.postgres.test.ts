import { expect, test } from "vitest";
import { openPaidQuay } from "./paid-quay.ts";
import { bookingsOf, hold } from "./quay.ts";

test("on PostgreSQL too: paid, confirmed by two simultaneous presses, every webhook twice, and captured once", async () => {
  const { desk, stripe, pay, settled } = await openPaidQuay({ database: "postgres" });
  stripe.webhooks.way = "twice";
  await hold(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
  await pay("ana");
  await desk.press("ana", "Confirm & book");
  await Promise.all([desk.press("maya", "Confirm"), desk.press("maya", "Confirm")]);
  await settled();
  expect((await bookingsOf(desk, "ana")).map(({ status }) => status)).toEqual(["confirmed"]);
  expect(stripe.money()).toEqual({ captured: 9000, refunded: 0, authorised: 0 });
  const [booking] = await bookingsOf(desk, "ana");
  const payments = await desk.store.read.payments.list(booking?.id ?? "");
  expect(payments.map(({ state }) => state)).toEqual(["paid"]);
});

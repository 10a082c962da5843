import { expect, test } from "vitest";
import { confirmBooking, declineBooking, expireRequest, withdrawBooking } from "../../src/desk/booking/decide.ts";
import type { Desk } from "../../src/desk/desk.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { asClient, asPractitioner, inDesk, openQuay, request, reread, rows, titleOf } from "./quay.ts";

const wednesday = { service: "Talk", day: "Wed 4 Mar", time: "09:00" };

type Outcome = "confirmed" | "declined" | "withdrawn" | "expired";

const deciders: Readonly<Record<Outcome, (desk: Desk, booking: Booking) => Promise<unknown>>> = {
  confirmed: (desk, { id }) => confirmBooking(desk, asPractitioner("maya"), id),
  declined: (desk, { id }) => declineBooking(desk, asPractitioner("maya"), id, "I am away."),
  withdrawn: (desk, { id }) => withdrawBooking(desk, asClient("ana"), id),
  expired: (desk, booking) => expireRequest(desk, booking),
};
const outcomes = Object.keys(deciders) as Outcome[]; // keys of the record above

test.each(outcomes)("any decision after a request was %s is too late and says so (D4.2)", async (first) => {
  const desk = await openQuay();
  const booking = await request(desk, "ana", wednesday);
  await inDesk(desk, (inside) => deciders[first](inside, booking));
  const decided = await reread(desk, booking);
  const mails = (await desk.mails()).length;
  for (const second of outcomes) {
    const answer = await inDesk(desk, (inside) => deciders[second](inside, decided));
    const told = second === "expired" ? decided : { booking: decided };
    expect(answer, second).toMatchObject(second === "expired" ? told : { ok: first === second, ...told });
  }
  await desk.idle();
  expect(await reread(desk, booking)).toEqual(decided);
  expect(rows(desk, "audit")).toHaveLength(2);
  expect(rows(desk, "claims")).toHaveLength(first === "confirmed" ? 1 : 0);
  expect((await desk.mails()).length - mails).toBe(first === "withdrawn" ? 0 : 1);
});

test("a decision at the exact deadline is too late, even before the timer has run (D4.1)", async () => {
  const desk = await openQuay();
  const booking = await request(desk, "ana", wednesday);
  const deadline = booking.respondByMs ?? 0;
  const late = await inDesk(desk, (inside) => confirmBooking(inside, asPractitioner("maya"), booking.id), deadline);
  expect(late).toMatchObject({ ok: false, refusal: "not-now", booking: { status: "expired" } });
  await desk.idle();
  expect(titleOf(desk, "ana")).toBe("Your request was not answered in time");
});

test("a decision one millisecond before the deadline counts (D4.1)", async () => {
  const desk = await openQuay();
  const booking = await request(desk, "ana", wednesday);
  const last = (booking.respondByMs ?? 0) - 1;
  const decided = await inDesk(desk, (inside) => confirmBooking(inside, asPractitioner("maya"), booking.id), last);
  expect(decided).toMatchObject({ ok: true, booking: { status: "confirmed" } });
});

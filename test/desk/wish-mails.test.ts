import { expect, test } from "vitest";
import { confirmBooking } from "../../src/desk/booking/decide.ts";
import { askException, refuseChange } from "../../src/desk/changes/change.ts";
import { moveBooking } from "../../src/desk/changes/move.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { instant } from "../support/clock.ts";
import type { TestDesk } from "../support/desk.ts";
import { asClient, asPractitioner, inDesk, openQuay, quay, request, reread } from "./quay.ts";

// D8.3: the outcome of a client's change request is mailed too.

const asking = quay.replace("id: talk,", "id: talk, cancellation: { windowMinutes: 10080, late: ask },");

async function confirmed(desk: TestDesk): Promise<Booking> {
  const booking = await request(desk, "ana", { service: "Talk", day: "Fri 6 Mar", time: "09:00" });
  await inDesk(desk, (inside) => confirmBooking(inside, asPractitioner("maya"), booking.id));
  return reread(desk, booking);
}

async function askToMove(desk: TestDesk, booking: Booking): Promise<void> {
  const order = { startsAtMs: instant("2026-03-09T10:00Z"), methodKey: "video", reason: "Something of mine" };
  expect(await inDesk(desk, (inside) => moveBooking(inside, asClient("ana"), booking.id, order))).toMatchObject({
    outcome: "asked",
  });
  await desk.idle();
}

const last = async (desk: TestDesk) => (await desk.mails()).at(-1);

async function refuse(desk: TestDesk): Promise<void> {
  const [open] = await desk.store.read.changes.listOpenFor("quay", "maya");
  await inDesk(desk, (inside) => refuseChange(inside, asPractitioner("maya"), open?.id ?? ""));
  await desk.idle();
}

test("another time requested: both times and the deadline, without a reason; refused: the session stays", async () => {
  const desk = await openQuay();
  const booking = await confirmed(desk);
  await askToMove(desk, booking);
  const asked = await last(desk);
  expect(asked).toMatchObject({
    to: "ana@example.com",
    subject: "Another time asked for: Talk, Fri 6 Mar, 09:00 (Lisbon)",
  });
  expect(asked?.text).toContain("When: Friday 6 March 2026, 09:00–10:00 (Lisbon)");
  expect(asked?.text).toContain("New time: Monday 9 March 2026, 10:00–11:00 (Lisbon)");
  expect(asked?.text).toContain("You will have an answer by Tue 3 Mar, 08:00 (Lisbon).");
  expect(asked?.text).not.toContain("Something of mine");
  // No calendar has changed.
  expect(asked?.ics).toBeUndefined();
  await refuse(desk);
  const refused = await last(desk);
  expect(refused?.subject).toBe("Unchanged: Talk, Fri 6 Mar, 09:00 (Lisbon)");
  expect(refused?.text).toContain("Maya Lee cannot move your session to the time you asked for");
  expect(refused?.ics).toBeUndefined();
});

test("unanswered at the deadline: the session stays, with the reason", async () => {
  const desk = await openQuay();
  await askToMove(desk, await confirmed(desk));
  await desk.advance("2026-03-03T08:00+00:00");
  expect((await last(desk))?.text).toContain("Maya Lee did not answer in time, so your session stays as it was");
});

test("an exception requested, and refused", async () => {
  const desk = await openQuay({ practice: asking });
  const booking = await confirmed(desk);
  await inDesk(desk, (inside) => askException(inside, asClient("ana"), booking.id, "Something of mine"));
  await desk.idle();
  expect((await last(desk))?.subject).toBe("Exception asked for: Talk, Fri 6 Mar, 09:00 (Lisbon)");
  expect((await last(desk))?.text).not.toContain("Something of mine");
  await refuse(desk);
  expect((await last(desk))?.text).toContain("Maya Lee cannot make an exception this time");
});

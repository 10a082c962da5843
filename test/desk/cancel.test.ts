import { describe, expect, test } from "vitest";
import type { Actor } from "../../src/desk/actor.ts";
import { confirmBooking } from "../../src/desk/booking/decide.ts";
import { cancelBooking } from "../../src/desk/changes/cancel.ts";
import { approveChange, askException, refuseChange, withdrawChange } from "../../src/desk/changes/change.ts";
import { undoCancellation } from "../../src/desk/changes/undo-cancellation.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { instant } from "../support/clock.ts";
import type { TestDesk } from "../support/desk.ts";
import {
  asClient,
  asPractitioner,
  buttonsOn,
  hold,
  inDesk,
  openQuay,
  quay,
  request,
  reread,
  rows,
  titleOf,
  wordsOn,
} from "./quay.ts";

// D4.6, D4.7, D4.9 and cases 15, 19, 20: cancelling under the policy frozen on the booking.

/** Friday 09:00; with a window of one day the cut-off is Thursday 09:00. */
const friday = { service: "Talk", day: "Fri 6 Mar", time: "09:00" };

/** The quay with another late-cancellation rule for `Talk`, and a price where the rule is a fee. */
function under(rule: string): string {
  return quay.replace(
    "id: talk, name: Private talk, publicName: Talk, durationMinutes: 60,",
    `id: talk, name: Private talk, publicName: Talk, durationMinutes: 60, price: { minor: 9000, currency: EUR }, reminders: [], cancellation: ${rule},`,
  );
}

async function confirmed(desk: TestDesk, user = "ana", wish = friday): Promise<Booking> {
  const booking = await request(desk, user, wish);
  await desk.press("maya", "Confirm");
  return reread(desk, booking);
}

/** Opens the cancel card from the list of sessions. */
async function openCancel(desk: TestDesk, user = "ana"): Promise<void> {
  await desk.say(user, "cancel my session");
}

const kindsOf = (desk: TestDesk, table: string) => rows(desk, table).map(({ kind }) => kind);
const subjects = async (desk: TestDesk) => (await desk.mails()).map(({ to, subject }) => `${to}: ${subject}`);

describe("before the tap", () => {
  test("the card shows the cut-off in the client's zone, and that cancelling is still free (D4.6)", async () => {
    const desk = await openQuay();
    await confirmed(desk, "ben", { ...friday, time: "04:00" });
    await openCancel(desk, "ben");
    expect(titleOf(desk, "ben")).toBe("Cancel this session?");
    expect(wordsOn(desk.newest("ben"))).toContain("You can cancel freely until Thu 5 Mar, 04:00 (New York).");
    expect(buttonsOn(desk.newest("ben"))).toEqual(["Cancel session", "Keep it"]);
  });

  test("after the cut-off the button shows the fee (D4.7)", async () => {
    const desk = await openQuay({ practice: under("{ late: fee, feeMinor: 3000 }") });
    await confirmed(desk);
    await desk.advance("2026-03-05T10:00+00:00");
    await openCancel(desk);
    expect(wordsOn(desk.newest("ana"))).toContain("If you cancel now, a fee of €30.00 applies.");
    expect(buttonsOn(desk.newest("ana"))).toContain("Cancel (fee €30.00)");
  });

  test("a cost that arises between the card and the tap is shown first, and nothing is cancelled (D4.20)", async () => {
    const desk = await openQuay({ practice: under("{ late: fee, feeMinor: 3000 }") });
    const booking = await confirmed(desk);
    await openCancel(desk);
    await desk.advance("2026-03-05T09:00:00.001+00:00");
    await desk.press("ana", "Cancel session", { reason: "Ill" });
    expect((await reread(desk, booking)).status).toBe("confirmed");
    expect(wordsOn(desk.newest("ana"))).toContain("has ended meanwhile");
    await desk.press("ana", "Cancel (fee €30.00)", { reason: "Ill" });
    expect((await reread(desk, booking)).status).toBe("late_cancelled");
  });

  test("a reason is asked for where the policy requires one", async () => {
    const desk = await openQuay();
    const booking = await confirmed(desk);
    await openCancel(desk);
    const { errors } = await desk.press("ana", "Cancel session");
    expect(Object.keys(errors ?? {})).toEqual(["reason"]);
    expect((await reread(desk, booking)).status).toBe("confirmed");
  });
});

describe("case 19: the cut-off", () => {
  test.each([
    ["the exact cut-off is in time", "2026-03-05T09:00:00.000Z", true],
    ["a millisecond later is late", "2026-03-05T09:00:00.001Z", false],
  ])("%s", async (_title, at, inTime) => {
    const desk = await openQuay();
    const booking = await confirmed(desk);
    const cancelled = await inDesk(
      desk,
      (inside) => cancelBooking(inside, asClient("ana"), booking.id, { late: !inTime, reason: "Ill" }),
      instant(at),
    );
    expect(cancelled).toMatchObject({ ok: true, booking: { status: inTime ? "cancelled" : "late_cancelled" } });
  });
});

describe("Undo (D4.9)", () => {
  test("for a minute the time is still the client's, and no one is notified", async () => {
    const desk = await openQuay();
    const booking = await confirmed(desk);
    const mails = await desk.mails();
    const theirs = desk.chat("maya").length;
    await openCancel(desk);
    await desk.press("ana", "Cancel session", { reason: "Ill" });
    expect((await reread(desk, booking)).status).toBe("cancelled");
    expect(kindsOf(desk, "claims")).toEqual(["session"]);
    expect(kindsOf(desk, "timers")).toEqual(["cancellation"]);
    expect(await desk.mails()).toHaveLength(mails.length);
    expect(desk.chat("maya")).toHaveLength(theirs);
    await desk.press("ana", "Undo");
    expect(titleOf(desk, "ana")).toBe("Your session is back");
    const back = await reread(desk, booking);
    expect(back).toMatchObject({ status: "confirmed", sequence: booking.sequence, startsAtMs: booking.startsAtMs });
    expect(back.reason).toBeUndefined();
    await desk.advance("2026-03-02T09:00+00:00");
    expect(await desk.mails()).toHaveLength(mails.length);
    expect(desk.chat("maya")).toHaveLength(theirs);
    expect(kindsOf(desk, "timers").toSorted()).toEqual(["completion", "reminder-1", "reminder-2"]);
  });

  test("when the minute is over the button is gone, the time is free, and both sides are notified (D4.19)", async () => {
    const desk = await openQuay();
    const booking = await confirmed(desk);
    await openCancel(desk);
    await desk.press("ana", "Cancel session", { reason: "I am travelling" });
    expect(buttonsOn(desk.newest("ana"))).toContain("Undo");
    await desk.advance("2026-03-02T08:01:00+00:00");
    expect(buttonsOn(desk.newest("ana"))).not.toContain("Undo");
    expect(rows(desk, "claims")).toEqual([]);
    expect(rows(desk, "timers")).toEqual([]);
    expect(wordsOn(desk.newest("maya"))).toContain("Ana Alves writes: I am travelling");
    expect((await subjects(desk)).at(-1)).toBe("ana@example.com: Cancelled: Talk, Fri 6 Mar, 09:00 (Lisbon)");
    const [invited, taken] = (await desk.mails()).flatMap(({ ics }) => (ics === undefined ? [] : [ics]));
    expect(invited).toContain(`UID:${booking.id}`);
    expect(taken).toContain(`UID:${booking.id}`);
    expect(taken).toContain("METHOD:CANCEL");
    expect(taken).toContain(`SEQUENCE:${booking.sequence + 1}`);
  });

  test("is too late when the minute has ended, even before the timer has run", async () => {
    const desk = await openQuay();
    const booking = await confirmed(desk);
    const order = { late: false, reason: "Ill" };
    await inDesk(desk, (inside) => cancelBooking(inside, asClient("ana"), booking.id, order));
    const undo = (at: string) =>
      inDesk(desk, (inside) => undoCancellation(inside, asClient("ana"), booking.id), instant(at));
    expect(await undo("2026-03-02T08:01:00.000Z")).toMatchObject({ ok: false, refusal: "too-late" });
    expect(await undo("2026-03-02T08:00:59.999Z")).toMatchObject({ ok: true });
  });

  test("is only for the person who cancelled", async () => {
    const desk = await openQuay();
    const booking = await confirmed(desk);
    const order = { late: false, reason: "Ill" };
    await inDesk(desk, (inside) => cancelBooking(inside, asPractitioner("maya"), booking.id, order));
    expect(await inDesk(desk, (inside) => undoCancellation(inside, asClient("ana"), booking.id))).toMatchObject({
      ok: false,
      refusal: "not-yours",
    });
  });
});

describe("Undo with an open change request (D4.9)", () => {
  async function moving() {
    const desk = await openQuay();
    const booking = await confirmed(desk);
    await desk.say("ana", "move my session to Thursday at 10");
    await desk.press("ana", "Ask for this time", { reason: "Work" });
    const [wish] = rows(desk, "change_requests");
    const cancel = (actor: Actor) =>
      inDesk(desk, (inside) => cancelBooking(inside, actor, booking.id, { late: false, reason: "Ill" }));
    return { desk, booking, requestId: String(wish?.id), cancel };
  }
  const stateOf = (desk: TestDesk) => rows(desk, "change_requests").map(({ state }) => state);

  test.each([
    ["approve", approveChange],
    ["refuse", refuseChange],
  ] as const)("in the minute %s changes nothing; after Undo it decides", async (_, decide) => {
    const { desk, booking, requestId, cancel } = await moving();
    await cancel(asClient("ana"));
    expect(kindsOf(desk, "claims").toSorted()).toEqual(["request", "session"]);
    const early = await inDesk(desk, (inside) => decide(inside, asPractitioner("maya"), requestId));
    expect(early).toMatchObject({ ok: true, request: { state: "open" }, booking: { status: "cancelled" } });
    await inDesk(desk, (inside) => undoCancellation(inside, asClient("ana"), booking.id));
    expect(kindsOf(desk, "timers").toSorted()).toEqual(["change-respond-by", "completion", "reminder-1", "reminder-2"]);
    const later = await inDesk(desk, (inside) => decide(inside, asPractitioner("maya"), requestId));
    const approved = decide === approveChange;
    expect(later).toMatchObject({ ok: true, request: { state: approved ? "approved" : "refused" } });
    expect(kindsOf(desk, "claims")).toEqual(["session"]);
    const { startsAtMs } = await reread(desk, booking);
    expect(startsAtMs).toBe(approved ? instant("2026-03-05T10:00:00.000Z") : booking.startsAtMs);
  });

  test("a request whose deadline passed in the minute expires, and the session stays", async () => {
    const { desk, booking, cancel } = await moving();
    await desk.advance("2026-03-03T07:59:30+00:00");
    await cancel(asClient("ana"));
    const late = instant("2026-03-03T08:00:10.000Z");
    await inDesk(desk, (inside) => undoCancellation(inside, asClient("ana"), booking.id), late);
    expect(stateOf(desk)).toEqual(["expired"]);
    expect(kindsOf(desk, "claims")).toEqual(["session"]);
    expect((await reread(desk, booking)).status).toBe("confirmed");
  });

  test("the client may withdraw the request in the minute: Undo brings back the session alone", async () => {
    const { desk, booking, cancel } = await moving();
    await cancel(asClient("ana"));
    await inDesk(desk, (inside) => withdrawChange(inside, asClient("ana"), booking.id));
    await inDesk(desk, (inside) => undoCancellation(inside, asClient("ana"), booking.id));
    expect(stateOf(desk)).toEqual(["withdrawn"]);
    expect(kindsOf(desk, "claims")).toEqual(["session"]);
    expect(kindsOf(desk, "timers")).not.toContain("change-respond-by");
  });

  test("the practitioner's own cancellation, undone, leaves the request to her as well", async () => {
    const { desk, booking, cancel } = await moving();
    await cancel(asPractitioner("maya"));
    await inDesk(desk, (inside) => undoCancellation(inside, asPractitioner("maya"), booking.id));
    expect(stateOf(desk)).toEqual(["open"]);
    await desk.press("maya", "Approve");
    expect(stateOf(desk)).toEqual(["approved"]);
  });
});

describe("late", () => {
  test("`block` shows the reason and how to reach the practice", async () => {
    const desk = await openQuay({ practice: under("{ late: block }") });
    await confirmed(desk);
    await desk.advance("2026-03-05T10:00+00:00");
    await openCancel(desk);
    expect(titleOf(desk, "ana")).toBe("It is too late to cancel here");
    expect(wordsOn(desk.newest("ana"))).toContain("hello@quay.example");
  });

  test("case 20: a fee that cannot be charged stays open, and the practitioner may waive it", async () => {
    const desk = await openQuay({ practice: under("{ late: fee, feeMinor: 3000, reasonRequired: false }") });
    await confirmed(desk);
    await desk.advance("2026-03-05T10:00+00:00");
    await openCancel(desk);
    await desk.press("ana", "Cancel (fee €30.00)");
    expect(rows(desk, "fees")).toEqual([]);
    await desk.advance("2026-03-05T10:02+00:00");
    expect(rows(desk, "fees")).toMatchObject([
      { kind: "late_cancel", amount_minor: 3000, currency: "EUR", state: "open" },
    ]);
    expect(wordsOn(desk.newest("maya"))).toContain("A fee of €30.00 is open.");
    await desk.press("maya", "Waive fee");
    expect(rows(desk, "fees")).toMatchObject([{ state: "waived" }]);
    expect(buttonsOn(desk.newest("maya"))).not.toContain("Waive fee");
    expect(titleOf(desk, "ana")).toBe("The cost was waived");
  });

  test("`ask` sends the practitioner a request: Allow cancels at once and without cost", async () => {
    const desk = await openQuay({ practice: under("{ late: ask }") });
    const booking = await confirmed(desk);
    await desk.advance("2026-03-05T10:00+00:00");
    await openCancel(desk);
    await desk.press("ana", "Ask for an exception", { reason: "A cold" });
    expect(titleOf(desk, "ana")).toBe("You asked for an exception");
    expect(wordsOn(desk.newest("maya"))).toContain("Ana Alves writes: A cold");
    await desk.press("maya", "Allow");
    expect((await reread(desk, booking)).status).toBe("cancelled");
    expect(titleOf(desk, "maya")).toBe("Exception allowed");
    expect(titleOf(desk, "ana")).toBe("Your session is cancelled");
    expect(rows(desk, "claims")).toEqual([]);
  });

  test("`ask` refused: the session stays, and the client is notified", async () => {
    const desk = await openQuay({ practice: under("{ late: ask }") });
    const booking = await confirmed(desk);
    await desk.advance("2026-03-05T10:00+00:00");
    await openCancel(desk);
    await desk.press("ana", "Ask for an exception", { reason: "A cold" });
    await desk.press("maya", "Keep");
    expect((await reread(desk, booking)).status).toBe("confirmed");
    expect(titleOf(desk, "ana")).toBe("Your session stays as it was");
  });

  test("an exception requested shortly before the start expires at the start", async () => {
    const desk = await openQuay({ practice: under("{ late: ask, reasonRequired: false }") });
    const booking = await confirmed(desk);
    const asked = await inDesk(
      desk,
      (inside) => askException(inside, asClient("ana"), booking.id),
      instant("2026-03-06T08:50Z"),
    );
    expect(asked).toBe("asked");
    await desk.advance("2026-03-06T09:00+00:00");
    expect(rows(desk, "change_requests")).toMatchObject([{ state: "expired" }]);
  });
});

describe("a practitioner", () => {
  test("is never bound by the window, and may write to the client (D4.6)", async () => {
    const desk = await openQuay();
    const booking = await confirmed(desk);
    await desk.advance("2026-03-06T08:30+00:00");
    await desk.say("maya", "cancel my session with Ana");
    expect(wordsOn(desk.newest("maya"))).toContain("It costs them nothing.");
    await desk.press("maya", "Cancel session", { reason: "I am ill, sorry." });
    expect(await reread(desk, booking)).toMatchObject({ status: "cancelled", cancelledBy: "practitioner" });
    await desk.advance("2026-03-06T08:31+00:00");
    expect(titleOf(desk, "ana")).toBe("A session was cancelled");
    expect(wordsOn(desk.newest("ana"))).toContain("Maya Lee writes: I am ill, sorry.");
    expect(buttonsOn(desk.newest("ana"))).toEqual(["Book another time"]);
  });
});

describe("words", () => {
  test.each([
    ["cancel Friday", "Fri 6 Mar"],
    ["cancel tomorrow's", "Tue 3 Mar"],
    ["cancel my session with Jonas", "Tue 3 Mar"],
  ])("“%s” identify one session and open its card", async (words, day) => {
    const desk = await openQuay();
    await confirmed(desk);
    await request(desk, "ana", { service: "Duo", with: "Jonas Weber", day: "Tue 3 Mar", time: "09:00" });
    await desk.press("jonas", "Confirm");
    await desk.say("ana", words);
    expect(titleOf(desk, "ana")).toBe("Cancel this session?");
    expect(wordsOn(desk.newest("ana"))).toContain(day === "Fri 6 Mar" ? "Friday 6 March" : "Tuesday 3 March");
  });

  test("ambiguous words ask which session; a button or more words choose", async () => {
    const desk = await openQuay();
    await confirmed(desk);
    await confirmed(desk, "ana", { ...friday, day: "Wed 4 Mar" });
    await openCancel(desk);
    expect(titleOf(desk, "ana")).toBe("Which session do you mean?");
    expect(buttonsOn(desk.newest("ana"))).toEqual([
      "Wed 4 Mar, 09:00 · Talk · Maya Lee",
      "Fri 6 Mar, 09:00 · Talk · Maya Lee",
      "My bookings",
    ]);
    await desk.say("ana", "the one on Friday");
    expect(wordsOn(desk.newest("ana"))).toContain("Friday 6 March");
  });

  test("words that match no session list all of them", async () => {
    const desk = await openQuay();
    await confirmed(desk);
    await desk.say("ana", "cancel my appointment on the 12th");
    expect(titleOf(desk, "ana")).toBe("No session matches that");
    expect(buttonsOn(desk.newest("ana"))[0]).toBe("Fri 6 Mar, 09:00 · Talk · Maya Lee");
  });

  test("on the cancel card “cancel” alone keeps the session; “yes, cancel it” cancels it", async () => {
    const desk = await openQuay({ practice: under("{ reasonRequired: false }") });
    const booking = await confirmed(desk);
    await openCancel(desk);
    await desk.say("ana", "cancel");
    expect((await reread(desk, booking)).status).toBe("confirmed");
    await openCancel(desk);
    await desk.say("ana", "I have a cold");
    expect((await reread(desk, booking)).status).toBe("confirmed");
    await desk.say("ana", "yes, cancel it");
    expect(await reread(desk, booking)).toMatchObject({ status: "cancelled", reason: "I have a cold" });
  });

  test("an open request can only be withdrawn", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", friday);
    await openCancel(desk);
    expect(titleOf(desk, "ana")).toBe("Withdraw this request?");
    await desk.say("ana", "yes");
    expect((await reread(desk, booking)).status).toBe("withdrawn");
  });
});

describe("the first of two actions wins", () => {
  test("a cancellation closes the open change request and releases its slot", async () => {
    const desk = await openQuay();
    const booking = await confirmed(desk);
    await desk.say("ana", "move my session to Thursday at 10");
    await desk.press("ana", "Ask for this time", { reason: "Work" });
    expect(rows(desk, "claims")).toHaveLength(2);
    await inDesk(desk, (inside) =>
      cancelBooking(inside, asClient("ana"), booking.id, { late: false, reason: "Never mind" }),
    );
    await desk.advance("2026-03-02T08:01:00+00:00");
    expect(rows(desk, "claims")).toEqual([]);
    const [wish] = rows(desk, "change_requests");
    expect(
      await inDesk(desk, (inside) => approveChange(inside, asPractitioner("maya"), String(wish?.id))),
    ).toMatchObject({
      ok: true,
      request: { state: "withdrawn" },
      booking: { status: "cancelled" },
    });
  });

  test("confirming a withdrawn request shows that it is withdrawn (case 11)", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", friday);
    await openCancel(desk);
    await desk.say("ana", "yes");
    expect(await inDesk(desk, (inside) => confirmBooking(inside, asPractitioner("maya"), booking.id))).toMatchObject({
      ok: false,
      booking: { status: "withdrawn" },
    });
  });

  test("another person's session cannot be cancelled (D7.4)", async () => {
    const desk = await openQuay();
    const booking = await confirmed(desk);
    for (const actor of [asClient("ben"), asPractitioner("jonas"), asClient("ana", "other")]) {
      const result = await inDesk(desk, (inside) =>
        cancelBooking(inside, actor, booking.id, { late: false, reason: "x" }),
      );
      expect(result).toEqual({ ok: false, refusal: "not-yours" });
    }
    await hold(desk, "ben", { service: "Talk", day: "Wed 4 Mar", time: "04:00" });
    expect((await reread(desk, booking)).status).toBe("confirmed");
  });
});

import { describe, expect, test } from "vitest";
import { cancelBooking } from "../../src/desk/changes/cancel.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { instant } from "../support/clock.ts";
import type { TestDesk } from "../support/desk.ts";
import { asClient, buttonsOn, inDesk, openQuay, quay, request, reread, rows, titleOf, wordsOn } from "./quay.ts";

// D8.2: a reminder belongs to a confirmed session and its present time.

const friday = { service: "Talk", day: "Fri 6 Mar", time: "09:00" };
const relaxed = quay.replace("incrementMinutes: 60", "incrementMinutes: 60\n  cancellation: { reasonRequired: false }");

async function confirmed(desk: TestDesk, wish = friday, user = "ana"): Promise<Booking> {
  const booking = await request(desk, user, wish);
  await desk.press("maya", "Confirm");
  return reread(desk, booking);
}

const reminded = (desk: TestDesk, user = "ana") =>
  desk.chat(user).filter(({ card }) => card.title === "Your session is coming up").length;
const mailsAbout = async (desk: TestDesk) =>
  (await desk.mails()).filter(({ subject }) => subject.startsWith("Reminder")).length;

describe("a reminder", () => {
  test("is sent a day and an hour before, in chat and by mail, in the client's zone, with the link or address (D8.2)", async () => {
    const desk = await openQuay({ practice: relaxed });
    await confirmed(desk, { ...friday, time: "04:00" }, "ben");
    await desk.advance("2026-03-05T08:59:59+00:00");
    expect(reminded(desk, "ben")).toBe(0);
    await desk.advance("2026-03-05T09:00+00:00");
    expect(wordsOn(desk.newest("ben"))).toContain("04:00–05:00 (New York) · 09:00–10:00 (Lisbon)");
    expect(buttonsOn(desk.newest("ben"))).toEqual(["Join", "I'll be there", "Reschedule", "Cancel"]);
    await desk.advance("2026-03-06T08:00+00:00");
    expect(reminded(desk, "ben")).toBe(2);
    expect(await mailsAbout(desk)).toBe(2);
  });

  test("gets a kind reply when answered, and notifies no one", async () => {
    const desk = await openQuay({ practice: relaxed });
    await confirmed(desk);
    await desk.advance("2026-03-05T09:00+00:00");
    const theirs = desk.chat("maya").length;
    await desk.say("ana", "I'll be there");
    expect(titleOf(desk, "ana")).toBe("See you then");
    expect(desk.chat("maya")).toHaveLength(theirs);
  });

  test("leads to Cancel and Reschedule of that session", async () => {
    const desk = await openQuay({ practice: relaxed });
    await confirmed(desk);
    await confirmed(desk, { ...friday, time: "10:00" });
    await desk.advance("2026-03-05T09:00+00:00");
    await desk.press("ana", "Cancel");
    expect(wordsOn(desk.newest("ana"))).toContain("Friday 6 March 2026, 09:00–10:00");
    await desk.press("ana", "Keep it");
    await desk.advance("2026-03-05T10:01+00:00");
    await desk.press("ana", "Reschedule");
    expect(titleOf(desk, "ana")).toBe("This session cannot be moved here");
    expect(wordsOn(desk.newest("ana"))).toContain("Friday 6 March 2026, 10:00–11:00");
  });

  test("is not sent after a cancellation", async () => {
    const desk = await openQuay({ practice: relaxed });
    const booking = await confirmed(desk);
    await inDesk(desk, (inside) => cancelBooking(inside, asClient("ana"), booking.id, { late: false }));
    await desk.advance("2026-03-07T09:00+00:00");
    expect(reminded(desk)).toBe(0);
    expect(await mailsAbout(desk)).toBe(0);
  });

  test("is sent for the new time after a move, not for the old one", async () => {
    const desk = await openQuay({ practice: relaxed });
    await confirmed(desk);
    await desk.say("ana", "move my session to Monday 9 March at 10");
    await desk.press("ana", "Ask for this time");
    await desk.press("maya", "Approve");
    await desk.advance("2026-03-07T09:00+00:00");
    expect(reminded(desk)).toBe(0);
    await desk.advance("2026-03-08T10:00+00:00");
    expect(reminded(desk)).toBe(1);
  });

  test("that was queued when the session was cancelled shows nothing", async () => {
    const desk = await openQuay({ practice: relaxed });
    const booking = await confirmed(desk);
    await inDesk(desk, (inside) => cancelBooking(inside, asClient("ana"), booking.id, { late: false }));
    const before = desk.chat("ana").length;
    await desk.engine.deliver({
      id: "late-errand",
      receivedAtMs: desk.clock.now(),
      from: { platform: "page", workspace: "local", user: "ana" },
      body: {
        type: "start",
        flow: "remind",
        practiceId: "quay",
        role: "client",
        input: { type: "session.near", bookingId: booking.id, startsAtMs: booking.startsAtMs },
      },
    });
    await desk.idle();
    expect(desk.chat("ana")).toHaveLength(before);
  });

  test("on the screen when the session is cancelled loses its buttons and says so", async () => {
    const desk = await openQuay({ practice: relaxed });
    const booking = await confirmed(desk);
    await desk.advance("2026-03-05T08:59+00:00");
    await desk.advance("2026-03-05T09:00+00:00");
    await inDesk(desk, (inside) => cancelBooking(inside, asClient("ana"), booking.id, { late: false }));
    await desk.idle();
    const card = desk.chat("ana").find(({ card: { title } }) => title === "This session has changed");
    expect(card?.card.parts.some((part) => part.type === "buttons")).toBe(false);
  });
});

describe("a service's own reminders", () => {
  const own = (minutes: string) => relaxed.replace("publicName: Talk,", `publicName: Talk, reminders: ${minutes},`);

  test.each([
    ["[]", []],
    ["[30]", ["2026-03-06T08:30Z"]],
    ["[60, 2880, 60]", ["2026-03-04T09:00Z", "2026-03-06T08:00Z"]],
  ])("%s are frozen on the booking and set as timers", async (minutes, due) => {
    const desk = await openQuay({ practice: own(minutes) });
    await confirmed(desk);
    const timers = rows(desk, "timers").filter(({ kind }) => String(kind).startsWith("reminder"));
    expect(timers.map(({ due_at_ms }) => due_at_ms)).toEqual(due.map((at) => instant(at)));
  });

  test("those already past when the session is confirmed are skipped (D8.2)", async () => {
    const desk = await openQuay({ practice: relaxed });
    await request(desk, "ana", { service: "Quick", day: "Tue 3 Mar", time: "09:00" });
    expect(rows(desk, "timers").map(({ kind }) => kind)).toEqual(["completion", "reminder-1", "reminder-2"]);
    await request(desk, "ana", { service: "Quick", day: "Mon 2 Mar", time: "11:00" });
    const second = rows(desk, "timers").slice(3);
    expect(second.map(({ kind }) => kind)).toEqual(["completion", "reminder-2"]);
  });

  test("a reminder already past when the session is confirmed is not sent", async () => {
    const desk = await openQuay({ practice: relaxed });
    await request(desk, "ana", { service: "Quick", day: "Mon 2 Mar", time: "11:00" });
    expect([reminded(desk), await mailsAbout(desk)]).toEqual([0, 0]);
    await desk.advance("2026-03-02T10:00+00:00");
    expect([reminded(desk), await mailsAbout(desk)]).toEqual([1, 1]);
  });
});

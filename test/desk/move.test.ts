import { describe, expect, test } from "vitest";
import { approveChange, refuseChange } from "../../src/desk/changes/change.ts";
import { moveAsPractitioner, moveBooking } from "../../src/desk/changes/move.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { instant } from "../support/clock.ts";
import type { TestDesk } from "../support/desk.ts";
import {
  asClient,
  asPractitioner,
  buttonsOn,
  importAgain,
  inDesk,
  openQuay,
  quay,
  request,
  reread,
  rows,
  titleOf,
  wordsOn,
} from "./quay.ts";

// D4.5, D3.8 and cases 10, 12, 16, 17, 18, 21: moving a session.

const friday = { service: "Talk", day: "Fri 6 Mar", time: "09:00" };
const relaxed = quay.replace("incrementMinutes: 60", "incrementMinutes: 60\n  cancellation: { reasonRequired: false }");

async function confirmed(desk: TestDesk, user = "ana", wish = friday): Promise<Booking> {
  const booking = await request(desk, user, wish);
  await desk.press("maya", "Confirm");
  return reread(desk, booking);
}

const startsOf = (desk: TestDesk) =>
  rows(desk, "claims").map(({ kind, starts_at_ms }) => `${kind} ${new Date(Number(starts_at_ms)).toISOString()}`);
const icsOf = async (desk: TestDesk) => (await desk.mails()).flatMap(({ ics }) => (ics === undefined ? [] : [ics]));

describe("a client asks for another time (D4.5)", () => {
  test("the old time is kept until the practitioner approves, then the invitation moves with the same UID", async () => {
    const desk = await openQuay({ practice: relaxed });
    const booking = await confirmed(desk);
    await desk.say("ana", "move my Friday session to Thursday at 10");
    expect(titleOf(desk, "ana")).toBe("Move this session?");
    expect(wordsOn(desk.newest("ana"))).toContain("From: Friday 6 March 2026, 09:00–10:00 (Lisbon)");
    expect(wordsOn(desk.newest("ana"))).toContain("To: Thursday 5 March 2026, 10:00–11:00 (Lisbon)");
    await desk.press("ana", "Ask for this time", { reason: "A school play" });
    expect(titleOf(desk, "ana")).toBe("You asked for another time");
    expect(wordsOn(desk.newest("ana"))).toContain("Your old time stays until then.");
    expect((await reread(desk, booking)).startsAtMs).toBe(booking.startsAtMs);
    expect(startsOf(desk)).toEqual(["session 2026-03-06T09:00:00.000Z", "request 2026-03-05T10:00:00.000Z"]);
    expect(wordsOn(desk.newest("maya"))).toContain("Ana Alves writes: A school play");
    await desk.press("maya", "Approve");
    expect(await reread(desk, booking)).toMatchObject({
      status: "confirmed",
      startsAtMs: instant("2026-03-05T10:00Z"),
      sequence: booking.sequence + 1,
      reschedules: 1,
      joinUrl: booking.joinUrl,
    });
    expect(startsOf(desk)).toEqual(["session 2026-03-05T10:00:00.000Z"]);
    expect(rows(desk, "timers").map(({ kind }) => kind)).not.toContain("change-respond-by");
    expect(titleOf(desk, "ana")).toBe("Your session was moved");
    const [invited, moved] = await icsOf(desk);
    expect(invited).toContain(`UID:${booking.id}`);
    expect(moved).toContain(`UID:${booking.id}`);
    expect(moved).toContain(`SEQUENCE:${booking.sequence + 1}`);
    expect(moved).toContain("METHOD:REQUEST");
  });

  test("case 18: refused, the session stays, and the client is notified", async () => {
    const desk = await openQuay({ practice: relaxed });
    const booking = await confirmed(desk);
    await desk.say("ana", "move my session to Thursday at 10");
    await desk.press("ana", "Ask for this time");
    await desk.press("maya", "Keep the old time");
    expect(await reread(desk, booking)).toEqual(booking);
    expect(startsOf(desk)).toEqual(["session 2026-03-06T09:00:00.000Z"]);
    expect(titleOf(desk, "ana")).toBe("Your session stays as it was");
  });

  test("case 18: unanswered at the deadline, the session stays", async () => {
    const desk = await openQuay({ practice: relaxed });
    const booking = await confirmed(desk);
    await desk.say("ana", "move my session to Thursday at 10");
    await desk.press("ana", "Ask for this time");
    await desk.advance("2026-03-03T08:00+00:00");
    expect(await reread(desk, booking)).toEqual(booking);
    expect(startsOf(desk)).toEqual(["session 2026-03-06T09:00:00.000Z"]);
    expect(titleOf(desk, "ana")).toBe("Your session stays as it was");
    expect(titleOf(desk, "maya")).toBe("Not answered in time");
  });

  test("cases 10 and 12: the first decision wins, and a second one shows it", async () => {
    const desk = await openQuay({ practice: relaxed });
    const booking = await confirmed(desk);
    await desk.say("ana", "move my session to Thursday at 10");
    await desk.press("ana", "Ask for this time");
    const id = String(rows(desk, "change_requests")[0]?.id);
    const approve = () => inDesk(desk, (inside) => approveChange(inside, asPractitioner("maya"), id));
    expect(await approve()).toMatchObject({ ok: true, request: { state: "approved" } });
    expect(await approve()).toMatchObject({ ok: true, request: { state: "approved" } });
    const admin = asPractitioner("jonas", { admin: true });
    expect(await inDesk(desk, (inside) => refuseChange(inside, admin, id))).toMatchObject({
      request: { state: "approved" },
    });
    expect(await reread(desk, booking)).toMatchObject({ reschedules: 1, sequence: booking.sequence + 1 });
    await desk.idle();
    expect(await icsOf(desk)).toHaveLength(2);
  });

  test("the change request can be cancelled, and both cards show it", async () => {
    const desk = await openQuay({ practice: relaxed });
    const booking = await confirmed(desk);
    await desk.say("ana", "move my session to Thursday at 10");
    await desk.press("ana", "Ask for this time");
    await desk.press("ana", "Cancel this change");
    expect(titleOf(desk, "ana")).toBe("Session confirmed");
    expect(titleOf(desk, "maya")).toBe("Withdrawn");
    expect(startsOf(desk)).toEqual(["session 2026-03-06T09:00:00.000Z"]);
    expect(await reread(desk, booking)).toEqual(booking);
  });

  test("an automatically confirmed service moves at once, and the practitioner is notified", async () => {
    const desk = await openQuay({ practice: relaxed });
    const booking = await request(desk, "ana", { ...friday, service: "Quick" });
    await desk.say("ana", "an hour later");
    await desk.say("ana", "move my session an hour later");
    expect(wordsOn(desk.newest("ana"))).toContain("It moves at once.");
    await desk.say("ana", "yes");
    expect(await reread(desk, booking)).toMatchObject({ startsAtMs: instant("2026-03-06T10:00Z"), reschedules: 1 });
    expect(titleOf(desk, "ana")).toBe("Moved");
    expect(titleOf(desk, "maya")).toBe("A session was moved");
    expect(wordsOn(desk.newest("maya"))).toContain("It was on Fri 6 Mar, 09:00 (Lisbon) before.");
  });

  test("case 17: an open request takes the new time and gets a new deadline", async () => {
    const desk = await openQuay({ practice: relaxed });
    const booking = await request(desk, "ana", friday);
    await desk.advance("2026-03-02T12:00+00:00");
    await desk.say("ana", "move my session to Thursday at 10");
    await desk.press("ana", "Move it");
    expect(await reread(desk, booking)).toMatchObject({
      status: "requested",
      startsAtMs: instant("2026-03-05T10:00Z"),
      respondByMs: instant("2026-03-03T12:00Z"),
    });
    expect(startsOf(desk)).toEqual(["request 2026-03-05T10:00:00.000Z"]);
    expect(titleOf(desk, "ana")).toBe("Your request has a new time");
    expect(wordsOn(desk.newest("maya"))).toContain("Thursday 5 March 2026");
    await desk.press("maya", "Confirm");
    expect(await reread(desk, booking)).toMatchObject({
      status: "confirmed",
      startsAtMs: instant("2026-03-05T10:00Z"),
    });
  });

  test("if the time is taken meanwhile the three nearest are offered, and the old time stays", async () => {
    const desk = await openQuay({ practice: relaxed });
    const booking = await confirmed(desk);
    await desk.say("ana", "move my session to Thursday at 10");
    await request(desk, "ben", { service: "Talk", day: "Thu 5 Mar", time: "05:00" });
    await desk.press("ana", "Ask for this time");
    expect(titleOf(desk, "ana")).toBe("That time was just taken");
    expect(buttonsOn(desk.newest("ana")).slice(0, 3)).toEqual([
      "Wed 4 Mar, 11:00",
      "Thu 5 Mar, 09:00",
      "Thu 5 Mar, 11:00",
    ]);
    expect(await reread(desk, booking)).toEqual(booking);
  });

  test("too late, or too often: the card shows the reason and how to reach the practice (D4.7)", async () => {
    const desk = await openQuay({
      practice: relaxed.replace("reasonRequired: false", "reasonRequired: false, maxReschedules: 1"),
    });
    await request(desk, "ana", { ...friday, service: "Quick" });
    await desk.say("ana", "move my session an hour later");
    await desk.press("ana", "Move it");
    await desk.say("ana", "move my session an hour later");
    expect(wordsOn(desk.newest("ana"))).toContain("as often as the practice allows");
    await desk.advance("2026-03-05T11:00+00:00");
    await desk.say("ana", "move my session to Monday");
    expect(wordsOn(desk.newest("ana"))).toContain("hello@quay.example");
  });

  test("another person's session cannot be moved (D7.4)", async () => {
    const desk = await openQuay({ practice: relaxed });
    const booking = await confirmed(desk);
    const order = { startsAtMs: instant("2026-03-05T10:00Z"), methodKey: "video" };
    expect(await inDesk(desk, (inside) => moveBooking(inside, asClient("ben"), booking.id, order))).toEqual({
      ok: false,
      refusal: "not-yours",
    });
    const forced = { ...order, force: true };
    expect(
      await inDesk(desk, (inside) => moveAsPractitioner(inside, asPractitioner("jonas"), booking.id, forced)),
    ).toEqual({
      ok: false,
      refusal: "not-yours",
    });
  });
});

describe("limits and conflicts", () => {
  test("case 16: a session moved within its own full week does not count itself, but cannot move into another full week", async () => {
    const limited = relaxed.replace("chat: [{ page: maya }],", "chat: [{ page: maya }], limits: { perWeek: 2 },");
    const desk = await openQuay({ practice: limited });
    const inWeekA = await confirmed(desk);
    await confirmed(desk, "ana", { ...friday, day: "Wed 4 Mar" });
    for (const day of ["Monday 9 March", "Tuesday 10 March"]) {
      await desk.say("ben", `book a talk on ${day} at 5am`);
      await desk.press("ben", "Confirm & book");
    }
    const move = (at: string) =>
      inDesk(desk, (inside) =>
        moveBooking(inside, asClient("ana"), inWeekA.id, { startsAtMs: instant(at), methodKey: "video" }),
      );
    expect(await move("2026-03-12T09:00Z")).toMatchObject({ ok: false, refusal: "slot-taken" });
    expect(await move("2026-03-05T09:00Z")).toMatchObject({ ok: true, outcome: "asked" });
  });

  test("a session may overlap its own old time", async () => {
    const desk = await openQuay({ practice: relaxed.replace("incrementMinutes: 60", "incrementMinutes: 30") });
    const booking = await confirmed(desk);
    const order = { startsAtMs: instant("2026-03-06T09:30Z"), methodKey: "video" };
    expect(await inDesk(desk, (inside) => moveBooking(inside, asClient("ana"), booking.id, order))).toMatchObject({
      ok: true,
    });
    await desk.idle();
    await desk.press("maya", "Approve");
    expect(await reread(desk, booking)).toMatchObject({ startsAtMs: instant("2026-03-06T09:30Z") });
  });

  test("case 21: a service that became longer, more expensive or archived moves as it was booked", async () => {
    const desk = await openQuay({ practice: relaxed });
    const booking = await confirmed(desk);
    const waiting = await request(desk, "ana", { ...friday, day: "Wed 4 Mar" });
    await importAgain(
      desk,
      relaxed
        .replace(
          "publicName: Talk, durationMinutes: 60",
          "publicName: Long talk, visibility: archived, durationMinutes: 90",
        )
        .replace(
          'methods: [{ kind: video, url: "https://meet.quay.example/{room}" }], practitioners: [maya], confirmation: request',
          "methods: [{ kind: chat }], practitioners: [maya], confirmation: request",
        ),
    );
    const order = { startsAtMs: instant("2026-03-05T11:00Z"), methodKey: "video" };
    expect(await inDesk(desk, (inside) => moveBooking(inside, asClient("ana"), booking.id, order))).toMatchObject({
      ok: true,
      outcome: "asked",
    });
    await desk.idle();
    await desk.press("maya", "Approve");
    const moved = await reread(desk, booking);
    expect(moved).toMatchObject({ endsAtMs: instant("2026-03-05T12:00Z"), frozen: booking.frozen });
    await desk.press("maya", "Confirm");
    expect(await reread(desk, waiting)).toMatchObject({ status: "confirmed", frozen: waiting.frozen });
  });

  test("another way to meet uses that way's length, and a video room only where it is by video", async () => {
    const both = relaxed.replace(
      'methods: [{ kind: video, url: "https://meet.quay.example/{room}" }], practitioners: [maya], confirmation: auto',
      'methods: [{ kind: video, url: "https://meet.quay.example/{room}" }, { kind: chat, durationMinutes: 30 }], practitioners: [maya], confirmation: auto',
    );
    const desk = await openQuay({ practice: both });
    await desk.say("ana", "book quick by video on friday at 9");
    await desk.press("ana", "Confirm & book");
    const [booking] = await desk.store.read.bookings.listForClient("quay", "ana", {
      statuses: ["confirmed"],
      order: "asc",
    });
    if (booking === undefined) throw new Error("nothing was booked");
    expect(booking.joinUrl).toBeDefined();
    await desk.say("ana", "reschedule");
    expect(buttonsOn(desk.newest("ana"))).toEqual(["Video", "Chat", "Back", "Keep the old time"]);
    await desk.press("ana", "Chat");
    await desk.press("ana", "Fri 6 Mar");
    await desk.press("ana", "10:00");
    await desk.press("ana", "Move it");
    const moved = await reread(desk, booking);
    expect(moved).toMatchObject({ endsAtMs: instant("2026-03-06T10:30Z"), frozen: { method: { kind: "chat" } } });
    expect(moved.joinUrl).toBeUndefined();
  });

  test("case 5: the client's zone changes; the instants stay and the card shows the new zone", async () => {
    const desk = await openQuay({ practice: relaxed });
    const booking = await confirmed(desk);
    await desk.say("ana", "bookings");
    await importAgain(
      desk,
      relaxed.replace("ana@example.com, timezone: Europe/Lisbon", "ana@example.com, timezone: Asia/Tokyo"),
    );
    await desk.say("ana", "cancel my session");
    expect(wordsOn(desk.newest("ana"))).toContain("18:00–19:00 (Tokyo) · 09:00–10:00 (Lisbon)");
    expect(wordsOn(desk.newest("ana"))).toContain("You can cancel freely until Thu 5 Mar, 18:00 (Tokyo).");
    expect(await reread(desk, booking)).toEqual(booking);
  });
});

describe("a practitioner moves it", () => {
  test("to one of their own free times, with a message; the client is notified in chat and by mail", async () => {
    const desk = await openQuay({ practice: relaxed });
    const booking = await confirmed(desk);
    await desk.say("maya", "move my session with Ana to Thursday at 10");
    await desk.press("maya", "Move it", { reason: "I have to be at court." });
    expect(await reread(desk, booking)).toMatchObject({ startsAtMs: instant("2026-03-05T10:00Z") });
    expect((await reread(desk, booking)).reschedules).toBeUndefined();
    expect(titleOf(desk, "ana")).toBe("A session was moved");
    expect(wordsOn(desk.newest("ana"))).toContain("Maya Lee writes: I have to be at court.");
    expect((await desk.mails()).at(-1)?.text).toContain("Maya Lee writes: I have to be at court.");
    expect((await desk.mails()).at(-1)?.subject).toBe("Moved: Talk, Thu 5 Mar, 10:00 (Lisbon)");
  });

  test("outside their hours only after a second tap (D3.8)", async () => {
    const desk = await openQuay({ practice: relaxed });
    const booking = await confirmed(desk);
    await desk.say("maya", "move my session with Ana to Saturday at 4pm");
    await desk.press("maya", "Move it");
    expect(titleOf(desk, "maya")).toBe("Clients cannot book this time");
    expect(await reread(desk, booking)).toEqual(booking);
    await desk.press("maya", "Move it anyway");
    expect(await reread(desk, booking)).toMatchObject({ startsAtMs: instant("2026-03-07T16:00Z") });
  });

  test("never onto another session, however often they tap", async () => {
    const desk = await openQuay({ practice: relaxed });
    const booking = await confirmed(desk);
    await confirmed(desk, "ben", { ...friday, time: "05:00" });
    const order = { startsAtMs: instant("2026-03-06T10:00Z"), methodKey: "video", force: true };
    expect(
      await inDesk(desk, (inside) => moveAsPractitioner(inside, asPractitioner("maya"), booking.id, order)),
    ).toMatchObject({ ok: false, refusal: "slot-taken" });
  });
});

describe("words", () => {
  test.each([
    ["move my Friday session to Monday 10am", "To: Monday 9 March 2026, 10:00–11:00"],
    ["move my session an hour later", "To: Friday 6 March 2026, 10:00–11:00"],
    ["move my session, same time next week", "To: Friday 13 March 2026, 09:00–10:00"],
    ["move Friday to Monday 10", "To: Monday 9 March 2026, 10:00–11:00"],
    ["can we move it to 11?", "To: Friday 6 March 2026, 11:00–12:00"],
  ])("“%s” lead to the review card", async (words, to) => {
    const desk = await openQuay({ practice: relaxed });
    await confirmed(desk);
    await desk.say("ana", words);
    expect(wordsOn(desk.newest("ana"))).toContain(to);
  });

  test("while times are offered, later words choose one or change the wanted times", async () => {
    const desk = await openQuay({ practice: relaxed });
    await confirmed(desk);
    await desk.say("ana", "reschedule");
    expect(titleOf(desk, "ana")).toBe("When suits you?");
    await desk.say("ana", "an hour later");
    expect(wordsOn(desk.newest("ana"))).toContain("To: Friday 6 March 2026, 10:00–11:00");
    await desk.say("ana", "no, at 11 instead");
    expect(wordsOn(desk.newest("ana"))).toContain("To: Friday 6 March 2026, 11:00–12:00");
    await desk.say("ana", "never mind");
    expect(titleOf(desk, "ana")).toBe("Talk");
  });
});

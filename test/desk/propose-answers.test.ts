import { describe, expect, test } from "vitest";
import { confirmBooking } from "../../src/desk/booking/decide.ts";
import { openProposals } from "../../src/desk/changes/answer-proposal.ts";
import type { Booking } from "../../src/domain/booking.ts";
import {
  accept,
  asked,
  at,
  claimsIn,
  counter,
  eleven,
  maya,
  propose,
  proposed,
  ten,
  timersIn,
  wednesday,
} from "./proposed.ts";
import { buttonsOn, inDesk, openQuay, quay, request, reread, rows, titleOf, wordsOn } from "./quay.ts";

describe("proposed → accept one → confirmed (D4.15)", () => {
  test("at once, without a second confirm: the other times are released, the invitation is sent, both are notified", async () => {
    const { desk, booking } = await proposed({ message: "I am away." });
    expect(await accept(desk, booking, eleven)).toMatchObject({ ok: true });
    await desk.idle();
    const confirmed = await reread(desk, booking);
    expect(confirmed).toMatchObject({ status: "confirmed", startsAtMs: eleven, endsAtMs: at("05T12:00"), sequence: 0 });
    expect(confirmed.reason).toBeUndefined();
    expect(confirmed.joinUrl).toMatch(/^https:\/\/meet\.quay\.example\/[\w-]{22}$/);
    expect(claimsIn(desk)).toEqual(["session 03-05T11:00"]);
    expect(timersIn(desk)).not.toContain("proposal-expiry");
    expect(timersIn(desk)).toContain("completion");
    expect(rows(desk, "proposals").map(({ state }) => state)).toEqual(["rejected", "accepted"]);
    const mail = (await desk.mails()).at(-1);
    expect(mail?.subject).toBe("Confirmed: Talk, Thu 5 Mar, 11:00 (Lisbon)");
    expect(mail?.ics).toContain("DTSTART");
    expect(titleOf(desk, "maya")).toBe("Confirmed");
    expect(wordsOn(desk.newest("maya"))).toContain("Ana Alves accepted a time you proposed.");
    expect(titleOf(desk, "ana")).toBe("Your session is confirmed");
  });

  test("the practitioner gets a new message: an edit never notifies", async () => {
    const { desk } = await proposed();
    const before = desk.chat("maya").length;
    await desk.press("ana", "Accept Thu 5 Mar, 10:00");
    expect(desk.chat("maya").length).toBe(before + 1);
  });

  test("accepting the same one twice shows the same, accepting another is too late (D4.2)", async () => {
    const { desk, booking } = await proposed();
    await accept(desk, booking, ten);
    const confirmed = await reread(desk, booking);
    expect(await accept(desk, booking, ten)).toEqual({ ok: true, booking: confirmed });
    expect(await accept(desk, booking, eleven)).toEqual({ ok: false, refusal: "not-now", booking: confirmed });
    expect(await reread(desk, booking)).toEqual(confirmed);
  });

  test("a time that was never proposed cannot be accepted", async () => {
    const { desk, booking } = await proposed();
    for (const startsAtMs of [asked, at("06T10:00"), Number.NaN])
      expect(await accept(desk, booking, startsAtMs)).toMatchObject({ ok: false, refusal: "gone" });
    expect((await reread(desk, booking)).status).toBe("proposed");
  });

  test("one of several may expire earlier: it is removed, the others can be accepted", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", { ...wednesday, day: "Tue 3 Mar" });
    await propose(desk, booking, { startsAtMs: [at("02T10:00"), at("03T11:00")] });
    const later = at("02T10:00");
    expect(await accept(desk, booking, at("02T10:00"), later)).toMatchObject({ ok: false, refusal: "gone" });
    const open = await inDesk(desk, async (inside) => openProposals(inside, await reread(desk, booking)), later);
    expect(open.map(({ startsAtMs }) => startsAtMs)).toEqual([at("03T11:00")]);
    expect(await accept(desk, booking, at("03T11:00"), later)).toMatchObject({ ok: true });
  });

  test("minimum notice that passes meanwhile does not invalidate an offered time (case 8)", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", { ...wednesday, day: "Tue 3 Mar" });
    await propose(desk, booking, { startsAtMs: [at("02T11:00")] });
    expect(await accept(desk, booking, at("02T11:00"), at("02T10:59"))).toMatchObject({ ok: true });
  });
});

describe("proposed → timeout → expired (D4.18)", () => {
  test("an answer at the exact deadline is too late, one a millisecond before counts", async () => {
    const { desk, booking } = await proposed();
    const last = at("02T20:00");
    expect(await accept(desk, booking, ten, last)).toMatchObject({ ok: false, booking: { status: "expired" } });
    const other = await proposed();
    expect(await accept(other.desk, other.booking, ten, last - 1)).toMatchObject({ ok: true });
  });

  test("every time is released, both are notified, and the client sees new times", async () => {
    const { desk, booking } = await proposed({ keepAsked: true, message: "I am away." });
    await desk.advance("2026-03-02T20:00+00:00");
    expect(await reread(desk, booking)).toMatchObject({ status: "expired" });
    expect((await reread(desk, booking)).reason).toBeUndefined();
    expect([claimsIn(desk), timersIn(desk)]).toEqual([[], []]);
    expect(rows(desk, "proposals").map(({ state }) => state)).toEqual(["expired", "expired"]);
    expect(titleOf(desk, "ana")).toBe("The proposed times have expired");
    expect(buttonsOn(desk.newest("ana"))).toContain("Other times");
    expect(titleOf(desk, "maya")).toBe("Proposal not answered");
    expect((await desk.mails()).at(-1)?.subject).toBe("Proposed times expired: Talk");
  });

  test("a timer of an earlier round is dropped", async () => {
    const { desk, booking } = await proposed();
    desk.clock.set("2026-03-02T19:00+00:00");
    await counter(desk, booking, "later");
    await propose(desk, booking, { startsAtMs: [at("06T10:00")] });
    await desk.advance("2026-03-02T20:00+00:00");
    expect((await reread(desk, booking)).status).toBe("proposed");
    await desk.advance("2026-03-03T07:00+00:00");
    expect((await reread(desk, booking)).status).toBe("expired");
  });
});

describe("proposed → counter → requested, three rounds (D4.16)", () => {
  test("the requested time is held for the booking again, the proposed ones are released, and the practitioner has a new deadline", async () => {
    const { desk, booking } = await proposed({ message: "I am away." });
    const nine = at("02T09:00");
    expect(await counter(desk, booking, "mornings only", nine)).toMatchObject({ ok: true });
    const again = await reread(desk, booking);
    expect(again).toMatchObject({ status: "requested", wish: "mornings only", proposalRounds: 1, requestedAtMs: nine });
    expect(again.respondByMs).toBe(at("03T09:00"));
    expect(again.reason).toBeUndefined();
    expect(claimsIn(desk)).toEqual(["request 03-04T09:00"]);
    expect(timersIn(desk).toSorted()).toEqual(["nudge-50", "nudge-85", "respond-by", "unanswered-mail"]);
    expect(rows(desk, "proposals").map(({ state }) => state)).toEqual(["rejected", "rejected"]);
  });

  test("the practitioner gets a new message with the wish, and three matching times", async () => {
    const { desk } = await proposed();
    const before = desk.chat("maya").length;
    await desk.press("ana", "None of these");
    await desk.say("ana", "not before Friday");
    expect(desk.chat("maya").length).toBe(before);
    await desk.press("ana", "Ask for other times");
    expect(desk.chat("maya").length).toBe(before + 1);
    expect(wordsOn(desk.newest("maya"))).toContain(
      "They would like: “not before Friday”. These would fit: Fri 6 Mar, 09:00; Fri 6 Mar, 10:00; Fri 6 Mar, 11:00.",
    );
    expect(buttonsOn(desk.newest("maya"))).toEqual(["Confirm", "Propose these", "Propose another time", "Decline"]);
    await desk.press("maya", "Propose these");
    expect(buttonsOn(desk.newest("ana")).slice(0, 3)).toEqual([
      "Accept Fri 6 Mar, 09:00",
      "Accept Fri 6 Mar, 10:00",
      "Accept Fri 6 Mar, 11:00",
    ]);
  });

  test("rejected times are not proposed again as the best", async () => {
    const { desk } = await proposed();
    await desk.press("ana", "None of these");
    await desk.say("ana", "Thursday");
    await desk.press("ana", "Ask for other times");
    expect(wordsOn(desk.newest("maya"))).toContain("These would fit: Thu 5 Mar, 09:00.");
    expect(buttonsOn(desk.newest("maya"))).toContain("Propose this time");
  });

  test("if the requested time was taken, the card says so and offers other times or a decline", async () => {
    const { desk, booking } = await proposed();
    await request(desk, "ben", { service: "Talk", day: "Wed 4 Mar", time: "04:00" });
    await desk.press("ana", "None of these");
    await desk.press("ana", "Later");
    expect(claimsIn(desk)).toEqual(["request 03-04T09:00"]);
    expect(wordsOn(desk.newest("maya"))).toContain("The requested time is no longer held.");
    expect(buttonsOn(desk.newest("maya"))).toEqual(["Propose these", "Propose another time", "Decline"]);
    const confirm = await inDesk(desk, (inside) => confirmBooking(inside, maya, booking.id));
    expect(confirm).toMatchObject({ ok: false, refusal: "not-now", booking: { status: "requested" } });
    await desk.press("maya", "Propose these");
    expect((await reread(desk, booking)).status).toBe("proposed");
  });

  test("the requested time is not held again if that would break another session's rest (D3.3)", async () => {
    const resting = quay.replace(
      "publicName: Talk, durationMinutes: 60,",
      "publicName: Talk, durationMinutes: 60, bufferAfterMinutes: 30,",
    );
    const desk = await openQuay({ practice: resting });
    const booking = await request(desk, "ana", wednesday);
    await propose(desk, booking, { startsAtMs: [ten] });
    await request(desk, "ben", { service: "Talk", day: "Wed 4 Mar", time: "05:00" });
    await counter(desk, booking, "later");
    expect(claimsIn(desk)).toEqual(["request 03-04T10:00"]);
  });

  test("if no free time matches the wish it says so, and the rejected times are not offered again", async () => {
    const desk = await openQuay();
    await request(desk, "ana", wednesday);
    await desk.press("maya", "Propose another time");
    await desk.press("maya", "Send");
    const before = ["Tue 3 Mar, 11:00", "Wed 4 Mar, 10:00", "Wed 4 Mar, 11:00"];
    expect(buttonsOn(desk.newest("ana")).slice(0, 3)).toEqual(before.map((time) => `Accept ${time}`));
    await desk.press("ana", "None of these");
    await desk.say("ana", "Sundays only");
    await desk.press("ana", "Ask for other times");
    expect(wordsOn(desk.newest("maya"))).toContain("Nothing is free then.");
    await desk.press("maya", "Propose another time");
    const [times] = desk.newest("maya").parts.flatMap((part) => (part.type === "inputs" ? part.inputs : []));
    expect(times?.options?.filter((option) => before.includes(option))).toEqual([]);
    expect(times?.options).toHaveLength(3);
  });

  test("after three proposals a request is confirmed or declined, not proposed for again", async () => {
    const { desk, booking } = await proposed();
    await counter(desk, booking, "later");
    const again = await reread(desk, booking);
    const worn: Booking = { ...again, proposalRounds: 3, version: again.version + 1 };
    await desk.store.transaction((books) => books.bookings.save(worn, again.version));
    expect(await propose(desk, booking)).toMatchObject({ ok: false, refusal: "too-often" });
    await desk.say("maya", "requests");
    await desk.press("maya", "Ana Alves, Wed 4 Mar, 09:00");
    expect(wordsOn(desk.newest("maya"))).toContain("You have proposed three times.");
    expect(buttonsOn(desk.newest("maya"))).toEqual(["Confirm", "Decline"]);
  });

  test("a request without its time still has a day to be answered, also when that time has passed", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", { service: "Talk", day: "Tue 3 Mar", time: "09:00" });
    const monday = at("02T22:00");
    await propose(desk, booking, { startsAtMs: [eleven] }, monday);
    const late = at("03T09:30");
    expect(await counter(desk, booking, "later", late)).toMatchObject({ ok: true });
    expect(await reread(desk, booking)).toMatchObject({ status: "requested", respondByMs: late + 86_400_000 });
    expect(claimsIn(desk)).toEqual([]);
  });

  test("the same wish twice is one counter; an empty wish is none", async () => {
    const { desk, booking } = await proposed();
    expect(await counter(desk, booking, "  ")).toMatchObject({ ok: false, refusal: "wish-missing" });
    await counter(desk, booking, "later");
    const again = await reread(desk, booking);
    expect(await counter(desk, booking, "earlier")).toEqual({ ok: true, booking: again });
  });

  test("after three rounds the client may accept a time or write to the practice, and a fourth proposal is refused", async () => {
    const { desk, booking } = await proposed();
    for (const startsAtMs of [at("06T09:00"), at("06T10:00")]) {
      await counter(desk, booking, "later");
      expect(await propose(desk, booking, { startsAtMs: [startsAtMs] })).toMatchObject({ ok: true });
    }
    expect(await counter(desk, booking, "later")).toMatchObject({ ok: false, refusal: "too-often" });
    await desk.idle();
    await desk.press("ana", "None of these");
    expect(titleOf(desk, "ana")).toBe("Please talk to each other");
    expect(buttonsOn(desk.newest("ana"))).toEqual([
      "Accept Fri 6 Mar, 10:00",
      "Message my practitioner",
      "Withdraw request",
    ]);
    expect((await reread(desk, booking)).proposalRounds).toBe(3);
    await desk.press("ana", "Accept Fri 6 Mar, 10:00");
    expect((await reread(desk, booking)).status).toBe("confirmed");
  });
});

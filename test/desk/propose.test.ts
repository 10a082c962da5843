import { describe, expect, test } from "vitest";
import { acceptProposal, counterProposals, openProposals } from "../../src/desk/answer-proposal.ts";
import { confirmBooking, declineBooking, withdrawBooking } from "../../src/desk/decide.ts";
import { type ProposalOrder, proposeTimes } from "../../src/desk/propose.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { instant } from "../support/clock.ts";
import type { TestDesk } from "../support/desk.ts";
import {
  asClient,
  asPractitioner,
  buttonsOn,
  hold,
  importAgain,
  inDesk,
  openQuay,
  pressesIn,
  pressOn,
  quay,
  request,
  reread,
  rows,
  titleOf,
  wordsOn,
} from "./quay.ts";

const maya = asPractitioner("maya");
const ana = asClient("ana");
const wednesday = { service: "Talk", day: "Wed 4 Mar", time: "09:00" };
const at = (text: string) => instant(`2026-03-${text}Z`);
const asked = at("04T09:00");
const [ten, eleven] = [at("05T10:00"), at("05T11:00")];

const claimsIn = (desk: TestDesk) =>
  rows(desk, "claims")
    .map(({ kind, starts_at_ms }) => `${kind} ${new Date(Number(starts_at_ms)).toISOString().slice(5, 16)}`)
    .toSorted();
const timersIn = (desk: TestDesk) => rows(desk, "timers").map(({ kind }) => kind);
const auditIn = (desk: TestDesk) => rows(desk, "audit").map(({ actor, action }) => `${actor} ${action}`);

const propose = (desk: TestDesk, booking: Booking, order: Partial<ProposalOrder> = {}, nowMs?: number) =>
  inDesk(desk, (inside) => proposeTimes(inside, maya, booking.id, { startsAtMs: [ten, eleven], ...order }), nowMs);
const accept = (desk: TestDesk, booking: Booking, startsAtMs: number, nowMs?: number) =>
  inDesk(desk, (inside) => acceptProposal(inside, ana, booking.id, startsAtMs), nowMs);
const counter = (desk: TestDesk, booking: Booking, wish: string, nowMs?: number) =>
  inDesk(desk, (inside) => counterProposals(inside, ana, booking.id, wish), nowMs);

/** Ana asks for Wednesday at nine; Maya proposes Thursday at ten or eleven. */
async function proposed(order: Partial<ProposalOrder> = {}) {
  const desk = await openQuay();
  const booking = await request(desk, "ana", wednesday);
  await propose(desk, booking, order);
  await desk.idle();
  return { desk, booking: await reread(desk, booking) };
}

describe("requested → propose 1–3 times → proposed (DOMAIN §4)", () => {
  test("the asked time is given back, each proposed one is held for twelve hours, the deadline is the client's now", async () => {
    const { desk, booking } = await proposed({ message: "  I am away. " });
    expect(booking).toMatchObject({
      status: "proposed",
      startsAtMs: asked,
      proposalRounds: 1,
      reason: "I am away.",
      respondByMs: at("02T20:00"),
    });
    expect(claimsIn(desk)).toEqual(["proposal 03-05T10:00", "proposal 03-05T11:00"]);
    expect(rows(desk, "claims").map(({ expires_at_ms }) => expires_at_ms)).toEqual([at("02T20:00"), at("02T20:00")]);
    expect(timersIn(desk)).toEqual(["proposal-expiry"]);
    expect(auditIn(desk)).toEqual(["client:ana booking.requested", "practitioner:maya booking.proposed"]);
    expect((await desk.mails()).map(({ subject }) => subject).at(-1)).toBe("Other times proposed: Talk");
    expect(titleOf(desk, "ana")).toBe("Maya Lee proposes other times");
    expect(pressesIn(desk, "ana").map(({ label }) => label)).toEqual(buttonsOn(desk.newest("ana")));
  });

  test("the asked time stays where the practitioner keeps it, and can be confirmed after all", async () => {
    const { desk, booking } = await proposed({ keepAsked: true });
    expect(claimsIn(desk)).toEqual(["proposal 03-05T10:00", "proposal 03-05T11:00", "request 03-04T09:00"]);
    const confirmed = await inDesk(desk, (inside) => confirmBooking(inside, maya, booking.id));
    expect(confirmed).toMatchObject({ ok: true, booking: { status: "confirmed", startsAtMs: asked } });
    expect(claimsIn(desk)).toEqual(["session 03-04T09:00"]);
    expect(rows(desk, "proposals").map(({ state }) => state)).toEqual(["rejected", "rejected"]);
  });

  test("without it there is nothing to confirm", async () => {
    const { desk, booking } = await proposed();
    const late = await inDesk(desk, (inside) => confirmBooking(inside, maya, booking.id));
    expect(late).toMatchObject({ ok: false, refusal: "not-now", booking: { status: "proposed" } });
    expect(buttonsOn(desk.newest("maya"))).toEqual(["Decline"]);
  });

  test("a time is held no longer than until its own start", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", { ...wednesday, day: "Tue 3 Mar" });
    await propose(desk, booking, { startsAtMs: [at("02T10:00"), at("03T11:00")] });
    expect(rows(desk, "proposals").map(({ expires_at_ms }) => expires_at_ms)).toEqual([at("02T10:00"), at("02T20:00")]);
    expect((await reread(desk, booking)).respondByMs).toBe(at("02T20:00"));
  });

  test("the same order twice changes nothing (D4.2, case 10)", async () => {
    const { desk, booking } = await proposed();
    expect(await propose(desk, booking)).toMatchObject({ ok: true, booking: { version: booking.version } });
    expect(rows(desk, "proposals")).toHaveLength(2);
    expect(await reread(desk, booking)).toEqual(booking);
  });

  test("one to three times, each once", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    const friday = [9, 10, 11].map((hour) => at(`06T${String(hour).padStart(2, "0")}:00`));
    expect(await propose(desk, booking, { startsAtMs: [] })).toMatchObject({ refusal: "how-many" });
    expect(await propose(desk, booking, { startsAtMs: [ten, ...friday] })).toMatchObject({ refusal: "how-many" });
    expect(await propose(desk, booking, { startsAtMs: [asked] })).toMatchObject({ refusal: "same-time" });
    expect(await propose(desk, booking, { startsAtMs: [ten, ten] })).toMatchObject({ ok: true });
    expect(rows(desk, "proposals")).toHaveLength(1);
  });

  test("D3.8: outside the practitioner's hours only when it is forced; over another session or in the past never", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    await request(desk, "ben", { service: "Talk", day: "Thu 5 Mar", time: "05:00" });
    const evening = at("05T18:00");
    const refusals = async (startsAtMs: number, force: boolean) =>
      propose(desk, booking, { startsAtMs: [startsAtMs], force });
    expect(await refusals(evening, false)).toMatchObject({ refusal: "outside-hours", startsAtMs: evening });
    expect(await refusals(ten, false)).toMatchObject({ refusal: "slot-taken", startsAtMs: ten });
    expect(await refusals(ten, true)).toMatchObject({ refusal: "slot-taken" });
    expect(await refusals(ten + 30 * 60_000, true)).toMatchObject({ refusal: "slot-taken" });
    expect(await refusals(at("02T07:00"), true)).toMatchObject({ refusal: "slot-taken" });
    expect(await refusals(Number.NaN, true)).toMatchObject({ refusal: "slot-taken" });
    expect((await reread(desk, booking)).status).toBe("requested");
    expect(await refusals(evening, true)).toMatchObject({ ok: true });
  });

  test("D7.4: nobody but the booking's practitioner proposes, nobody but its client answers", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    const order = { startsAtMs: [ten] };
    for (const actor of [asPractitioner("jonas"), ana, asPractitioner("maya", { practiceId: "elsewhere" })])
      expect(await inDesk(desk, (inside) => proposeTimes(inside, actor, booking.id, order))).toEqual({
        ok: false,
        refusal: "not-yours",
      });
    const admin = asPractitioner("jonas", { admin: true });
    expect(await inDesk(desk, (inside) => proposeTimes(inside, admin, booking.id, order))).toMatchObject({ ok: true });
    for (const actor of [asClient("ben"), maya, asClient("ana", "elsewhere")]) {
      expect(await inDesk(desk, (inside) => acceptProposal(inside, actor, booking.id, ten))).toMatchObject({
        ok: false,
      });
      expect(await inDesk(desk, (inside) => counterProposals(inside, actor, booking.id, "later"))).toEqual({
        ok: false,
        refusal: "not-yours",
      });
    }
    expect((await reread(desk, booking)).status).toBe("proposed");
  });

  test("no other client is offered a proposed time, nor gets it by a button from before", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    for (const press of ["book", "Talk", "Thu 5 Mar"])
      await (press === "book" ? desk.say("ben", press) : desk.press("ben", press));
    const before = pressOn(desk, "ben", "05:00");
    await propose(desk, booking);
    await desk.forge("ben", before);
    expect(titleOf(desk, "ben")).toBe("That time was just taken");
    await desk.press("ben", "Other times");
    await desk.press("ben", "Thu 5 Mar");
    expect(buttonsOn(desk.newest("ben"))).not.toContain("05:00");
    expect(buttonsOn(desk.newest("ben"))).toContain("04:00");
    // And the one that was given back is anybody's.
    await desk.press("ben", "Wed 4 Mar");
    expect(buttonsOn(desk.newest("ben"))).toContain("04:00");
  });
});

describe("proposed → accept one → confirmed (DOMAIN §4)", () => {
  test("at once, without a second confirm: the others are given back, the invitation goes out, both are told", async () => {
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
    expect(wordsOn(desk.newest("maya"))).toContain("Ana Alves took a time you proposed.");
    expect(titleOf(desk, "ana")).toBe("Your session is confirmed");
  });

  test("the practitioner gets a new message of it: an edit never notifies", async () => {
    const { desk } = await proposed();
    const before = desk.chat("maya").length;
    await desk.press("ana", "Accept Thu 5 Mar, 10:00");
    expect(desk.chat("maya").length).toBe(before + 1);
  });

  test("the same one twice is told the same, another one comes too late (D4.2)", async () => {
    const { desk, booking } = await proposed();
    await accept(desk, booking, ten);
    const confirmed = await reread(desk, booking);
    expect(await accept(desk, booking, ten)).toEqual({ ok: true, booking: confirmed });
    expect(await accept(desk, booking, eleven)).toEqual({ ok: false, refusal: "not-now", booking: confirmed });
    expect(await reread(desk, booking)).toEqual(confirmed);
  });

  test("a time that was never proposed is not to be had", async () => {
    const { desk, booking } = await proposed();
    for (const startsAtMs of [asked, at("06T10:00"), Number.NaN])
      expect(await accept(desk, booking, startsAtMs)).toMatchObject({ ok: false, refusal: "gone" });
    expect((await reread(desk, booking)).status).toBe("proposed");
  });

  test("one of several may lapse earlier: it is gone, the others can be taken", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", { ...wednesday, day: "Tue 3 Mar" });
    await propose(desk, booking, { startsAtMs: [at("02T10:00"), at("03T11:00")] });
    const later = at("02T10:00");
    expect(await accept(desk, booking, at("02T10:00"), later)).toMatchObject({ ok: false, refusal: "gone" });
    const open = await inDesk(desk, async (inside) => openProposals(inside, await reread(desk, booking)), later);
    expect(open.map(({ startsAtMs }) => startsAtMs)).toEqual([at("03T11:00")]);
    expect(await accept(desk, booking, at("03T11:00"), later)).toMatchObject({ ok: true });
  });

  test("notice that rolled past meanwhile takes nothing away from who was offered the time (case 8)", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", { ...wednesday, day: "Tue 3 Mar" });
    await propose(desk, booking, { startsAtMs: [at("02T11:00")] });
    expect(await accept(desk, booking, at("02T11:00"), at("02T10:59"))).toMatchObject({ ok: true });
  });
});

describe("proposed → timeout → expired", () => {
  test("at the deadline's own moment an answer is too late, a millisecond before it counts", async () => {
    const { desk, booking } = await proposed();
    const last = at("02T20:00");
    expect(await accept(desk, booking, ten, last)).toMatchObject({ ok: false, booking: { status: "expired" } });
    const other = await proposed();
    expect(await accept(other.desk, other.booking, ten, last - 1)).toMatchObject({ ok: true });
  });

  test("everything is given back, both are told, and the client sees fresh times", async () => {
    const { desk, booking } = await proposed({ keepAsked: true, message: "I am away." });
    await desk.advance("2026-03-02T20:00+00:00");
    expect(await reread(desk, booking)).toMatchObject({ status: "expired" });
    expect((await reread(desk, booking)).reason).toBeUndefined();
    expect([claimsIn(desk), timersIn(desk)]).toEqual([[], []]);
    expect(rows(desk, "proposals").map(({ state }) => state)).toEqual(["expired", "expired"]);
    expect(titleOf(desk, "ana")).toBe("The proposed times have lapsed");
    expect(buttonsOn(desk.newest("ana"))).toContain("Other times");
    expect(titleOf(desk, "maya")).toBe("Proposal not answered");
    expect((await desk.mails()).at(-1)?.subject).toBe("Proposed times lapsed: Talk");
  });

  test("a timer that is not due any more is dropped: another round has begun", async () => {
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

describe("proposed → counter → requested, three rounds", () => {
  test("the asked time is the booking's again, the proposed ones are given back, and the practitioner has time anew", async () => {
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

  test("the practitioner gets a new message with the wish, and three times within it", async () => {
    const { desk } = await proposed();
    const before = desk.chat("maya").length;
    await desk.press("ana", "None of these");
    await desk.say("ana", "not before Friday");
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

  test("what was turned down is not proposed again as one of the best", async () => {
    const { desk } = await proposed();
    await desk.press("ana", "None of these");
    await desk.say("ana", "Thursday");
    expect(wordsOn(desk.newest("maya"))).toContain("These would fit: Thu 5 Mar, 09:00.");
    expect(buttonsOn(desk.newest("maya"))).toContain("Propose this time");
  });

  test("where somebody else took the asked time, the card says so and offers other times or a no", async () => {
    const { desk, booking } = await proposed();
    await request(desk, "ben", { service: "Talk", day: "Wed 4 Mar", time: "04:00" });
    await desk.press("ana", "None of these");
    await desk.press("ana", "Later");
    expect(claimsIn(desk)).toEqual(["request 03-04T09:00"]);
    expect(wordsOn(desk.newest("maya"))).toContain("The time asked for is no longer free.");
    expect(buttonsOn(desk.newest("maya"))).toEqual(["Propose these", "Propose another time", "Decline"]);
    const confirm = await inDesk(desk, (inside) => confirmBooking(inside, maya, booking.id));
    expect(confirm).toMatchObject({ ok: false, refusal: "not-now", booking: { status: "requested" } });
    await desk.press("maya", "Propose these");
    expect((await reread(desk, booking)).status).toBe("proposed");
  });

  test("nor is it taken back where it would leave somebody else no rest before their session (D3.3)", async () => {
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

  test("where nothing is free within the wish it says so, and the times turned down are not offered once more", async () => {
    const desk = await openQuay();
    await request(desk, "ana", wednesday);
    await desk.press("maya", "Propose another time");
    await desk.press("maya", "Send");
    const before = ["Tue 3 Mar, 11:00", "Wed 4 Mar, 10:00", "Wed 4 Mar, 11:00"];
    expect(buttonsOn(desk.newest("ana")).slice(0, 3)).toEqual(before.map((time) => `Accept ${time}`));
    await desk.press("ana", "None of these");
    await desk.say("ana", "Sundays only");
    expect(wordsOn(desk.newest("maya"))).toContain("Nothing is free then.");
    await desk.press("maya", "Propose another time");
    const [times] = desk.newest("maya").parts.flatMap((part) => (part.type === "inputs" ? part.inputs : []));
    expect(times?.options?.filter((option) => before.includes(option))).toEqual([]);
    expect(times?.options).toHaveLength(3);
  });

  test("a request that was proposed for three times is confirmed or declined, not proposed for again", async () => {
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

  test("the same wish twice is one counter; none is none", async () => {
    const { desk, booking } = await proposed();
    expect(await counter(desk, booking, "  ")).toMatchObject({ ok: false, refusal: "wish-missing" });
    await counter(desk, booking, "later");
    const again = await reread(desk, booking);
    expect(await counter(desk, booking, "earlier")).toEqual({ ok: true, booking: again });
  });

  test("after three rounds the client may take a time or talk to the practice, and nobody proposes a fourth", async () => {
    const { desk, booking } = await proposed();
    for (const startsAtMs of [at("06T09:00"), at("06T10:00")]) {
      await counter(desk, booking, "later");
      expect(await propose(desk, booking, { startsAtMs: [startsAtMs] })).toMatchObject({ ok: true });
    }
    expect(await counter(desk, booking, "later")).toMatchObject({ ok: false, refusal: "too-often" });
    await desk.idle();
    await desk.press("ana", "None of these");
    expect(titleOf(desk, "ana")).toBe("Please talk to each other");
    expect(buttonsOn(desk.newest("ana"))).toEqual(["Accept Fri 6 Mar, 10:00", "Withdraw request"]);
    expect((await reread(desk, booking)).proposalRounds).toBe(3);
    await desk.press("ana", "Accept Fri 6 Mar, 10:00");
    expect((await reread(desk, booking)).status).toBe("confirmed");
  });
});

describe("other ends", () => {
  test("a decline while proposed gives everything back, and the message of the proposal is not its reason", async () => {
    const { desk, booking } = await proposed({ message: "I am away.", keepAsked: true });
    await inDesk(desk, (inside) => declineBooking(inside, maya, booking.id));
    await desk.idle();
    expect((await reread(desk, booking)).reason).toBeUndefined();
    expect([claimsIn(desk), timersIn(desk)]).toEqual([[], []]);
    expect(rows(desk, "proposals").map(({ state }) => state)).toEqual(["rejected", "rejected"]);
    expect(titleOf(desk, "ana")).toBe("This time is not possible");
    expect(wordsOn(desk.newest("ana"))).not.toContain("I am away.");
  });

  test("a withdrawal while proposed gives everything back", async () => {
    const { desk, booking } = await proposed();
    await inDesk(desk, (inside) => withdrawBooking(inside, ana, booking.id));
    expect([claimsIn(desk), timersIn(desk)]).toEqual([[], []]);
    expect(await accept(desk, booking, ten)).toMatchObject({ ok: false, refusal: "not-now" });
  });

  test("case 11: to propose for a request that was withdrawn, declined or has expired comes too late", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    const late = await propose(desk, booking, {}, booking.respondByMs);
    expect(late).toMatchObject({ ok: false, refusal: "not-now", booking: { status: "expired" } });
    const other = await request(desk, "ana", { ...wednesday, time: "10:00" });
    await inDesk(desk, (inside) => withdrawBooking(inside, ana, other.id));
    expect(await propose(desk, other)).toMatchObject({ ok: false, refusal: "not-now" });
    expect(rows(desk, "proposals")).toEqual([]);
  });

  test("D4.4: a card from before decides nothing: not the old request, not the old proposal", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    const [confirm, decline, withdraw] = [
      pressOn(desk, "maya", "Confirm"),
      pressOn(desk, "maya", "Decline"),
      pressOn(desk, "ana", "Withdraw request"),
    ];
    await desk.press("maya", "Propose another time");
    await desk.press("maya", "Send");
    const accepting = pressOn(desk, "ana", "Accept Wed 4 Mar, 10:00");
    for (const [user, press] of [
      ["maya", confirm],
      ["maya", decline],
      ["ana", withdraw],
    ] as const)
      expect(await desk.forge(user, press)).toMatchObject({ stale: true });
    await desk.press("ana", "None of these");
    await desk.press("ana", "Later");
    expect(await desk.forge("ana", accepting)).toMatchObject({ stale: true });
    expect((await reread(desk, booking)).status).toBe("requested");
  });

  test("words alone never propose or accept: each leads to a card that asks", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    await desk.say("maya", "propose Thursday 10 to Ana");
    expect(titleOf(desk, "maya")).toBe("Propose other times to Ana Alves");
    expect((await reread(desk, booking)).status).toBe("requested");
    await desk.advance("2026-03-02T08:05+00:00");
    await desk.press("maya", "Send");
    expect((await reread(desk, booking)).status).toBe("proposed");
    // The card came after Ana's last word: a number may be meant for another one.
    await desk.say("ana", "1");
    expect(titleOf(desk, "ana")).toBe("Take this time?");
    expect((await reread(desk, booking)).status).toBe("proposed");
    await desk.say("ana", "yes");
    expect((await reread(desk, booking)).status).toBe("confirmed");
  });

  test("a booking's card shows the way to the proposed times, on both sides", async () => {
    const { desk } = await proposed();
    for (const [user, title] of [
      ["ana", "Maya Lee proposes other times"],
      ["maya", "You proposed other times"],
    ] as const) {
      await desk.say(user, "bookings");
      await desk.say(user, "1");
      await desk.press(user, "Proposed times");
      expect(titleOf(desk, user)).toBe(title);
    }
  });

  test("a service that nobody offers any more leaves no other time to propose, and none to be forced (case 21)", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    await importAgain(desk, quay.replace(/ {2}- \{ id: talk,.*\n/, ""));
    await desk.press("maya", "Propose another time");
    expect(titleOf(desk, "maya")).toBe("Propose other times to Ana Alves");
    expect((await reread(desk, booking)).status).toBe("requested");
  });

  test("a client who is filling in a hold is not in the way of their own proposal, others are", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    await hold(desk, "ben", { service: "Talk", day: "Thu 5 Mar", time: "05:00" });
    expect(await propose(desk, booking)).toMatchObject({ ok: false, refusal: "slot-taken", startsAtMs: ten });
    await desk.advance("2026-03-02T08:10+00:00");
    expect(await propose(desk, booking)).toMatchObject({ ok: true });
  });
});

import { describe, expect, test } from "vitest";
import { confirmBooking, declineBooking, withdrawBooking } from "../../src/desk/booking/decide.ts";
import { acceptProposal, counterProposals } from "../../src/desk/changes/answer-proposal.ts";
import { proposeTimes } from "../../src/desk/changes/propose.ts";
import {
  accept,
  ana,
  asked,
  at,
  auditIn,
  claimsIn,
  maya,
  propose,
  proposed,
  ten,
  timersIn,
  wednesday,
} from "./proposed.ts";
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

describe("requested → propose 1–3 times → proposed (D4.14)", () => {
  test("the requested time is released, each proposed one is held for twelve hours, and the deadline is now the client's", async () => {
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

  test("the requested time stays if the practitioner keeps it, and can still be confirmed", async () => {
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

  test("a time is held until its own start at most", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", { ...wednesday, day: "Tue 3 Mar" });
    await propose(desk, booking, { startsAtMs: [at("02T10:00"), at("03T11:00")] });
    expect(rows(desk, "proposals").map(({ expires_at_ms }) => expires_at_ms)).toEqual([at("02T10:00"), at("02T20:00")]);
    expect((await reread(desk, booking)).respondByMs).toBe(at("02T20:00"));
  });

  test("the same order twice takes effect once (D4.2, case 10)", async () => {
    const { desk, booking } = await proposed();
    expect(await propose(desk, booking)).toMatchObject({ ok: true, booking: { version: booking.version } });
    expect(rows(desk, "proposals")).toHaveLength(2);
    expect(await reread(desk, booking)).toEqual(booking);
  });

  test("one to three times, without duplicates", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    const friday = [9, 10, 11].map((hour) => at(`06T${String(hour).padStart(2, "0")}:00`));
    expect(await propose(desk, booking, { startsAtMs: [] })).toMatchObject({ refusal: "how-many" });
    expect(await propose(desk, booking, { startsAtMs: [ten, ...friday] })).toMatchObject({ refusal: "how-many" });
    expect(await propose(desk, booking, { startsAtMs: [asked] })).toMatchObject({ refusal: "same-time" });
    expect(await propose(desk, booking, { startsAtMs: [ten, ten] })).toMatchObject({ ok: true });
    expect(rows(desk, "proposals")).toHaveLength(1);
  });

  test("D3.8: outside the practitioner's hours only when forced; over another session or in the past never", async () => {
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

  test("D7.4: only the booking's practitioner proposes, only its client answers", async () => {
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

  test("no other client is offered a proposed time, or gets it by an older button", async () => {
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
    // The released one is open to all.
    await desk.press("ben", "Wed 4 Mar");
    expect(buttonsOn(desk.newest("ben"))).toContain("04:00");
  });
});

describe("other ends", () => {
  test("a decline while proposed releases every time, and the proposal's message is not used as its reason", async () => {
    const { desk, booking } = await proposed({ message: "I am away.", keepAsked: true });
    await inDesk(desk, (inside) => declineBooking(inside, maya, booking.id));
    await desk.idle();
    expect((await reread(desk, booking)).reason).toBeUndefined();
    expect([claimsIn(desk), timersIn(desk)]).toEqual([[], []]);
    expect(rows(desk, "proposals").map(({ state }) => state)).toEqual(["rejected", "rejected"]);
    expect(titleOf(desk, "ana")).toBe("This time is not possible");
    expect(wordsOn(desk.newest("ana"))).not.toContain("I am away.");
  });

  test("a withdrawal while proposed releases every time", async () => {
    const { desk, booking } = await proposed();
    await inDesk(desk, (inside) => withdrawBooking(inside, ana, booking.id));
    expect([claimsIn(desk), timersIn(desk)]).toEqual([[], []]);
    expect(await accept(desk, booking, ten)).toMatchObject({ ok: false, refusal: "not-now" });
  });

  test("case 11: a proposal for a withdrawn, declined or expired request is too late", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    const late = await propose(desk, booking, {}, booking.respondByMs);
    expect(late).toMatchObject({ ok: false, refusal: "not-now", booking: { status: "expired" } });
    const other = await request(desk, "ana", { ...wednesday, time: "10:00" });
    await inDesk(desk, (inside) => withdrawBooking(inside, ana, other.id));
    expect(await propose(desk, other)).toMatchObject({ ok: false, refusal: "not-now" });
    expect(rows(desk, "proposals")).toEqual([]);
  });

  test("D4.4: an older card decides nothing: neither the old request nor the old proposal", async () => {
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

  test("typed words alone never propose or accept: each leads to a card that asks", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    await desk.say("maya", "propose Thursday 10 to Ana");
    expect(titleOf(desk, "maya")).toBe("Propose other times to Ana Alves");
    expect((await reread(desk, booking)).status).toBe("requested");
    await desk.advance("2026-03-02T08:05+00:00");
    await desk.press("maya", "Send");
    expect((await reread(desk, booking)).status).toBe("proposed");
    // The card came after Ana's last word, so a number may be meant for another card.
    await desk.say("ana", "1");
    expect(titleOf(desk, "ana")).toBe("Take this time?");
    expect((await reread(desk, booking)).status).toBe("proposed");
    await desk.say("ana", "yes");
    expect((await reread(desk, booking)).status).toBe("confirmed");
  });

  test("a booking's card leads to the proposed times, on both sides", async () => {
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

  test("a service without practitioners leaves no other time to propose, and none to force (case 21)", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    await importAgain(desk, quay.replace(/ {2}- \{ id: talk,.*\n/, ""));
    await desk.press("maya", "Propose another time");
    expect(titleOf(desk, "maya")).toBe("Propose other times to Ana Alves");
    expect((await reread(desk, booking)).status).toBe("requested");
  });

  test("a client's own unsent hold does not block their proposal, other holds do", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    await hold(desk, "ben", { service: "Talk", day: "Thu 5 Mar", time: "05:00" });
    expect(await propose(desk, booking)).toMatchObject({ ok: false, refusal: "slot-taken", startsAtMs: ten });
    await desk.advance("2026-03-02T08:10+00:00");
    expect(await propose(desk, booking)).toMatchObject({ ok: true });
  });
});

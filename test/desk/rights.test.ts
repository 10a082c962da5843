import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Actor } from "../../src/desk/actor.ts";
import { saveAnswers } from "../../src/desk/booking/answers.ts";
import { confirmBooking, declineBooking, withdrawBooking } from "../../src/desk/booking/decide.ts";
import { dropDraft, holdSlot, releaseHold } from "../../src/desk/booking/hold.ts";
import { submitBooking } from "../../src/desk/booking/request.ts";
import type { TestDesk } from "../support/desk.ts";
import {
  asClient,
  asPractitioner,
  dump,
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
} from "./quay.ts";

// D7.4: every action checks the acting person again; another person's card or payload does nothing.

/** The books without what every inbound leaves: its id, the turn counter of its sender, the audit. */
function books(desk: TestDesk): Readonly<Record<string, string>> {
  const { inbox: _, identities: __, audit: ___, sqlite_sequence: ____, ...rest } = dump(desk);
  return rest;
}

/** A desk where every kind of card is in a chat with live buttons. */
async function withEveryCard(): Promise<TestDesk> {
  const desk = await openQuay();
  for (const user of ["ana", "maya"]) {
    await desk.say(user, "menu");
    await desk.say(user, "help");
    await desk.say(user, "gibberish");
  }
  await request(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
  await request(desk, "ana", { service: "Quick", day: "Wed 4 Mar", time: "10:00" });
  await request(desk, "ana", { service: "Talk", day: "Thu 5 Mar", time: "09:00" });
  await desk.press("ana", "Withdraw request");
  await request(desk, "ana", { service: "Talk", day: "Fri 6 Mar", time: "09:00" });
  await desk.press("maya", "Decline");
  await desk.press("maya", "Decline", { reason: "Away" });
  await request(desk, "ana", { service: "Talk", day: "Fri 6 Mar", time: "10:00" });
  await desk.press("maya", "Decline");
  for (const step of [[], ["Duo"], ["Duo", "Anyone"], ["Visit"]]) {
    await desk.say("ana", "book");
    for (const press of step) await desk.press("ana", press);
  }
  await hold(desk, "ana", { service: "Visit", day: "Thu 5 Mar", time: "11:00" });
  await hold(desk, "ana", { service: "Talk", day: "Thu 5 Mar", time: "10:00" });
  await desk.say("ana", "my bookings");
  await desk.say("maya", "requests");
  return desk;
}

describe("a press on another person's card", () => {
  test.each(["ben", "jonas", "zed", "ana", "maya"])(
    "by %s is refused, changes nothing and leaves one audit entry",
    async (thief) => {
      const desk = await withEveryCard();
      await desk.open(thief);
      const owners = ["ana", "maya"].filter((owner) => owner !== thief);
      const presses = owners.flatMap((owner) => pressesIn(desk, owner));
      expect(new Set(presses.map(({ event }) => event.type)).size).toBeGreaterThan(4);
      const before = books(desk);
      for (const press of presses) {
        const audited = rows(desk, "audit").length;
        const answer = await desk.forge(thief, press);
        expect(answer, press.label).toEqual({ refused: expect.stringContaining("someone else") });
        const added = rows(desk, "audit").slice(audited);
        expect(added, press.label).toMatchObject([
          { action: "press.refused", subject: press.talkId, place: `page:local:${thief}` },
        ]);
      }
      expect(books(desk)).toEqual(before);
    },
  );

  test("for an unknown talk is refused the same way, so that it does not reveal which talks exist", async () => {
    const desk = await openQuay();
    await desk.open("ben");
    await desk.open("ana");
    const real = await desk.forge("ben", pressOn(desk, "ana", "Help"));
    const made = await desk.forge("ben", { talkId: "tk_none", revision: 1, event: { type: "help.asked" } });
    expect(made).toEqual(real);
  });
});

describe("a hand-made press on one's own card", () => {
  test.each([
    ["an event that the card does not offer", { type: "booking.submitted" }],
    ["a slot that the card does not offer", { type: "slot.chosen", startsAtMs: Date.parse("2026-03-04T03:00Z") }],
    ["an answer that only the desk gives", { type: "hold.granted", bookingId: "bk_other" }],
    ["a booking's state as the desk reports it", { type: "booking.changed", status: "confirmed" }],
    ["a known event with an additional field", { type: "went.back", extra: true }],
    ["an event of no flow", { type: "constructor" }],
    ["an event with a name that xstate reserves", { type: "xstate.init" }],
  ])("%s is refused and changes nothing", async (_what, event) => {
    const desk = await openQuay();
    await desk.say("ana", "book");
    await desk.press("ana", "Talk");
    const { talkId, revision } = pressOn(desk, "ana", "Back");
    const before = books(desk);
    const answer = await desk.forge("ana", { talkId, revision, event });
    expect(answer).toEqual({ refused: expect.stringContaining("no longer on the card") });
    expect(books(desk)).toEqual(before);
    expect(rows(desk, "audit")).toMatchObject([{ action: "press.refused", actor: "client:ana", subject: talkId }]);
  });

  test("D4.4: a button of an older card does nothing; the present card is returned and painted again", async () => {
    const desk = await openQuay();
    await desk.say("ana", "book");
    const old = pressOn(desk, "ana", "Quick");
    await desk.press("ana", "Talk");
    const present = desk.newest("ana");
    const answer = await desk.forge("ana", old);
    expect(answer).toMatchObject({ stale: true, talkId: old.talkId, card: present });
    expect(desk.newest("ana")).toEqual(present);
    expect(rows(desk, "bookings")).toEqual([]);
  });

  test("D4.4: a revision that was never shown counts as old", async () => {
    const desk = await openQuay();
    await desk.say("ana", "book");
    const press = pressOn(desk, "ana", "Talk");
    for (const revision of [0, -1, press.revision + 1, 1e9]) {
      expect(await desk.forge("ana", { ...press, revision })).toMatchObject({ stale: true });
    }
  });
});

describe("an archived person", () => {
  const withoutAna = quay.replace(/ {2}- \{ id: ana.*\n/, "");
  const withoutMaya = quay
    .replace(/ {2}- \{ id: maya.*\n/, "")
    .replaceAll("[maya]", "[jonas]")
    .replace("[maya, jonas]", "[jonas]");

  test("as client: every press is refused with a sentence, nothing changes, one audit entry each", async () => {
    const desk = await withEveryCard();
    await importAgain(desk, withoutAna);
    await desk.idle();
    const before = books(desk);
    const presses = pressesIn(desk, "ana");
    const audited = rows(desk, "audit").length;
    for (const press of presses) {
      expect((await desk.forge("ana", press)).refused, press.label).toContain("no longer have access");
    }
    expect(books(desk)).toEqual(before);
    expect(rows(desk, "audit")).toHaveLength(audited + presses.length);
    await desk.say("ana", "book");
    expect(titleOf(desk, "ana")).toBe("Welcome");
  });

  test("as practitioner: Confirm is refused, the request expires, nothing throws", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
    const confirm = pressOn(desk, "maya", "Confirm");
    await importAgain(desk, withoutMaya);
    expect((await desk.forge("maya", confirm)).refused).toContain("no longer have access");
    await desk.advance("2026-03-03T08:00+00:00");
    expect((await reread(desk, booking)).status).toBe("expired");
    expect(titleOf(desk, "ana")).toBe("Your request was not answered in time");
  });

  test("as client with an open request: the practitioner may still answer it, and the mail is still sent", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
    await importAgain(desk, withoutAna);
    await desk.press("maya", "Confirm");
    expect((await reread(desk, booking)).status).toBe("confirmed");
    expect((await desk.mails()).at(-1)?.to).toBe("ana@example.com");
    expect(desk.chat("ana").at(-1)?.card.title).toBe("Waiting for an answer");
  });

  test("whose chat account now belongs to another client: the new person sees and changes nothing of the old one", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
    const withdraw = pressOn(desk, "ana", "Withdraw request");
    await importAgain(desk, withoutAna.replace("chat: [{ page: ben }]", "chat: [{ page: ben }, { page: ana }]"));
    expect((await desk.forge("ana", withdraw)).refused).toContain("no longer have access");
    await desk.say("ana", "withdraw request");
    await desk.say("ana", "my bookings");
    expect(titleOf(desk, "ana")).toBe("Upcoming sessions");
    expect(JSON.stringify(desk.newest("ana"))).not.toContain(booking.id);
    expect((await reread(desk, booking)).status).toBe("requested");
  });
});

describe("the desk's functions, without cards", () => {
  const strangers: readonly (readonly [string, Actor])[] = [
    ["another client", asClient("ben")],
    ["the same client id of another practice", asClient("ana", "other")],
    ["another practitioner", asPractitioner("jonas")],
    ["an admin of another practice", asPractitioner("maya", { admin: true, practiceId: "other" })],
    ["a stranger", { kind: "stranger", practiceId: "", place: "page:local:zed" }],
  ];

  test.each(strangers)("%s decides, withdraws, answers, submits and releases nothing", async (_who, actor) => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
    await hold(desk, "ana", { service: "Visit", day: "Wed 4 Mar", time: "10:00" });
    const draft = String(rows(desk, "bookings").find(({ status }) => status === "held")?.id);
    const before = books(desk);
    const refused = { ok: false, refusal: "not-yours" };
    await inDesk(desk, async (inside) => {
      expect(await confirmBooking(inside, actor, booking.id)).toEqual(refused);
      expect(await declineBooking(inside, actor, booking.id, "no")).toEqual(refused);
      expect(await withdrawBooking(inside, actor, booking.id)).toEqual(refused);
      expect(await submitBooking(inside, actor, draft)).toEqual(refused);
      expect(await saveAnswers(inside, actor, draft, { diet: "None" })).toEqual(refused);
      await releaseHold(inside, actor, draft);
      await dropDraft(inside, actor, draft);
    });
    expect(books(desk)).toEqual(before);
  });

  test("the client cannot act as practitioner, nor the practitioner as client", async () => {
    const desk = await openQuay();
    const { id } = await request(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
    const refused = { ok: false, refusal: "not-yours" };
    await inDesk(desk, async (inside) => {
      expect(await confirmBooking(inside, asClient("ana"), id)).toEqual(refused);
      expect(await withdrawBooking(inside, asPractitioner("maya"), id)).toEqual(refused);
      const order = { serviceId: "talk", methodKey: "video", startsAtMs: Date.parse("2026-03-05T09:00Z") };
      expect(await holdSlot(inside, asPractitioner("maya"), order)).toEqual({ ok: false, refusal: "not-bookable" });
    });
  });

  test("an admin of the practice may decide for a colleague", async () => {
    const desk = await openQuay();
    const { id } = await request(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
    const decided = await inDesk(desk, (inside) =>
      confirmBooking(inside, asPractitioner("jonas", { admin: true }), id),
    );
    expect(decided).toMatchObject({ ok: true, booking: { status: "confirmed" } });
  });

  test("another client's earlier booking shares neither its answers nor its hold", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", { service: "Visit", day: "Wed 4 Mar", time: "09:00" });
    await desk.press("ana", "Continue", { goal: "planted", diet: "Other" });
    const anas = String(rows(desk, "bookings")[0]?.id);
    const order = {
      serviceId: "visit",
      methodKey: "in_person:pier",
      startsAtMs: Date.parse("2026-03-05T09:00Z"),
      earlierBookingId: anas,
    };
    const held = await inDesk(desk, (inside) => holdSlot(inside, asClient("ben"), order));
    expect(held.ok && held.booking.id).not.toBe(anas);
    expect(rows(desk, "answers").every(({ booking_id }) => booking_id === anas)).toBe(true);
    expect(rows(desk, "claims")).toHaveLength(2);
  });
});

test("another person's inbound id, sent again, reveals nothing of their talk", async () => {
  const desk = await openQuay();
  const inbound = { id: randomUUID(), receivedAtMs: 0, body: { type: "text", text: "book" } as const };
  const from = (user: string) => ({ platform: "page", workspace: "local", user }) as const;
  await desk.engine.deliver({ ...inbound, from: from("ana") });
  expect((await desk.engine.deliver({ ...inbound, from: from("ana") })).card?.title).toBe(
    "What would you like to book?",
  );
  expect(await desk.engine.deliver({ ...inbound, from: from("ben") })).toEqual({});
});

test("an outgoing message does not count as activity of its reader", async () => {
  const desk = await openQuay();
  await desk.open("maya");
  await desk.advance("2026-03-02T09:00+00:00");
  await request(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
  const seen = rows(desk, "identities").find(({ user }) => user === "maya");
  expect(seen?.last_seen_at_ms).toBe(Date.parse("2026-03-02T08:00Z"));
});

import { describe, expect, test } from "vitest";
import type { BookingStatus } from "../../src/domain/booking.ts";
import { instant } from "../support/clock.ts";
import type { TestDesk } from "../support/desk.ts";
import {
  bookingsOf,
  buttonsOn,
  hold,
  importAgain,
  openQuay,
  pressOn,
  quay,
  request,
  reread,
  rows,
  titleOf,
} from "./quay.ts";

// D4.10 to D4.22, one by one: who may act on a booking, its next state, and the changes in the same transaction.

const wednesday = { service: "Talk", day: "Wed 4 Mar", time: "09:00" };
const nineOnWednesday = instant("2026-03-04T09:00Z");

const claimsIn = (desk: TestDesk) => rows(desk, "claims").map(({ kind, starts_at_ms }) => [kind, starts_at_ms]);
const timersIn = (desk: TestDesk) =>
  rows(desk, "timers")
    .map(({ kind }) => kind)
    .toSorted();
const auditIn = (desk: TestDesk) => rows(desk, "audit").map(({ actor, action }) => `${actor} ${action}`);
const mailsIn = async (desk: TestDesk) =>
  (await desk.mails()).map(({ to, subject }) => `${to}: ${subject.split(":")[0]}`);

describe("a held time", () => {
  test("belongs to the client for ten minutes: other clients do not see it, its owner still sees it as free (D4.10)", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", wednesday);
    const [draft] = await bookingsOf(desk, "ana");
    expect(draft).toMatchObject({ status: "held", startsAtMs: nineOnWednesday });
    expect(rows(desk, "claims")).toMatchObject([{ kind: "hold", expires_at_ms: instant("2026-03-02T08:10Z") }]);

    await desk.say("ben", "book");
    await desk.press("ben", "Talk");
    await desk.press("ben", "Wed 4 Mar");
    expect(buttonsOn(desk.newest("ben"))).not.toContain("04:00");
    await desk.press("ana", "Back");
    await desk.press("ana", "Wed 4 Mar");
    expect(buttonsOn(desk.newest("ana"))).toContain("09:00");
  });

  test("is released at once by Back", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", wednesday);
    await desk.press("ana", "Back");
    expect(claimsIn(desk)).toEqual([]);
  });

  test("is released at once by Start over, and the draft is deleted with its answers and timers", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", { ...wednesday, service: "Visit" });
    await desk.press("ana", "Continue", { goal: "planted", diet: "Other" });
    await desk.press("ana", "Start over");
    for (const table of ["claims", "bookings", "timers", "answers"]) expect(rows(desk, table), table).toEqual([]);
  });

  test("expires after ten minutes, to the millisecond", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", wednesday);
    await desk.advance("2026-03-02T08:09:59.999+00:00");
    expect(claimsIn(desk)).toHaveLength(1);
    await desk.advance("2026-03-02T08:10:00+00:00");
    expect(claimsIn(desk)).toEqual([]);
  });

  test("that was not used is deleted a day later, and a press on its card says so kindly", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", { ...wednesday, service: "Visit" });
    await desk.advance("2026-03-03T08:00+00:00");
    expect(rows(desk, "bookings")).toEqual([]);
    expect(timersIn(desk)).toEqual([]);
    await desk.press("ana", "Continue", { goal: "walk", diet: "None" });
    expect(buttonsOn(desk.newest("ana")).slice(0, 3)).toEqual([
      "Wed 4 Mar, 09:00",
      "Wed 4 Mar, 10:00",
      "Wed 4 Mar, 11:00",
    ]);
  });
});

describe("Confirm & book (D4.11)", () => {
  test("makes a held time a request that holds its slot (D4.1)", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    expect(booking).toMatchObject({ status: "requested", respondByMs: instant("2026-03-03T08:00Z") });
    expect(claimsIn(desk)).toEqual([["request", nineOnWednesday]]);
    expect(timersIn(desk)).toEqual(["nudge-50", "nudge-85", "respond-by", "unanswered-mail"]);
    expect(auditIn(desk)).toEqual(["client:ana booking.requested"]);
    expect(await mailsIn(desk)).toEqual(["ana@example.com: Request received"]);
    expect(titleOf(desk, "ana")).toBe("Waiting for an answer");
    expect(buttonsOn(desk.newest("maya"))).toEqual(["Confirm", "Propose another time", "Decline"]);
  });

  test("confirms an automatically confirmed service at once and notifies the practitioner", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", { ...wednesday, service: "Quick" });
    expect(booking.status).toBe("confirmed");
    expect(booking.joinUrl).toMatch(/^https:\/\/meet\.quay\.example\/[\w-]{22}$/);
    expect(claimsIn(desk)).toEqual([["session", nineOnWednesday]]);
    expect(timersIn(desk)).toEqual(["completion", "reminder-1", "reminder-2"]);
    expect(await mailsIn(desk)).toEqual(["ana@example.com: Confirmed"]);
    expect(titleOf(desk, "maya")).toBe("A new session");
  });

  test("records which terms were accepted, when and where (D5.3)", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", { ...wednesday, service: "Visit" });
    await desk.press("ana", "Continue", { goal: "walk", diet: "None" });
    expect(rows(desk, "terms_acceptances")).toEqual([]);
    await desk.press("ana", "Confirm & book");
    expect(rows(desk, "terms_acceptances")).toMatchObject([
      {
        client_id: "ana",
        terms_id: "rules",
        version: "2026-01",
        accepted_at_ms: instant("2026-03-02T08:00Z"),
        place: "page:local:ana",
      },
    ]);
  });
});

interface Decision {
  readonly name: string;
  readonly decide: (desk: TestDesk) => Promise<unknown>;
  readonly to: BookingStatus;
  readonly claims: readonly string[];
  readonly timers: readonly string[];
  readonly audit: string;
  readonly mail?: string;
  readonly clientSees: string;
  readonly practitionerSees: string;
}

const decisions: readonly Decision[] = [
  {
    name: "confirm (practitioner), D4.12",
    decide: (desk) => desk.press("maya", "Confirm"),
    to: "confirmed",
    claims: ["session"],
    timers: ["completion", "reminder-1", "reminder-2"],
    audit: "practitioner:maya booking.confirmed",
    mail: "Confirmed",
    clientSees: "Your session is confirmed",
    practitionerSees: "Confirmed",
  },
  {
    name: "decline (practitioner), D4.13",
    decide: async (desk) => {
      await desk.press("maya", "Decline");
      await desk.press("maya", "Decline", { reason: "I am away." });
    },
    to: "declined",
    claims: [],
    timers: [],
    audit: "practitioner:maya booking.declined",
    mail: "Not possible",
    clientSees: "This time is not possible",
    practitionerSees: "Declined",
  },
  {
    name: "withdraw (client), D4.17",
    decide: async (desk) => {
      await desk.press("ana", "Withdraw request");
      await desk.press("ana", "Yes, withdraw it");
    },
    to: "withdrawn",
    claims: [],
    timers: [],
    audit: "client:ana booking.withdrawn",
    clientSees: "Request withdrawn",
    practitionerSees: "Withdrawn by the client",
  },
  {
    name: "deadline, D4.18",
    decide: (desk) => desk.advance("2026-03-03T08:00+00:00"),
    to: "expired",
    claims: [],
    timers: [],
    audit: "desk booking.expired",
    mail: "No answer in time",
    clientSees: "Your request was not answered in time",
    practitionerSees: "Not answered in time",
  },
];

describe.each(decisions)("requested, then $name", (row) => {
  test("in one transaction: state, claim, timers, audit, mail, both cards", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    await row.decide(desk);
    expect(await reread(desk, booking)).toMatchObject({ status: row.to, version: booking.version + 1 });
    expect(claimsIn(desk).map(([kind]) => kind)).toEqual(row.claims);
    expect(timersIn(desk)).toEqual(row.timers);
    expect(auditIn(desk).at(-1)).toBe(row.audit);
    expect((await mailsIn(desk)).filter((mail) => !mail.includes("Request received"))).toEqual([
      ...(row.mail === undefined ? [] : [`ana@example.com: ${row.mail}`]),
    ]);
    expect(titleOf(desk, "ana")).toBe(row.clientSees);
    expect(titleOf(desk, "maya")).toBe(row.practitionerSees);
  });

  test("a second tap on any button gets the present state and changes nothing (D4.2, D4.4)", async () => {
    const desk = await openQuay();
    const booking = await request(desk, "ana", wednesday);
    const taps = [pressOn(desk, "maya", "Confirm"), pressOn(desk, "maya", "Decline")];
    const withdraw = pressOn(desk, "ana", "Withdraw request");
    await row.decide(desk);
    const before = { ...(await reread(desk, booking)) };
    const mails = (await desk.mails()).length;
    const audit = rows(desk, "audit").length;
    for (const tap of taps) {
      expect((await desk.forge("maya", tap)).card?.title).toBe(row.practitionerSees);
    }
    expect((await desk.forge("ana", withdraw)).card?.title).toBe(row.clientSees);
    expect(await reread(desk, booking)).toEqual(before);
    expect(await desk.mails()).toHaveLength(mails);
    expect(rows(desk, "audit").filter(({ action }) => action !== "press.refused")).toHaveLength(audit);
  });
});

test("with two chats of one practitioner the first decision wins and the other chat shows it (D4.2)", async () => {
  const desk = await openQuay();
  const booking = await request(desk, "ana", wednesday);
  await desk.say("maya", "requests");
  const second = pressOn(desk, "maya", "Ana Alves, Wed 4 Mar, 09:00");
  await desk.forge("maya", second); // a second review card of the same request
  const [first, again] = desk.chat("maya").filter(({ card }) => buttonsOn(card).includes("Confirm"));
  expect(first?.talkId).not.toBe(again?.talkId);
  await desk.forge("maya", { ...pressOn(desk, "maya", "Confirm") });
  expect(desk.chat("maya").filter(({ card }) => card.title === "Confirmed")).toHaveLength(2);
  expect((await reread(desk, booking)).version).toBe(booking.version + 1);
});

test("a session counts as completed one day after its end, not earlier (D4.21)", async () => {
  const desk = await openQuay();
  const booking = await request(desk, "ana", { ...wednesday, service: "Quick" });
  await desk.advance("2026-03-05T09:59:59.999+00:00");
  expect((await reread(desk, booking)).status).toBe("confirmed");
  await desk.advance("2026-03-05T10:00:00+00:00");
  expect((await reread(desk, booking)).status).toBe("completed");
  expect(claimsIn(desk)).toEqual([]);
  expect(timersIn(desk)).toEqual([]);
  expect(buttonsOn(desk.newest("ana"))).toEqual([]);
});

test("the client's choice stays on the booking when the service is edited (D2.3)", async () => {
  const desk = await openQuay();
  const booking = await request(desk, "ana", wednesday);
  await importAgain(
    desk,
    quay.replace("publicName: Talk, durationMinutes: 60", "publicName: Chat, durationMinutes: 30"),
  );
  await desk.press("maya", "Confirm");
  const confirmed = await reread(desk, booking);
  expect(confirmed.frozen).toEqual(booking.frozen);
  expect(confirmed.endsAtMs - confirmed.startsAtMs).toBe(60 * 60_000);
  expect((await desk.mails()).at(-1)?.subject).toContain("Talk");
});

import { describe, expect, test } from "vitest";
import { holdSlot } from "../../src/desk/booking/hold.ts";
import { instant } from "../support/clock.ts";
import {
  asClient,
  bookingsOf,
  buttonsOn,
  hold,
  importAgain,
  inDesk,
  openQuay,
  pressOn,
  quay,
  request,
  reread,
  rows,
  titleOf,
  wordsOn,
} from "./quay.ts";

const wednesday = { service: "Talk", day: "Wed 4 Mar", time: "09:00" };

/** Wednesday 09:00 in Lisbon is 04:00 in New York, where Ben is. */
const bensWednesday = { service: "Talk", day: "Wed 4 Mar", time: "04:00" };

describe("D4.3: two clients, one slot", () => {
  test("case 6: both choose it in the same second, one holds it, the other is offered the three nearest in the same card", async () => {
    const desk = await openQuay();
    for (const user of ["ana", "ben"]) {
      await desk.say(user, "book");
      await desk.press(user, "Talk");
      await desk.press(user, "Wed 4 Mar");
    }
    const before = [desk.chat("ana").length, desk.chat("ben").length];
    const [anas, bens] = [pressOn(desk, "ana", "09:00"), pressOn(desk, "ben", "04:00")];
    await Promise.all([desk.forge("ana", anas), desk.forge("ben", bens)]);

    const titles = [titleOf(desk, "ana"), titleOf(desk, "ben")];
    expect(titles.toSorted()).toEqual(["Please check everything", "That time was just taken"]);
    expect([desk.chat("ana").length, desk.chat("ben").length]).toEqual(before);
    const loser = titles[0] === "That time was just taken" ? "ana" : "ben";
    const offered = {
      ana: ["Tue 3 Mar, 11:00", "Wed 4 Mar, 10:00", "Wed 4 Mar, 11:00"],
      ben: ["Tue 3 Mar, 06:00", "Wed 4 Mar, 05:00", "Wed 4 Mar, 06:00"],
    };
    expect(buttonsOn(desk.newest(loser)).slice(0, 3)).toEqual(offered[loser]);
    expect(rows(desk, "claims")).toHaveLength(1);
  });

  test("case 6 at Confirm & book: both holds expired, both are on the review; the first commit wins", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", wednesday);
    await desk.advance("2026-03-02T08:10+00:00");
    await hold(desk, "ben", bensWednesday);
    await desk.advance("2026-03-02T08:20+00:00");
    await Promise.all([
      desk.forge("ana", pressOn(desk, "ana", "Confirm & book")),
      desk.forge("ben", pressOn(desk, "ben", "Confirm & book")),
    ]);
    const statuses = [...(await bookingsOf(desk, "ana")), ...(await bookingsOf(desk, "ben"))].map(
      ({ status }) => status,
    );
    expect(statuses.toSorted()).toEqual(["held", "requested"]);
    expect(rows(desk, "claims")).toMatchObject([{ kind: "request" }]);
    expect([titleOf(desk, "ana"), titleOf(desk, "ben")].toSorted()).toEqual([
      "That time was just taken",
      "Waiting for an answer",
    ]);
  });

  test("the answers of the client who lost are kept: another time leads straight to the review", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", { ...wednesday, service: "Visit" });
    await desk.press("ana", "Continue", { goal: "walk", diet: "None" });
    await desk.advance("2026-03-02T08:10+00:00");
    await request(desk, "ben", bensWednesday);
    await desk.press("ana", "Confirm & book");
    expect(titleOf(desk, "ana")).toBe("That time was just taken");
    await desk.press("ana", "Wed 4 Mar, 10:00");
    expect(titleOf(desk, "ana")).toBe("Please check everything");
    expect(wordsOn(desk.newest("ana"))).toContain("Form: 2 answers");
  });
});

describe("D3.7: every choice is checked again under the lock", () => {
  test.each([
    ["a start that was never offered", instant("2026-03-04T09:17Z")],
    ["a start in the night", instant("2026-03-04T03:00Z")],
    ["a start in the past", instant("2026-02-25T09:00Z")],
    ["a start beyond the horizon", instant("2027-03-03T09:00Z")],
    ["a start that is not a valid instant", Number.MAX_SAFE_INTEGER],
  ])("%s from a card's button is never held", async (_what, startsAtMs) => {
    const desk = await openQuay();
    const order = { serviceId: "talk", methodKey: "video", startsAtMs };
    expect(await inDesk(desk, (inside) => holdSlot(inside, asClient("ana"), order))).toEqual({
      ok: false,
      refusal: "slot-taken",
    });
    expect(rows(desk, "bookings")).toEqual([]);
    expect(rows(desk, "claims")).toEqual([]);
  });

  test("case 7: a hold that expired while the form was open is renewed silently", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", { ...wednesday, service: "Visit" });
    await desk.advance("2026-03-02T09:00+00:00");
    await desk.press("ana", "Continue", { goal: "walk", diet: "None" });
    await desk.press("ana", "Confirm & book");
    expect(titleOf(desk, "ana")).toBe("Waiting for an answer");
  });

  test("case 8: the minimum notice passes meanwhile; a valid hold stays valid", async () => {
    const desk = await openQuay({ now: "2026-03-03T06:59+00:00" });
    await hold(desk, "ana", { service: "Talk", time: "09:00" });
    await desk.advance("2026-03-03T07:05+00:00");
    await desk.press("ana", "Confirm & book");
    expect(titleOf(desk, "ana")).toBe("Waiting for an answer");
  });

  test("the minimum notice passes and the hold expires: the time is gone", async () => {
    const desk = await openQuay({ now: "2026-03-03T06:59+00:00" });
    await hold(desk, "ana", { service: "Talk", time: "09:00" });
    await desk.advance("2026-03-03T07:09+00:00");
    await desk.press("ana", "Confirm & book");
    expect(titleOf(desk, "ana")).toBe("That time is too soon");
  });

  test("a limit of one session a day, reached while two clients fill in their forms: the second is offered another day", async () => {
    const desk = await openQuay({
      practice: quay.replace(`to: "12:00" }] }`, `to: "12:00" }], limits: { perDay: 1 } }`),
    });
    await hold(desk, "ana", wednesday);
    await hold(desk, "ben", { ...bensWednesday, time: "05:00" });
    await desk.press("ana", "Confirm & book");
    await desk.press("ben", "Confirm & book");
    expect(titleOf(desk, "ben")).toBe("That time is not free");
    expect(wordsOn(desk.newest("ben"))).toContain("no more sessions are taken that day");
    expect(
      buttonsOn(desk.newest("ben"))
        .slice(0, 3)
        .some((title) => title.startsWith("Wed 4 Mar")),
    ).toBe(false);
  });

  test("a service that was archived between the hold and Confirm & book is not requested", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", wednesday);
    await importAgain(desk, quay.replace(/ {2}- \{ id: talk.*\n/, ""));
    await desk.press("ana", "Confirm & book");
    expect((await bookingsOf(desk, "ana")).map(({ status }) => status)).toEqual(["held"]);
    expect(await desk.mails()).toEqual([]);
  });
});

test("a client has one hold at a time: a second talk's hold releases the first", async () => {
  const desk = await openQuay();
  await hold(desk, "ana", wednesday);
  await desk.say("ana", "home");
  await hold(desk, "ana", { ...wednesday, time: "10:00" });
  expect(rows(desk, "claims")).toMatchObject([{ starts_at_ms: instant("2026-03-04T10:00Z") }]);
});

test("Anyone: of two who are free the one with fewer sessions that day is assigned, then file order (D0.5)", async () => {
  const desk = await openQuay();
  const first = await request(desk, "ana", { service: "Duo", with: "Anyone", day: "Wed 4 Mar", time: "09:00" });
  expect(first.practitionerId).toBe("maya");
  const second = await request(desk, "ben", { service: "Duo", with: "Anyone", day: "Wed 4 Mar", time: "05:00" });
  expect(second.practitionerId).toBe("jonas");
  expect(await reread(desk, first)).toEqual(first);
});

test("case 24: 45 minutes on a grid of 30, with buffers longer than the grid's step, keep the required gap", async () => {
  const grid = quay
    .replace("incrementMinutes: 60", "incrementMinutes: 30")
    .replace("publicName: Talk, durationMinutes: 60", "publicName: Talk, durationMinutes: 45, bufferAfterMinutes: 40");
  const desk = await openQuay({ practice: grid });
  await request(desk, "ana", { ...wednesday, time: "09:30" });
  await desk.say("ben", "book");
  await desk.press("ben", "Talk");
  await desk.press("ben", "Wed 4 Mar");
  // 09:30–10:15 and 40 minutes: nothing before 10:55, so 11:00; a session must end by 09:30 − 40 min.
  expect(buttonsOn(desk.newest("ben")).filter((title) => /^\d\d:\d\d$/.test(title))).toEqual(["06:00"]);
});

test("case 25: a month without a slot shows the next free date", async () => {
  const away = `to: "12:00" }], outOfOffice: [{ from: "2026-03-01T00:00", to: "2026-04-06T00:00", message: "Back in April." }] }`;
  const desk = await openQuay({ practice: quay.replace(`to: "12:00" }] }`, away) });
  await desk.say("ana", "book");
  await desk.press("ana", "Talk");
  expect(wordsOn(desk.newest("ana"))).toContain("The next free one is Mon 6 Apr, 09:00 (Lisbon).");
  expect(wordsOn(desk.newest("ana"))).toContain("Back in April.");
});

test("D0.2: a fully booked practice is no configuration error: the client sees it, and no alert is sent", async () => {
  const short = quay.replace("  minimumNoticeMinutes: 120", "  minimumNoticeMinutes: 120\n  horizonDays: 1");
  const desk = await openQuay({ practice: short, now: "2026-03-02T12:00+00:00" });
  for (const time of ["09:00", "10:00", "11:00"]) await request(desk, "ana", { service: "Quick", time });
  const told = desk.chat("maya").length;
  await desk.say("ben", "book");
  await desk.press("ben", "Talk");
  expect(titleOf(desk, "ben")).toBe("No free times right now");
  expect(wordsOn(desk.newest("ben"))).not.toContain("We have let them know");
  expect(desk.chat("maya")).toHaveLength(told);
});

test("D0.2: without a service the client gets a kind message and the practitioners an exact one, once a day", async () => {
  const bare = quay.replaceAll(/ {2}- \{ id: (talk|duo|quick|visit).*\n/g, "").replace("services:\n", "services: []\n");
  const desk = await openQuay({ practice: bare });
  await desk.say("ana", "book");
  await desk.say("ben", "book");
  expect(titleOf(desk, "ana")).toBe("Nothing can be booked here yet");
  expect(wordsOn(desk.newest("ana"))).toContain("We have let them know");
  expect(desk.chat("maya").map(({ card }) => card.title)).toEqual(["A client could not book"]);
  await desk.advance("2026-03-03T08:00+00:00");
  await desk.say("ben", "book");
  expect(desk.chat("maya")).toHaveLength(2);
});

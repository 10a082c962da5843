import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  answerPrivately,
  assertZones,
  bookingsOf,
  having,
  openHarbour,
  quiet,
  requestFollowUp,
  reviewFollowUp,
  subjectsTo,
} from "./harbour-teams.ts";

test("a first visit is requested by buttons, its sensitive question asked on the desk's own page, and confirmed by one click: in chat and by mail", async () => {
  const { ana, maya, desk, world, idle, log } = await openHarbour();
  for (const title of ["Request a session", "First visit", "Video", "Wed 4 Mar", "10:00"]) await ana.click(title);

  // D5.2: no text of the sensitive question in the chat.
  expect(ana.newest()).toContain("A few questions");
  expect(ana.newest()).not.toContain("What would you like to work on?");
  await answerPrivately(desk, ana.link("Open the private form"), { goal: "More energy" });
  await idle();
  await ana.sees("The personal questions are answered.");
  ana.choose("Do you follow a diet?", "Vegan");
  ana.fill({ Phone: "+351 21 000 00 00" });
  await ana.click("Continue");

  expect(ana.newest()).toContain("Please check everything");
  expect(ana.newest()).toContain("Wednesday 4 March 2026, 10:00–11:00 (Lisbon)");
  expect(ana.newest()).toContain("€90.00");
  expect(ana.newest()).toContain("3 answers");
  await ana.click("Confirm & book");
  expect(ana.newest()).toContain("Waiting for an answer");

  await maya.sees("A session request");
  await maya.click("Confirm");
  await maya.sees("Ana Alves has been told in chat and by email.");
  await ana.sees("Your session is confirmed");
  await quiet(desk);
  expect(ana.link("Join")).toMatch(/^https:\/\/meet\.harbour\.example\//);
  expect(await subjectsTo(desk, "ana@example.com")).toEqual([
    "Request received: First visit, Wed 4 Mar, 10:00 (Lisbon)",
    "Confirmed: First visit, Wed 4 Mar, 10:00 (Lisbon)",
  ]);
  expect((await desk.store.tray.list()).at(-1)?.ics).toContain("BEGIN:VEVENT");
  expect((await bookingsOf(desk)).map(({ status }) => status)).toEqual(["confirmed"]);
  expect(having(maya, "Confirm") + having(ana, "Withdraw request")).toBe(0);
  assertZones(ana);
  assertZones(maya);

  // A notification is complete without the card and names no health detail; the service's private name never appears.
  for (const line of [...ana.summaries(), ...maya.summaries()]) expect(line).not.toMatch(/Nutrition|Vegan|energy/);
  expect(maya.summaries().at(-1)).toMatch(/Ana Alves.*Wed 4 Mar, 10:00/);
  expect(ana.summaries().at(-1)).toBe("Your session is confirmed: Wed 4 Mar, 10:00 (Lisbon)");
  expect(JSON.stringify([world.connector.calls(), log()])).not.toMatch(/Nutrition|More energy/);
});

test("T15 a form is shown inline: the Teams client rejects missing answers before sending, the desk rejects wrong ones at their field", async () => {
  const { ana, maya, desk } = await openHarbour({ practice: longForm });
  await ana.say("book");
  for (const title of ["Quick check-in", "Video", "Wed 4 Mar", "10:00"]) await ana.click(title);
  expect(ana.newest()).toContain("A few questions");
  const before = ana.sent().length;
  expect(Object.keys(ana.refusals("Continue"))).toEqual(["What is it about?", "How urgent is it?", "Phone"]);
  await expect(ana.click("Continue")).rejects.toThrow("the client does not send “Continue”");
  expect(ana.sent()).toHaveLength(before);

  ana.fill({ "What is it about?": "A recipe *with* [a link](https://evil.example)", "How urgent is it?": "Low" });
  ana.fill({ Phone: "call me" });
  await ana.click("Continue");
  expect(ana.newest()).toMatch(/Phone: call me[\s\S]*phone number/i);
  expect(ana.newest()).toContain("How urgent is it?: Low");
  ana.fill({ Phone: "+351 21 000 00 00" });
  await ana.click("Continue");
  expect(ana.newest()).toContain("Please check everything");
  expect(ana.newest()).toContain("3 answers");
  await ana.click("Confirm & book");
  // D2.1: this service confirms automatically.
  await ana.sees("Your session is confirmed");
  await maya.sees("Ana Alves booked it. This service confirms automatically.");
  expect((await bookingsOf(desk)).map(({ status }) => status)).toEqual(["confirmed"]);
});

const practice = readFileSync(new URL("../support/practices/harbour-plain.yaml", import.meta.url), "utf8");
const longForm = practice.replace("minimumNoticeMinutes: 120", "minimumNoticeMinutes: 120\n    form: long").replace(
  "\nforms:\n",
  `
forms:
  - id: long
    questions:
      - { id: about, label: "What is it about?", type: short_text, sensitive: false, required: true }
      - { id: urgent, label: "How urgent is it?", type: choice, options: [Low, High], required: true }
      - { id: phone, label: Phone, type: phone, required: true }
      - { id: birthday, label: "Your birthday", type: date }
`,
);

test("a request is withdrawn after a confirmation prompt; the practitioner's card says so, and the time is free again", async () => {
  const { ana, ben, maya, desk } = await openHarbour();
  await requestFollowUp(ana);
  await maya.sees("A session request");
  await ana.click("Withdraw request");
  await ana.click("Keep it");
  await ana.sees("Waiting for an answer");
  await ana.click("Withdraw request");
  await ana.click("Yes, withdraw it");
  await ana.sees("Request withdrawn");
  await maya.sees("Withdrawn by the client");
  expect(having(maya, "Confirm")).toBe(0);
  await reviewFollowUp(ben, "05:00");
  // A person in another zone sees the time in both.
  expect(ben.newest()).toContain("Wednesday 4 March 2026, 05:00–05:50 (New York) · 10:00–10:50 (Lisbon)");
  assertZones(ben);
  expect((await bookingsOf(desk)).map(({ status }) => status)).toEqual(["withdrawn"]);
});

test("a request is declined with a reason; the client sees it in a new message with free times", async () => {
  const { ana, maya } = await openHarbour();
  await requestFollowUp(ana);
  await maya.click("Decline");
  expect(maya.newest()).toContain("Decline Ana Alves's request?");
  maya.fill({ "Reason (optional)": "A conference <at>all</at> & **more**" });
  const messages = ana.messages().length;
  await maya.click("Decline");
  await maya.sees("Declined");
  await ana.sees("This time is not possible");
  expect(ana.messages()).toHaveLength(messages + 1);
  expect(ana.newest()).toContain("Dr Maya Lee writes: A conference <at>all</at> & **more**");
  expect(ana.summaries().at(-1)).not.toContain("conference");
  const free = ana.buttons().find((title) => /^\w+ \d+ Mar, \d\d:\d\d$/.test(title)) ?? "";
  await ana.click(free);
  expect(ana.newest()).toContain("Please check everything");
  assertZones(ana);
});

test("an unanswered request: a mail after a quarter of an hour, nudges at 50 and 85 percent, then it expires with three new times (D4.1)", async () => {
  const { ana, maya, desk, advance } = await openHarbour();
  await requestFollowUp(ana);
  await advance("2026-03-02T08:16:00Z");
  expect(await subjectsTo(desk, "maya@harbour.example")).toHaveLength(1);
  await advance("2026-03-02T20:01:00Z");
  await maya.sees("A reminder: this request is still waiting for you.");
  expect(having(maya, "Confirm")).toBe(1);
  await advance("2026-03-03T04:30:00Z");
  await ana.sees("Still waiting. We have reminded Dr Maya Lee.");
  await advance("2026-03-03T08:01:00Z");
  await ana.sees("Your request was not answered in time");
  expect(ana.buttons().filter((title) => /Mar, \d\d:\d\d$/.test(title))).toHaveLength(3);
  await maya.sees("Not answered in time");
  await quiet(desk);
  expect(having(maya, "Confirm") + having(ana, "Withdraw request")).toBe(0);
  expect(await subjectsTo(desk, "ana@example.com")).toEqual([
    "Request received: Follow-up, Wed 4 Mar, 10:00 (Lisbon)",
    "No answer in time: Follow-up, Wed 4 Mar, 10:00 (Lisbon)",
  ]);
});

test("two clients press the same time at once: one gets it, the other is offered the nearest times (D4.3)", async () => {
  const { ana, ben, maya, desk } = await openHarbour();
  for (const client of [ana, ben]) {
    await client.say("book");
    for (const title of ["Follow-up", "Video", "Dr Maya Lee", "Wed 4 Mar"]) await client.click(title);
  }
  await Promise.all([ana.click("10:00"), ben.click("05:00")]);
  const winners = [ana, ben].filter((client) => client.newest().includes("Please check everything"));
  expect(winners).toHaveLength(1);
  const [winner = ana] = winners;
  const loser = winner === ana ? ben : ana;
  expect(loser.newest()).toContain("taken");
  expect(loser.buttons().filter((title) => /\d\d:\d\d$/.test(title)).length).toBeGreaterThanOrEqual(3);
  await winner.click("Confirm & book");
  expect(winner.newest()).toContain("Waiting for an answer");
  await maya.sees("A session request");
  expect(await bookingsOf(desk)).toHaveLength(1);
});

test("the list of sessions opens one, withdraws it there, and every card of it is updated", async () => {
  const { ana, maya, desk } = await openHarbour();
  await requestFollowUp(ana);
  await ana.click("My bookings");
  await ana.sees("Upcoming sessions");
  await ana.click("Wed 4 Mar, 10:00 · Follow-up · Dr Maya Lee · waiting for an answer");
  await ana.click("Withdraw request");
  await ana.click("Yes, withdraw it");
  await ana.sees("Request withdrawn");
  await maya.sees("Withdrawn by the client");
  await quiet(desk);
  expect(having(ana, "Withdraw request") + having(ana, "Yes, withdraw it") + having(maya, "Confirm")).toBe(0);
});

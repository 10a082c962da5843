import { expect, test } from "vitest";
import { until } from "../support/until.ts";
import { having, importHarbour, openHarbour, requestFollowUp, reviewFollowUp } from "./harbour-desk.ts";
import { openMailbox } from "./mailbox.ts";

const minute = 60_000;
const hour = 60 * minute;

test("a first visit is requested by buttons, its sensitive question asked on the desk's own page, and confirmed by one tap: in chat and by mail", async () => {
  const mailbox = await openMailbox();
  const slack = await openHarbour({ env: mailbox.env });
  const { ana, maya, fake } = slack;
  await ana.answered(() => ana.openMessages());
  for (const label of ["Request a session", "First visit", "Video", "Wed 4 Mar", "10:00"]) await ana.press(label);

  // S5, D5.2: no text of the sensitive question in the chat.
  const form = await ana.sees("A few questions");
  expect(form.inputs).toEqual(["Do you follow a diet?", "Phone"]);
  expect(form.words).not.toContain("What would you like to work on?");
  const link = await ana.follow("Open the private form");
  expect(link).toMatch(new RegExp(`^${slack.address}/form/`));
  const sent = await fetch(link, { method: "POST", body: new URLSearchParams({ goal: "More energy" }) });
  expect(sent.status).toBe(200);
  await ana.sees("The personal questions are answered.");
  await ana.fill({ "Do you follow a diet?": "Vegan", Phone: "+351 21 000 00 00" });
  await ana.click("Continue");

  const review = await ana.sees("Please check everything");
  expect(review.words).toContain("Wednesday 4 March 2026, 10:00–11:00 (Lisbon)");
  expect(review.words).toContain("€90.00");
  expect(review.words).toContain("3 answers");
  await ana.click("Confirm & book");
  await ana.sees("Waiting for an answer");

  const request = await maya.sees("A session request");
  expect(request.buttons).toEqual(expect.arrayContaining(["Confirm", "Decline"]));
  await maya.click("Confirm");
  await maya.sees("Ana Alves has been told in chat and by email.");
  const confirmed = await ana.sees("Your session is confirmed");
  expect(confirmed.buttons).toContain("Join");
  await slack.quiet();

  const [received, invited] = mailbox.letters.filter(({ to }) => to?.[0]?.address === "ana@example.com");
  expect(received?.subject).toBe("Request received: First visit, Wed 4 Mar, 10:00 (Lisbon)");
  expect(invited?.subject).toBe("Confirmed: First visit, Wed 4 Mar, 10:00 (Lisbon)");
  expect(invited?.attachments.map(({ mimeType }) => mimeType)).toContain("text/calendar");
  expect((await slack.bookings()).map(({ status }) => status)).toEqual(["confirmed"]);
  expect(having(maya, "Confirm") + having(ana, "Withdraw request")).toBe(0);

  // S5: a notification is complete without the card and names no health detail; the service's private name never
  // appears.
  for (const text of [...ana.notifications(), ...maya.notifications()])
    expect(text).not.toMatch(/Nutrition|Vegan|energy/);
  expect(maya.notifications()).toEqual([expect.stringMatching(/Ana Alves.*Wed 4 Mar, 10:00/)]);
  expect(ana.notifications().at(-1)).toBe("Your session is confirmed: Wed 4 Mar, 10:00 (Lisbon)");
  expect(JSON.stringify(fake.calls())).not.toMatch(/Nutrition|More energy/);
  await slack.assertWell();
});

test("more than three questions open a modal, an error is shown at its field, and a form submitted twice counts once (S22)", async () => {
  const slack = await openHarbour({ practice: null });
  await importHarbour(slack, (yaml) =>
    yaml.replace("minimumNoticeMinutes: 120", "minimumNoticeMinutes: 120\n    form: long").replace("\nforms:\n", long),
  );
  const { ana } = slack;
  await ana.answered(() => ana.shortcut());
  for (const label of ["Quick check-in", "Video", "Wed 4 Mar", "10:00"]) await ana.press(label);
  const asked = await ana.sees("A few questions");
  expect(asked.inputs).toEqual([]);
  await ana.click("Fill in the form");
  const modal = await ana.seesModal();
  expect(modal.inputs).toEqual(["What is it about?", "How urgent is it?", "Phone", "Your birthday"]);
  await ana.fill({ "What is it about?": "A recipe", "How urgent is it?": "Low", Phone: "call me" });
  expect(await ana.submit()).toEqual({ ok: false, errors: { Phone: expect.stringMatching(/phone number/i) } });
  await ana.fill({ Phone: "+351 21 000 00 00" });
  expect(await ana.submit()).toEqual({ ok: true });
  await slack.world.repeatLast();
  expect(ana.modal()).toBeUndefined();
  const review = await ana.sees("Please check everything");
  expect(review.words).toContain("3 answers");
  await ana.click("Confirm & book");
  // D2.1: this service confirms automatically.
  await ana.sees("Your session is confirmed");
  await slack.maya.sees("Ana Alves booked it. This service confirms automatically.");
  await slack.assertWell();
});

const long = `
forms:
  - id: long
    questions:
      - { id: about, label: "What is it about?", type: short_text, sensitive: false, required: true }
      - { id: urgent, label: "How urgent is it?", type: choice, options: [Low, High], required: true }
      - { id: phone, label: Phone, type: phone, required: true }
      - { id: birthday, label: "Your birthday", type: date }
`;

test("a request is withdrawn after a confirmation prompt; the practitioner's card says so, and the time is free again", async () => {
  const slack = await openHarbour();
  const { ana, ben, maya } = slack;
  await requestFollowUp(ana);
  await maya.sees("A session request");
  await ana.press("Withdraw request");
  await ana.press("Keep it");
  await ana.sees("Waiting for an answer");
  await ana.press("Withdraw request");
  await ana.click("Yes, withdraw it");
  await ana.sees("Request withdrawn");
  await maya.sees("Withdrawn by the client");
  expect(having(maya, "Confirm")).toBe(0);
  await reviewFollowUp(ben, "05:00");
  expect((await ben.sees("Please check everything")).words).toContain("10:00–10:50 (Lisbon)");
  expect((await slack.bookings()).map(({ status }) => status)).toEqual(["withdrawn"]);
  await slack.assertWell();
});

test("a request is declined with a reason; the client sees it in a new message with free times", async () => {
  const slack = await openHarbour();
  const { ana, maya } = slack;
  await requestFollowUp(ana);
  await maya.click("Decline");
  await maya.sees("Decline Ana Alves's request?");
  await maya.fill({ Reason: "A conference <!channel> & more" });
  await maya.click("Decline");
  await maya.sees("Declined");
  const told = await ana.sees("This time is not possible");
  expect(told.words).toContain("Dr Maya Lee writes: A conference <!channel> & more");
  expect(ana.notifications().at(-1)).not.toContain("conference");
  const [first = ""] = told.buttons;
  expect(first).toMatch(/^\w+ \d+ Mar, \d\d:\d\d$/);
  await ana.press(first);
  await ana.sees("Please check everything");
  await slack.assertWell();
});

test("an unanswered request: a mail after a quarter of an hour, nudges at 50 and 85 percent, then it expires with three new times (D4.1)", async () => {
  const mailbox = await openMailbox();
  const slack = await openHarbour({ env: mailbox.env });
  const { ana, maya } = slack;
  const { clock } = slack.desk();
  await requestFollowUp(ana);
  await maya.sees("A session request");
  clock.advance(16 * minute);
  await until("the practitioner has mail", () => mailbox.letters.length === 2);
  clock.advance(12 * hour - 16 * minute);
  await maya.sees("A reminder: this request is still waiting for you.");
  expect(having(maya, "Confirm")).toBe(1);
  clock.advance(8.5 * hour);
  await ana.sees("Still waiting. We have reminded Dr Maya Lee.");
  clock.advance(4 * hour);
  const lapsed = await ana.sees("Your request was not answered in time");
  expect(lapsed.buttons.filter((label) => /Mar, \d\d:\d\d$/.test(label))).toHaveLength(3);
  await maya.sees("Not answered in time");
  await slack.quiet();
  expect(having(maya, "Confirm") + having(ana, "Withdraw request")).toBe(0);
  expect(mailbox.letters.map(({ subject }) => subject)).toEqual([
    "Request received: Follow-up, Wed 4 Mar, 10:00 (Lisbon)",
    "A request is waiting: Wed 4 Mar, 10:00 (Lisbon)",
    "No answer in time: Follow-up, Wed 4 Mar, 10:00 (Lisbon)",
  ]);
  await slack.assertWell();
});

test("two clients press the same time: one gets it, the other is offered the nearest times (D4.3)", async () => {
  const slack = await openHarbour();
  const { ana, ben, maya } = slack;
  await Promise.all([ana, ben].map((client) => client.answered(() => client.shortcut())));
  for (const label of ["Follow-up", "Video", "Dr Maya Lee", "Wed 4 Mar"])
    await Promise.all([ana, ben].map((client) => client.press(label)));
  await Promise.all([ana.click("10:00"), ben.click("05:00")]);
  const seen = await Promise.all(
    [ana, ben].map((client) => client.sees(/Please check everything|just been taken|taken/)),
  );
  const winners = seen.filter(({ words }) => words.includes("Please check everything"));
  expect(winners).toHaveLength(1);
  const winner = seen[0] === winners[0] ? ana : ben;
  const loser = winner === ana ? ben : ana;
  expect(loser.newest().buttons.filter((label) => /\d\d:\d\d$/.test(label)).length).toBeGreaterThanOrEqual(3);
  await winner.click("Confirm & book");
  await winner.sees("Waiting for an answer");
  await maya.sees("A session request");
  await slack.quiet();
  expect(await slack.bookings()).toHaveLength(1);
  await slack.assertWell();
});

test("the list of sessions opens one, withdraws it there, and every card of it is updated", async () => {
  const slack = await openHarbour();
  const { ana, maya } = slack;
  await requestFollowUp(ana);
  await maya.sees("A session request");
  await ana.press("My bookings");
  await ana.sees("Upcoming sessions");
  await ana.press("Wed 4 Mar, 10:00 · Follow-up · Dr Maya Lee · waiting for an answer");
  const one = await ana.sees("Status");
  expect(one.words).toContain("waiting for an answer");
  await ana.click("Withdraw request", one);
  await ana.sees("Withdraw this request?");
  await ana.click("Yes, withdraw it");
  await ana.sees("Request withdrawn");
  await maya.sees("Withdrawn by the client");
  await slack.quiet();
  expect(having(ana, "Withdraw request") + having(ana, "Yes, withdraw it") + having(maya, "Confirm")).toBe(0);
  await slack.assertWell();
});

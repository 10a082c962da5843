import { expect, test } from "vitest";
import { look } from "../support/desk-files.ts";
import { eventTitled, openPagePerson } from "../support/page-person.ts";
import type { Fault } from "../support/slack/faults.ts";
import { having, openHarbour, requestFollowUp, reviewFollowUp, team } from "./harbour-desk.ts";

test("a redelivered request of any kind takes effect once: message, mention, Home tab, command, shortcut, press (S13, S17)", async () => {
  const slack = await openHarbour();
  const { ana, ben, maya, world } = slack;
  await ana.openHome();
  await world.redeliverLast(1, { num: 3 });
  await ana.seesHome("Request a session");
  await ben.slash("");
  await world.repeatLast();
  await ben.sees("What would you like to book?");
  await ana.mention("C0GENERAL", "hello");
  await world.redeliverLast(2);
  await ana.seesEphemeral("");
  await ana.shortcut();
  await world.repeatLast();
  await ana.sees("What would you like to book?");
  await ana.say("follow-up with Maya by video on Wednesday at 10");
  await world.redeliverLast(1, { num: 1 });
  await world.redeliverLast(1, { num: 2, reason: "http_error" });
  await ana.sees("Please check everything");
  await ana.click("Confirm & book");
  await world.repeatLast();
  await ana.sees("Waiting for an answer");
  await maya.sees("A session request");
  await maya.click("Confirm");
  await world.repeatLast();
  await ana.sees("Your session is confirmed");
  await slack.quiet();

  expect((await slack.bookings()).map(({ status }) => status)).toEqual(["confirmed"]);
  expect(maya.notifications()).toHaveLength(1);
  expect(ana.ephemerals()).toHaveLength(1);
  const titles = ana.messages().filter(({ from }) => from === "desk");
  expect(titles.map(({ lines }) => lines[0])).toEqual([
    "What would you like to book?",
    expect.any(String),
    "Your session is confirmed",
  ]);
  await slack.assertWell();
});

test("a double click books once and confirms once, and both clicks get the same answer (S4)", async () => {
  const slack = await openHarbour();
  const { ana, maya } = slack;
  await reviewFollowUp(ana);
  await Promise.all([ana.click("Confirm & book"), ana.click("Confirm & book"), ana.click("Confirm & book")]);
  const request = await maya.sees("A session request");
  await Promise.all([maya.click("Confirm", request), maya.click("Confirm", request), maya.click("Decline", request)]);
  await slack.quiet();
  expect(await slack.bookings()).toHaveLength(1);
  expect(maya.notifications()).toHaveLength(1);
  expect(having(ana, "Confirm & book")).toBe(0);
  const [booking] = await slack.bookings();
  if (booking?.status === "requested") await maya.click("Back");
  expect(ana.notifications().filter((text) => text.includes("is confirmed")).length).toBeLessThanOrEqual(1);
  await slack.assertWell();
});

test("presses that arrive out of order, or on an older card, change nothing and show the present state (S18)", async () => {
  const slack = await openHarbour();
  const { ana, maya, world } = slack;
  await ana.answered(() => ana.shortcut());
  for (const label of ["Follow-up", "Video", "Dr Maya Lee"]) await ana.press(label);
  await world.outOfOrder(async () => {
    await ana.click("Wed 4 Mar");
    await ana.click("Thu 5 Mar");
  });
  // The first to arrive counts; the other was on the older card.
  await ana.seesEphemeral("That card is out of date.");
  // The card with Thursday's times may arrive after that sentence.
  await slack.quiet();
  await ana.click("10:00");
  expect((await ana.sees("Please check everything")).words).toContain("Thursday 5 March 2026");
  await ana.click("Confirm & book");
  await maya.sees("A session request");
  // Withdrawn and confirmed at the same moment: one of the two happens.
  await ana.press("Withdraw request");
  await Promise.all([ana.click("Yes, withdraw it"), maya.click("Confirm")]);
  await slack.quiet();
  const [booking] = await slack.bookings();
  expect(["withdrawn", "confirmed"]).toContain(booking?.status);
  expect(having(maya, "Confirm") + having(ana, "Yes, withdraw it")).toBe(0);
  await slack.assertWell();
});

test("a press on another person's message decides nothing and discloses nothing (S21)", async () => {
  const slack = await openHarbour();
  const { ana, ben, jonas, maya, world } = slack;
  await requestFollowUp(ana);
  const request = await maya.sees("A session request");
  await world.clickAs(ben.id, request, "Confirm");
  await world.clickAs(jonas.id, request, "Confirm");
  await world.clickAs(ana.id, request, "Confirm");
  await world.clickAs("U0ZOE", await ana.sees("Waiting for an answer"), "Withdraw request");
  await slack.quiet();
  expect((await slack.bookings()).map(({ status }) => status)).toEqual(["requested"]);
  for (const other of [ben, jonas, slack.zoe]) expect(other.screen()).not.toMatch(/Ana|Follow-up|10:00/);
  expect(having(maya, "Confirm")).toBe(1);
  await slack.assertWell();
});

test("requests with a bad, expired or missing signature get 401 and write no row (S1, fault 10)", async () => {
  const slack = await openHarbour();
  await requestFollowUp(slack.ana);
  await slack.quiet();
  await slack.world.settled();
  const file = (slack.env.DATABASE_URL ?? "").replace("file:", "");
  const rows = () =>
    look(file, (connection) => {
      const names = connection.prepare("select name from sqlite_master where type = 'table'").pluck().all();
      return names.map((name) => [
        name,
        connection
          .prepare(`select count(*) from "${String(name)}"`)
          .pluck()
          .get(),
      ]);
    });
  const before = rows();
  await slack.world.assertSignatureChecked(team);
  expect(rows()).toEqual(before);
  expect(slack.lines.filter(({ event }) => event === "slack.request.rejected").length).toBeGreaterThan(0);
});

const faults: readonly [string, Fault, times: number][] = [
  ["too fast, 429 with Retry-After", { kind: "ratelimited", retryAfterS: 1 }, 2],
  ["an error of the server, 500", { kind: "server-error" }, 1],
  ["a refusal that passes", { kind: "refusal", error: "fatal_error" }, 1],
  ["a connection that breaks", { kind: "reset" }, 1],
  ["an answer that is lost after it was done", { kind: "lost" }, 1],
  ["an answer that comes late", { kind: "slow", ms: 2_000 }, 1],
  ["no answer at all", { kind: "hang" }, 1],
];

test("whatever Slack answers to a post, it arrives once and in order, and the request is answered eventually (S3, S12, fault 13)", async () => {
  const one = async ([what, fault, times]: (typeof faults)[number]): Promise<void> => {
    const slack = await openHarbour();
    const { ana, ben, maya, fake } = slack;
    await Promise.all([reviewFollowUp(ana), reviewFollowUp(ben, "06:00")]);
    fake.faults.plan("chat.postMessage", fault, times);
    await ana.click("Confirm & book");
    await ana.sees("Waiting for an answer");
    await ben.click("Confirm & book");
    await ben.sees("Waiting for an answer");
    await fake.until(`both have their messages, after ${what}`, () => maya.notifications().length >= 2);
    await slack.quiet();
    expect(maya.notifications(), what).toEqual([
      expect.stringContaining("Ana Alves"),
      expect.stringContaining("Ben Okoro"),
    ]);
    expect(having(maya, "Confirm"), what).toBe(2);
    expect(fake.faults.take("chat.postMessage"), what).toBeUndefined();
    expect((await slack.desk().store.waiting()).dead).toBe(0);
  };
  await Promise.all(faults.map(one));
});

test("a repaint whose response_url fails is sent as an update, and one card is live (S3)", async () => {
  const slack = await openHarbour();
  const { ana, maya, fake } = slack;
  await reviewFollowUp(ana);
  for (const fault of [{ kind: "server-error" }, { kind: "lost" }] as const) {
    fake.faults.plan("response_url", fault);
    await ana.click(having(ana, "Confirm & book") === 1 ? "Confirm & book" : "Withdraw request");
    await ana.sees(/Waiting for an answer|Withdraw this request/);
  }
  await ana.sees("Withdraw this request?");
  await slack.quiet();
  expect(fake.calls("chat.update").length).toBeGreaterThanOrEqual(1);
  expect(having(maya, "Confirm")).toBe(1);
  expect(ana.messages().filter(({ from }) => from === "desk")).toHaveLength(1);
});

test("an unreachable Slack does not block the start: pending cards are sent when Slack is back (S10)", async () => {
  const slack = await openHarbour();
  const { ana, maya, fake } = slack;
  await requestFollowUp(ana);
  await maya.sees("A session request");
  await slack.quiet();
  await slack.stop();
  await fake.unreachable();
  await slack.start("2026-03-02T09:00:00Z");
  const page = openPagePerson(slack.address, "ben");
  const review = await page.say("book a follow-up with Maya by video on Wednesday at 6am");
  await page.press(review, eventTitled(review, "Confirm & book"));
  expect((await slack.desk().store.waiting()).outbox).toBeGreaterThan(0);
  await fake.back();
  await fake.until("Maya has the request", () => maya.notifications().length === 2);
  await slack.quiet();
  expect(having(maya, "Confirm")).toBe(2);
  expect(await slack.bookings()).toHaveLength(2);
});

import { expect, test } from "vitest";
import { having as havingInSlack } from "../slack/harbour-desk.ts";
import { practiceTenant } from "../support/teams/desk.ts";
import { bookingsOf, having, quiet, requestFollowUp, subjectsTo } from "../teams/harbour-teams.ts";
import { elsewhereId, openBothWorlds } from "./both-worlds.ts";

const line = "book a follow-up with Maya by video on Wednesday at 10";

test("a request from Teams is confirmed in Slack, and the client is notified in chat and by mail", async () => {
  const { ana, desk, inSlack } = await openBothWorlds({ ana: ["teams"], maya: ["slack"] });
  await requestFollowUp(ana);
  await inSlack.maya.sees("A session request");
  await inSlack.maya.click("Confirm");
  await inSlack.maya.sees("Ana Alves has been told in chat and by email.");
  await ana.sees("Your session is confirmed");
  await quiet(desk);
  expect(havingInSlack(inSlack.maya, "Confirm") + having(ana, "Withdraw request")).toBe(0);
  expect((await bookingsOf(desk)).map(({ status }) => status)).toEqual(["confirmed"]);
  expect(await subjectsTo(desk, "ana@example.com")).toHaveLength(2);
});

test("a request from Slack is declined in Teams with a reason, and the client requests again", async () => {
  const { maya, desk, inSlack } = await openBothWorlds({ ana: ["slack"], maya: ["teams"] });
  await inSlack.ana.ask(line);
  await inSlack.ana.sees("Please check everything");
  await inSlack.ana.click("Confirm & book");
  await inSlack.ana.sees("Waiting for an answer");
  await maya.click("Decline");
  maya.fill({ "Reason (optional)": "A conference <!channel> & more" });
  await maya.click("Decline");
  const told = await inSlack.ana.sees("This time is not possible");
  expect(told.words).toContain("Dr Maya Lee writes: A conference <!channel> & more");
  await inSlack.ana.press(told.buttons[0] ?? "");
  await inSlack.ana.sees("Please check everything");
  await inSlack.ana.click("Confirm & book");
  await maya.click("Confirm");
  await inSlack.ana.sees("Your session is confirmed");
  await quiet(desk);
  expect((await bookingsOf(desk)).map(({ status }) => status).sort()).toEqual(["confirmed", "declined"]);
});

test("a person in both: a request made in Teams is confirmed in Slack, and every live card of it is updated in both", async () => {
  const { ana, maya, desk, inSlack } = await openBothWorlds({ ana: ["teams", "slack"], maya: ["teams", "slack"] });
  await requestFollowUp(ana);
  // The same client's list in Slack shows what was requested in Teams.
  await inSlack.ana.ask("my bookings");
  await inSlack.ana.press("Wed 4 Mar, 10:00 · Follow-up · Dr Maya Lee · waiting for an answer");
  await inSlack.ana.sees("Withdraw request");
  await maya.sees("A session request");
  await inSlack.maya.sees("A session request");

  await inSlack.maya.click("Confirm");
  await ana.sees("Your session is confirmed");
  await maya.sees("Ana Alves has been told in chat and by email.");
  await quiet(desk);
  expect(having(maya, "Confirm") + havingInSlack(inSlack.maya, "Confirm")).toBe(0);
  expect(having(ana, "Withdraw request") + havingInSlack(inSlack.ana, "Withdraw request")).toBe(0);
  // News goes once, to the chat the person used last; the other cards are repainted in place.
  const news = [...ana.messages(), ...inSlack.ana.messages().map(({ words }) => words)];
  expect(news.filter((message) => message.includes("Your session is confirmed"))).toHaveLength(1);
  expect(await bookingsOf(desk)).toHaveLength(1);
  expect(await subjectsTo(desk, "ana@example.com")).toHaveLength(2);
});

test("a person in both: a request made in Teams is withdrawn in Slack, and both of the practitioner's cards show it", async () => {
  const { ana, maya, desk, inSlack } = await openBothWorlds({ ana: ["teams", "slack"], maya: ["teams", "slack"] });
  await requestFollowUp(ana);
  await inSlack.ana.ask("my bookings");
  await inSlack.ana.press("Wed 4 Mar, 10:00 · Follow-up · Dr Maya Lee · waiting for an answer");
  await inSlack.ana.press("Withdraw request");
  await inSlack.ana.click("Yes, withdraw it");
  await ana.sees("Request withdrawn");
  await maya.sees("Withdrawn by the client");
  await inSlack.maya.sees("Withdrawn by the client");
  await quiet(desk);
  expect(having(maya, "Confirm") + havingInSlack(inSlack.maya, "Confirm") + having(ana, "Withdraw request")).toBe(0);
});

test("a person in both: of two simultaneous decisions from Slack and Teams one wins, and both cards show it", async () => {
  const { ana, maya, desk, inSlack } = await openBothWorlds({ ana: ["teams"], maya: ["teams", "slack"] });
  await requestFollowUp(ana);
  const inSlackCard = await inSlack.maya.sees("A session request");
  await maya.click("Decline");
  await Promise.all([maya.click("Decline"), inSlack.maya.click("Confirm", inSlackCard)]);
  await quiet(desk);
  const [booking] = await bookingsOf(desk);
  const wins = booking?.status === "confirmed" ? "Your session is confirmed" : "This time is not possible";
  await ana.sees(wins);
  expect(having(maya, "Confirm") + having(maya, "Decline") + havingInSlack(inSlack.maya, "Confirm")).toBe(0);
});

test("two clients press the same time at once, one in Slack and one in Teams: only one gets it (D4.3)", async () => {
  const { ana, desk, inSlack } = await openBothWorlds({ ana: ["teams"], maya: ["teams"], ben: ["slack"] });
  await ana.say("book a follow-up with Maya by video on Wednesday");
  await ana.sees("10:00");
  await inSlack.ben.ask("book a follow-up with Maya by video on Wednesday");
  await Promise.all([ana.click("10:00"), inSlack.ben.press("05:00")]);
  await quiet(desk);
  const winners = [ana.newest(), inSlack.ben.newest().words].filter((text) => text.includes("Please check everything"));
  expect(winners).toHaveLength(1);
});

test("people of several organisations book at one practice as the practice file allows; any other organisation is ignored", async () => {
  const tenant = "aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa";
  const foreign = "bbbbbbbb-1111-4111-8111-bbbbbbbbbbbb";
  const { maya, desk, world } = await openBothWorlds({
    ana: [{ tenant }],
    maya: ["teams"],
    environment: { TEAMS_ALLOWED_TENANTS: `${practiceTenant}, ${tenant}` },
  });
  const ana = world.user(tenant, elsewhereId, { name: "Ana Alves" });
  await ana.install();
  await requestFollowUp(ana);
  await maya.click("Confirm");
  await ana.sees("Your session is confirmed");
  // The same account id in another tenant is an unknown account and gets no access.
  const namesake = world.user(foreign, elsewhereId);
  await expect(namesake.say("my bookings")).rejects.toThrow("the desk answered 403");
  await quiet(desk);
  expect(namesake.messages()).toEqual([]);
});

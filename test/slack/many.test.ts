import { expect, test } from "vitest";
import { harbour } from "../support/slack/desk.ts";
import type { SlackUser } from "../support/slack/slack-user.ts";
import { importHarbour, openHarbour, team } from "./harbour-desk.ts";

const people = Array.from({ length: 50 }, (_, at) => ({
  id: `U1P${at}`,
  name: `person ${at}`,
  realName: `Person ${at}`,
  tz: "Europe/Lisbon",
}));

test("fifty people at once, within Slack's rate limits: each sees every card they asked for, and no call is rejected", async () => {
  const slack = await openHarbour({
    practice: null,
    limits: "real",
    workspaces: [{ ...harbour, users: [...harbour.users, ...people] }],
  });
  await importHarbour(slack, (yaml) => yaml.replace("\nclients:\n", `\nclients:\n${people.map(clientLine).join("")}`));
  const crowd = people.map(({ id }) => slack.world.user(team, id));
  /** All at the same moment; each must see the result of their own action. */
  const together = async (act: (user: SlackUser) => Promise<unknown>, shows: string | RegExp, all = crowd) => {
    await Promise.all(all.map(act));
    await Promise.all(all.map((one) => one.sees(shows)));
  };
  // Half of them write, and half open the chat. Slack is asked for the channels of the second half only (R10).
  await together(
    (user) => (crowd.indexOf(user) % 2 === 0 ? user.say("menu") : user.openMessages()),
    "Request a session",
  );
  await together((user) => user.click("Request a session"), "What would you like to book?");
  await together((user) => user.click("Quick check-in"), "How would you like to meet?");
  await together((user) => user.click("Video"), "When suits you?");
  const few = crowd.slice(0, 10);
  await together((user) => user.click("Thu 5 Mar"), "Times on Thu 5 Mar", few);
  await together((user) => user.click("09:00"), /Please check everything|taken/, few);

  const winners = few.filter((user) => user.newest().buttons.includes("Confirm & book"));
  expect(winners).toHaveLength(1);
  await together((user) => user.click("Confirm & book"), "Your session is confirmed", winners);
  await slack.maya.sees("booked it. This service confirms automatically.");
  await slack.quiet();
  expect([...slack.fake.rates.turnedAway]).toEqual([]);
  expect(await slack.bookings()).toHaveLength(1);
  // One card each, below the word of those who wrote.
  for (const [at, user] of crowd.entries()) expect(user.messages()).toHaveLength(at % 2 === 0 ? 2 : 1);
  await slack.assertWell();
});

function clientLine({ id, realName }: (typeof people)[number]): string {
  return `  - { id: "${id.toLowerCase()}", name: ${realName}, email: ${id.toLowerCase()}@example.com, timezone: Europe/Lisbon, chat: [{ slack: { team: ${team}, user: ${id} } }] }\n`;
}

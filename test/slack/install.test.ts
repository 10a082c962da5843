import { expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { examine } from "../../src/doctor.ts";
import { harbour, type SlackDesk } from "../support/slack/desk.ts";
import { importHarbour, openHarbour, requestFollowUp, team } from "./harbour-desk.ts";

const tagus = { ...harbour, id: "T0TAGUS", name: "Tagus Practice", domain: "tagus", installed: false };
const notYet = { ...harbour, installed: false };

async function doctorSays({ desk, env }: SlackDesk): Promise<readonly string[]> {
  const read = readConfig(env);
  if (!read.ok) throw new Error(read.mistakes.join("\n"));
  return (await examine(read.config, desk().store, desk().clock)).filter(({ wrong }) => wrong).map(({ line }) => line);
}

test("two workspaces install the app from the desk's page; neither sees anything of the other, though user ids are the same (S24, S25)", async () => {
  const slack = await openHarbour({ access: "oauth", workspaces: [notYet, tagus] });
  await importHarbour(slack, (yaml) =>
    yaml
      .replace("id: harbour", "id: tagus")
      .replace("Harbour Wellness", "Tagus Practice")
      .replaceAll("T0HARBOUR", "T0TAGUS")
      .replace("Dr Maya Lee", "Dr Rita Sousa")
      .replace(/, \{ page: \w+ \}/g, ""),
  );
  expect(await doctorSays(slack)).toContain(
    "Slack: the app is not installed in any workspace. Open /slack/install at PUBLIC_URL.",
  );
  for (const id of [team, tagus.id]) expect((await slack.world.install(id)).status).toBe(200);

  const otherAna = slack.world.user(tagus.id, "U0ANA");
  const rita = slack.world.user(tagus.id, "U0MAYA");
  await requestFollowUp(slack.ana);
  await slack.maya.sees("A session request");
  await otherAna.answered(() => otherAna.shortcut());
  for (const label of ["Follow-up", "Video", "Dr Rita Sousa", "Wed 4 Mar", "10:00"]) await otherAna.press(label);
  await otherAna.click("Confirm & book");
  await rita.sees("A session request");
  await rita.click("Confirm");
  await otherAna.sees("Your session is confirmed");
  await slack.quiet();

  expect(slack.maya.notifications()).toHaveLength(1);
  expect(rita.notifications()).toHaveLength(1);
  for (const one of [slack.ana, slack.maya]) expect(one.screen()).not.toMatch(/Rita|Tagus/);
  for (const one of [otherAna, rita]) expect(one.screen()).not.toMatch(/Maya|Harbour W/);
  // A press on the other workspace's message: the same user id, but a stranger to it.
  const theirs = await slack.maya.sees("A session request");
  const forged = { ...theirs, teamId: tagus.id, channelId: rita.newest().channelId, ts: rita.newest().ts };
  await slack.world.unchecked(() => slack.world.clickAs("U0MAYA", { ...forged, blocks: theirs.blocks }, "Confirm"));
  await slack.quiet();
  expect((await slack.bookings()).map(({ status }) => status)).toEqual(["requested"]);
  expect((await doctorSays(slack)).filter((line) => line.startsWith("Slack"))).toEqual([]);
  await slack.assertWell();
});

test("uninstalling deletes the workspace's token at once, doctor reports it, and its events are rejected until it is installed again (S13)", async () => {
  const slack = await openHarbour({ access: "oauth", workspaces: [notYet], world: { echo: false } });
  const { ana, maya, world } = slack;
  await world.install(team);
  await requestFollowUp(ana);
  await maya.sees("A session request");
  await slack.quiet();
  // The second of the two events finds no installation.
  await world.unchecked(() => world.uninstall(team));
  expect(await slack.desk().store.read.installations.list()).toEqual([]);
  const says = await doctorSays(slack);
  expect(says).toContain("Slack: the app is not installed in any workspace. Open /slack/install at PUBLIC_URL.");
  expect(says).toContain(
    "Slack: people of Harbour Wellness are in T0HARBOUR, where the app is not installed. Open /slack/install at PUBLIC_URL.",
  );
  const answer = await world.unchecked(() => ana.say("book"));
  expect(answer.status).toBe(401);

  await world.install(team);
  await maya.click("Confirm");
  await ana.sees("Your session is confirmed");
  await slack.quiet();
  expect((await doctorSays(slack)).filter((line) => line.startsWith("Slack"))).toEqual([]);
});

test("a revoked token fails no booking; doctor names each unreachable person until they are heard from again", async () => {
  const slack = await openHarbour({ world: { echo: false } });
  const { ana, maya, world, fake } = slack;
  await requestFollowUp(ana);
  await maya.sees("A session request");
  await slack.quiet();
  fake.faults.plan("chat.postMessage", { kind: "refusal", error: "token_revoked" });
  await maya.click("Confirm");
  await maya.sees("Ana Alves has been told in chat and by email.");
  await slack.quiet();
  expect((await slack.bookings()).map(({ status }) => status)).toEqual(["confirmed"]);
  const says = await doctorSays(slack);
  expect(says).toContainEqual(
    expect.stringMatching(/^Unreachable: Ana Alves \(client, harbour\) in Slack since .*not installed/),
  );
  expect(says).toContainEqual(expect.stringMatching(/^Not delivered: card .* token_revoked/));
  await ana.answered(() => ana.shortcut());
  expect((await doctorSays(slack)).filter((line) => line.startsWith("Unreachable"))).toEqual([]);
  await world.unchecked(() => world.revokeTokens(team));
  expect((await world.unchecked(() => ana.say("book"))).status).toBeGreaterThanOrEqual(401);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { bookingStatuses } from "../../src/domain/booking.ts";
import { fillBooks, look, openFile, testFolder } from "../support/desk-files.ts";
import { freePort, startDesk } from "../support/desk-process.ts";
import { harbour, signingSecret, slackEnv } from "../support/slack/desk.ts";
import { openFakeSlack } from "../support/slack/fake-slack.ts";
import { openSlackWorld } from "../support/slack/slack-world.ts";
import { having, monday, reviewFollowUp, team } from "./harbour-desk.ts";

test("a desk killed between its commit and Slack's answer sends pending cards after its restart and repeats none that arrived (S12)", async () => {
  const fake = await openFakeSlack({ workspaces: [harbour], limits: "off" });
  onTestFinished(fake.close);
  const site = { file: join(testFolder(), "desk.db"), port: await freePort() };
  const practice = new URL("../support/practices/harbour-slack.yaml", import.meta.url);
  await fillBooks(site.file, [readFileSync(practice, "utf8")], Date.parse(monday));
  const env = { ...slackEnv(fake, team), FRONTDESK_PAGE: "off", PUBLIC_URL: `http://127.0.0.1:${site.port}` };
  const world = openSlackWorld({ deskUrl: `http://127.0.0.1:${site.port}`, fake, signingSecret, echo: false });
  const [ana, maya] = [world.user(team, "U0ANA"), world.user(team, "U0MAYA")];

  const first = await startDesk(site, { clock: monday, env });
  await reviewFollowUp(ana);
  // The request is committed and the practitioner's card is being sent, but Slack does not accept it.
  fake.faults.plan("chat.postMessage", { kind: "hang" });
  await ana.click("Confirm & book");
  await fake.until("the card is being sent", () => fake.calls("chat.postMessage").at(-1)?.outcome === "hang");
  await first.kill();
  expect(maya.notifications()).toEqual([]);

  const second = await startDesk(site, { clock: "2026-03-02T08:05:00Z", env });
  await maya.sees("A session request");
  // The confirmation arrives, but the desk is killed before it reads Slack's answer.
  fake.faults.plan("chat.postMessage", { kind: "slow", ms: 60_000 });
  await maya.click("Confirm");
  await ana.sees("Your session is confirmed");
  await second.kill();

  const third = await startDesk(site, { clock: "2026-03-02T08:10:00Z", env });
  await fake.until(
    "the desk checked whether the message had arrived",
    () => fake.calls("conversations.history").length >= 2,
  );
  await ana.ask("bookings");
  expect(await third.stop()).toBe(0);
  expect(ana.notifications().filter((text) => text.includes("is confirmed"))).toHaveLength(1);
  expect(maya.notifications()).toHaveLength(1);
  expect(having(maya, "Confirm") + having(ana, "Withdraw request") + having(ana, "Confirm & book")).toBe(0);
  const store = await openFile(site.file);
  const filter = { statuses: bookingStatuses, order: "asc" } as const;
  const bookings = await store.read.bookings.listForPractitioner("harbour", "maya", filter);
  expect(bookings.map(({ status }) => status)).toEqual(["confirmed"]);
  expect((await store.waiting()).outbox).toBe(0);
  await store.close();
  expect(look(site.file, (connection) => connection.pragma("integrity_check", { simple: true }))).toBe("ok");
});

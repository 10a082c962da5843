import { expect, onTestFinished, test } from "vitest";
import { openSlack } from "../../../adapters/slack/app.ts";
import type { Delivered, Inbound } from "../../../src/conversation/inbound.ts";
import { openLog } from "../../../src/log.ts";
import { signingSecret, team } from "./slack-rig.ts";
import { openSocketSlack } from "./socket-slack.ts";

const say = (text: string) => ({
  type: "event_callback",
  team_id: team,
  event_id: `Ev${text}`,
  authorizations: [{ team_id: team, enterprise_id: null }],
  event: { type: "message", channel_type: "im", channel: "D1", user: "U1", text, ts: "1.1" },
});

async function openOverSocket(deliver: (inbound: Inbound) => Promise<Delivered>) {
  const fake = await openSocketSlack(team);
  const slack = openSlack({
    settings: {
      signingSecret,
      apiUrl: fake.apiUrl,
      authorizeUrl: fake.apiUrl,
      appToken: "xapp-1",
      access: { kind: "token", botToken: "xoxb-1" },
    },
    publicUrl: "http://localhost",
    deliver,
    present: async () => undefined,
    clock: { now: Date.now, realNow: Date.now },
    log: openLog({ level: "silent" }),
    installations: {
      find: async () => undefined,
      save: async () => {},
      remove: async () => false,
      claim: async () => true,
    },
  });
  onTestFinished(async () => {
    await slack.close();
    await fake.close();
  });
  expect(slack.routes).toEqual([]);
  await slack.start();
  await expect.poll(fake.connections).toBe(1);
  return { slack, fake };
}

test("S1 with an app token events come over a socket, and nothing listens", async () => {
  const heard: Inbound[] = [];
  const { fake } = await openOverSocket(async (inbound) => {
    heard.push(inbound);
    return {};
  });
  fake.event("e1", say("book"));
  await expect.poll(() => fake.acknowledged).toEqual(["e1"]);
  expect(heard[0]?.body).toEqual({ type: "text", text: "book" });
});

test("S2 over a socket too an event is acknowledged after its turn has committed, and never when it failed", async () => {
  const gate = Promise.withResolvers<void>();
  const { fake } = await openOverSocket(async ({ body }) => {
    if (body.type === "text" && body.text === "one") throw new Error("the database is unavailable");
    await gate.promise;
    return {};
  });
  fake.event("lost", say("one"));
  fake.event("other", { type: "event_callback", team_id: "T0ELSEWHERE", event: say("x").event });
  fake.event("kept", say("two"));
  expect(fake.acknowledged).toEqual([]);
  gate.resolve();
  await expect.poll(() => fake.acknowledged).toEqual(["kept"]);
});

test("S1 a broken socket is reconnected", async () => {
  const { fake } = await openOverSocket(async () => ({}));
  fake.drop();
  await expect.poll(fake.connections).toBe(2);
  fake.event("after", say("book"));
  await expect.poll(() => fake.acknowledged).toEqual(["after"]);
});

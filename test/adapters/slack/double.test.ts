import { expect, onTestFinished, test } from "vitest";
import { harbour } from "../../support/slack/desk.ts";
import { openFakeSlack } from "../../support/slack/fake-slack.ts";
import { type Flaw, openNaiveBot } from "../../support/slack/naive-bot.ts";
import { openSlackWorld } from "../../support/slack/slack-world.ts";

const team = harbour.id;

/** The people of the harbour around a bot with at most one bug; the fake's clock is frozen. */
async function around(flaw?: Flaw, options: { readonly patienceMs?: number } = {}) {
  const clock = { nowMs: Date.parse("2026-03-02T08:00:00Z") };
  const fake = await openFakeSlack({ workspaces: [harbour], now: () => clock.nowMs, judge: () => [] });
  onTestFinished(fake.close);
  const secret = "shh";
  const bot = await openNaiveBot(fake, team, { secret, ...(flaw === undefined ? {} : { flaw }) });
  const world = openSlackWorld({
    deskUrl: bot.address,
    fake,
    signingSecret: secret,
    ...(flaw === "never answers" ? { ackWithinMs: 100 } : {}),
    ...options,
  });
  return { fake, world, bot, clock, ana: world.user(team, "U0ANA"), ben: world.user(team, "U0BEN") };
}

test("a correct bot is used by text, presses and forms without a violation", async () => {
  const { world, ana, fake } = await around();
  expect((await ana.ask("hi & <b>")).lines).toEqual([
    "You said: hi & <b>. It begins at 09:00.",
    "[Tell me why] [Confirm]",
  ]);
  await world.redeliverLast();
  await ana.click("Tell me why");
  expect((await ana.seesModal("Why now?")).lines).toEqual(["Why now?: [ ]", "How?: [Video | Phone]"]);
  expect(await ana.submit()).toEqual({ ok: false, errors: { "Why now?": "Please complete this required field." } });
  await ana.fill({ "Why now?": "short", "How?": "Phone" });
  expect(await ana.submit()).toEqual({ ok: false, errors: { "Why now?": "Say a little more." } });
  await ana.fill({ "Why now?": "because it is time" });
  expect(await ana.submit()).toEqual({ ok: true });
  expect(ana.modal()).toBe(undefined);
  await Promise.all([ana.click("Confirm"), ana.click("Confirm")]);
  expect(ana.messages().map(({ from, words }) => `${from}: ${words}`)).toEqual([
    "U0ANA: hi & <b>",
    "desk: It is done.",
    "desk: Confirmed.",
  ]);
  await ana.slash("tomorrow <3");
  expect((await ana.seesEphemeral("You want")).words).toBe("You want tomorrow <3.");
  await world.settled();
  world.assertNoInjection();
  await world.assertSignatureChecked(team);
  expect(ana.notifications()).toEqual(["You said: hi &amp; &lt;b&gt;. It begins at 09:00.", "Confirmed."]);
  expect(fake.calls().filter(({ outcome }) => outcome !== "ok")).toEqual([]);
});

test.each<{ flaw: Flaw; throws: RegExp }>([
  { flaw: "never answers", throws: /did not answer within 100 ms: U0ANA says "hi"/ },
  { flaw: "answers 500", throws: /answered 500: U0ANA says "hi"/ },
])("S17 a desk that $flaw is detected", async ({ flaw, throws }) => {
  const { world, ana } = await around(flaw);
  await expect(ana.say("hi")).rejects.toThrow(throws);
  const { status } = await world.unchecked(() => ana.say("hi"));
  expect(status).toBe(flaw === "never answers" ? 0 : 500);
});

test("a desk that checks no signature is detected", async () => {
  const { world } = await around("checks no signature");
  await expect(world.assertSignatureChecked(team)).rejects.toThrow("without a signature was answered 200");
});

test("S13 a desk that processes a redelivery again shows two messages", async () => {
  const { world, ana } = await around("answers redeliveries twice");
  await ana.ask("hi");
  await world.redeliverLast(1, { num: 1 });
  expect(ana.messages().filter(({ from }) => from === "desk")).toHaveLength(2);
});

test("S13 a desk that answers its own messages loops until it hits the rate limit", async () => {
  const { world, ana, fake } = await around("answers its own messages");
  await ana.ask("hi");
  await world.settled();
  expect(ana.messages().filter(({ from }) => from === "desk")).toHaveLength(4);
  expect(fake.rates.turnedAway.get("chat.postMessage")).toBe(1);
});

test("S21 a desk that repeats raw text mentions the whole channel, which is detected", async () => {
  const { world, ana } = await around("repeats raw words");
  await ana.ask("<!channel> come here");
  expect(() => world.assertNoInjection()).toThrow("mentions everyone with <!channel>");
});

test("a desk that confirms twice shows two confirmations", async () => {
  const { ana } = await around("confirms twice");
  await ana.ask("hi");
  await Promise.all([ana.click("Confirm"), ana.click("Confirm")]);
  expect(ana.messages().filter(({ words }) => words === "Confirmed.")).toHaveLength(2);
});

test("S5 a desk that uses its server's zone shows another time than the person's", async () => {
  const good = (await around()).world.user(team, "U0ZOE");
  const bad = (await around("writes in the server's zone")).world.user(team, "U0ZOE");
  expect((await good.ask("hi")).words).toContain("It begins at 18:00.");
  expect((await bad.ask("hi")).words).not.toContain("It begins at 18:00.");
});

test("a desk that updates another person's message is refused", async () => {
  const { ana, fake } = await around("updates the person's message");
  await ana.ask("hi");
  expect(fake.calls("chat.update").map(({ outcome }) => outcome)).toEqual(["cant_update_message"]);
});

test("S17 a desk that uses a trigger twice is refused", async () => {
  const { ana, fake } = await around("uses the trigger twice");
  await ana.ask("hi");
  await ana.click("Tell me why");
  expect(fake.calls("views.open").map(({ outcome }) => outcome)).toEqual(["ok", "exchanged_trigger_id"]);
});

test("S22 a desk that reports an error for an unknown input is detected", async () => {
  const { ana } = await around("errors at no input");
  await ana.ask("hi");
  await ana.click("Tell me why");
  await ana.fill({ "Why now?": "short" });
  await expect(ana.submit()).rejects.toThrow("an error at nowhere");
});

test("S18 messages arrive in another order", async () => {
  const { world, ana } = await around();
  await world.outOfOrder(async () => {
    await ana.say("first");
    await ana.say("second");
  });
  const answers = ana.messages().flatMap(({ from, lines }) => (from === "desk" ? [lines[0]] : []));
  expect(answers.map((line) => line?.slice(0, 16))).toEqual(["You said: second", "You said: first."]);
});

test("S13 a mention arrives as a message and as a mention, with separate ids", async () => {
  const { world, ana } = await around();
  expect(await ana.mention("C0GENERAL", "hello")).toHaveLength(2);
  expect(await ana.answered(() => ana.say("and privately"))).toHaveProperty("status", 200);
  await expect(world.redeliverLast(4)).rejects.toThrow("only 3 events");
});

test("a press by another person carries their id and the other's message", async () => {
  const { world, ana } = await around();
  const shown = await ana.ask("hi");
  await world.clickAs("U0BEN", shown, "Confirm");
  expect(ana.newest().words).toBe("Confirmed.");
});

test("a button that is not on the screen cannot be pressed, and the error shows the screen", async () => {
  const { ana } = await around(undefined, { patienceMs: 100 });
  await ana.answered(() => ana.say("hi"));
  await expect(ana.click("Nowhere")).rejects.toThrow(/sees the button Nowhere[\s\S]*\[Tell me why\]/);
});

test("S13 edits, deletions, other apps' messages and changed profiles arrive, and a bot that reads only new messages stays silent", async () => {
  const { world, ana } = await around();
  const { ts } = await ana.say("hi");
  await ana.edit(ts, "hi there");
  await ana.delete(ts);
  await ana.otherBot("beep");
  await ana.userChange({ tz: "Asia/Tokyo" });
  await world.settled();
  expect(ana.messages().map(({ from }) => from)).toEqual(["desk", "B0OTHER"]);
  expect((await ana.ask("now")).words).toContain("18:00");
});

import { describe, expect, test } from "vitest";
import { frozenClock } from "../../support/clock.ts";
import { anaId, botInTeams, tenant } from "../../support/teams/bot-in-teams.ts";
import { type BotBug, cardOf, carried } from "../../support/teams/naive-bot.ts";
import { teamsPace } from "../../support/teams/world.ts";

describe("a person of the double", () => {
  test("installs, types, reads, fills inputs, clicks by visible title and sees the answer", async () => {
    const { bot, ana } = await botInTeams();
    expect(bot.heard.map(({ type }) => type)).toEqual(["installationUpdate", "conversationUpdate"]);
    await ana.say("a visit");
    expect(ana.newest()).toBe("Pick a day\nYou said: a visit\nPhone: 1\n[Monday] [Tuesday]");
    expect(ana.summaries()).toEqual(["Pick a day"]);
    ana.fill({ Phone: "12 34" });
    const clicked = await ana.click("Tuesday");
    expect(clicked.kind).toBe("card");
    expect(ana.newest()).toBe("Booked tue, phone 12 34");
    expect(bot.heard.at(-1)).toMatchObject({
      type: "invoke",
      name: "adaptiveCard/action",
      channelId: "msteams",
      localTimezone: "America/New_York",
      entities: [{ type: "clientInfo", timezone: "America/New_York", locale: "en-GB" }],
      conversation: { conversationType: "personal", tenantId: tenant },
      from: { aadObjectId: anaId },
      value: { action: { type: "Action.Execute", verb: "pick", data: { picked: "tue", phone: "12 34" } } },
    });
  });

  test("is stopped by the client before sending, with the text of errorMessage", async () => {
    const { bot, ana } = await botInTeams();
    await ana.say("a visit");
    ana.fill({ Phone: "none" });
    expect(ana.refusals("Monday")).toEqual({ Phone: "Digits only." });
    await expect(ana.click("Monday")).rejects.toThrow("the client does not send “Monday”: Phone: Digits only.");
    ana.fill({ Phone: "" });
    expect(ana.refusals("Monday")).toEqual({ Phone: "Digits only." });
    expect(bot.heard.map(({ type }) => type)).not.toContain("invoke");
  });

  test("sends an Action.Submit as a message with a value, and presses on another person's card", async () => {
    const { bot, world, ana } = await botInTeams();
    const ben = world.user(tenant, "44444444-4444-4444-8444-444444444444", { name: "Ben" });
    await ana.say("a visit");
    await ana.submitOld("Monday");
    expect(bot.heard.at(-1)).toMatchObject({ type: "message", value: { picked: "mon", phone: "1" } });
    const press = ana.take("Monday");
    await ben.press(press);
    expect(bot.heard.at(-1)).toMatchObject({
      type: "invoke",
      from: { id: ben.person.userId },
      replyToId: press.messageId,
    });
    expect(ana.newest()).toContain("[Monday]");
  });

  test("sees the card of an invoke response alone until the message is edited", async () => {
    const { world, ana } = await botInTeams();
    await ana.say("a visit");
    world.connector.fail({ status: 412 }, { method: "PUT" });
    await ana.click("Monday");
    const [message] = ana.shownMessages();
    expect(ana.newest()).toBe("Booked mon, phone 1");
    expect(message?.edits).toBe(0);
    expect(JSON.stringify(message?.card)).toContain("Pick a day");
  });

  test("mentions the bot in a group, where the conversation names its type", async () => {
    const { bot, world, ana } = await botInTeams();
    const group = world.group("groupChat", [ana]);
    await ana.say("hello", { in: group });
    expect(bot.heard.at(-1)).toMatchObject({
      text: "<at>Frontdesk</at> hello",
      conversation: { id: group.id, conversationType: "groupChat", isGroup: true },
    });
    expect(group.messages).toHaveLength(2);
    expect(ana.messages()).toEqual([]);
  });
});

describe("a planted bug is detected", () => {
  test.each<[BotBug, RegExp]>([
    ["answers late", /“Monday”: answered after 1200 ms, 1000 at most/],
    ["answers nothing", /“Monday”: answered nothing Teams can read/],
    ["answers 500", /“Monday”: answered 500/],
    ["uses one title on two buttons", /two buttons say “Monday”/],
    ["uses an unsupported element", /an element of type Carousel/],
    ["sends an oversized card", /a message of 100\d+ bytes/],
    ["sends words and card together", /text and card in one message/],
    ["edits a person's message", /PUT of another sender's message/],
    ["sends no token", /POST .* without a token of the bot/],
  ])("a bot that %s", async (bug, sign) => {
    const { world, ana } = await botInTeams({ bug });
    await ana.say("a visit");
    const violations = world.connector.takeViolations();
    if (violations.length > 0) expect(violations.join("\n")).toMatch(sign);
    else await expect(ana.click("Monday")).rejects.toThrow(sign);
  });

  test("a bot that sends text and card together gets no id back, and there are two messages", async () => {
    const { bot, world, ana, place } = await botInTeams();
    const card = cardOf({ type: "TextBlock", text: "Hello" });
    expect(await bot.post(place, { ...carried(card), text: "Words" })).toEqual({ status: 201 });
    expect(ana.messages()).toEqual(["Words", "Hello"]);
    expect(world.connector.takeViolations()).toHaveLength(1);
  });

  test("a bot that treats a redelivery as new answers everything twice; a correct one once", async () => {
    for (const bug of ["takes a redelivery for news", undefined] as const) {
      const { ana } = await botInTeams(bug === undefined ? {} : { bug });
      await ana.say("a visit");
      await ana.redeliver();
      expect(ana.messages()).toHaveLength(bug === undefined ? 1 : 2);
    }
  });

  test("a double click is two activities, or one delivered twice", async () => {
    const { bot, ana } = await botInTeams({ bug: "takes a redelivery for news" });
    await ana.say("a visit");
    await ana.doubleClick("Monday");
    await ana.say("another");
    await ana.doubleClick("Monday", { sameId: true });
    const ids = bot.heard.filter(({ type }) => type === "invoke").map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(ids).toHaveLength(4);
  });

  test("a bot that ignores Retry-After is reported; the rate limit follows the clock", async () => {
    const clock = frozenClock("2026-03-02T08:00:00Z");
    const { bot, world, ana } = await botInTeams({
      bug: "does not heed Retry-After",
      pace: teamsPace,
      realNow: clock.now,
    });
    for (const _ of Array(7).keys()) await ana.say("again");
    expect(ana.messages()).toHaveLength(7);
    await ana.say("once too often");
    expect(world.connector.calls().at(-1)?.status).toBe(429);
    expect(world.connector.takeViolations()).toEqual(["POST came before the time that Retry-After named was over"]);
    clock.advance(1_000);
    expect(bot.heard).toHaveLength(10);
    await ana.say("later");
    expect(ana.messages()).toHaveLength(8);
  });
});

describe("the Connector refuses as Teams does", () => {
  test("an unreachable person, and an unknown message or chat", async () => {
    const { bot, ana, place } = await botInTeams();
    const hello = carried(cardOf({ type: "TextBlock", text: "Hello" }));
    ana.block();
    expect((await bot.post(place, hello)).status).toBe(403);
    ana.unblock();
    expect((await bot.post(place, hello)).status).toBe(201);
    await ana.uninstall({ told: false });
    expect((await bot.post(place, hello)).status).toBe(403);
    await ana.install("members first");
    ana.moveChat();
    expect((await bot.post(place, hello)).status).toBe(404);
  });

  test("by plan and by call count: a status, a broken connection, a lost response", async () => {
    const { bot, world, ana, place } = await botInTeams();
    const hello = carried(cardOf({ type: "TextBlock", text: "Hello" }));
    world.connector.fail({ status: 503 }, { after: 1, times: 2 });
    const statuses: number[] = [];
    for (const _ of Array(4).keys()) statuses.push((await bot.post(place, hello)).status);
    expect(statuses).toEqual([201, 503, 503, 201]);
    world.connector.fail("reset");
    await expect(bot.post(place, hello)).rejects.toThrow("fetch failed");
    expect(ana.messages()).toHaveLength(2);
    world.connector.fail("lost reply");
    await expect(bot.post(place, hello)).rejects.toThrow("fetch failed");
    expect(ana.messages()).toHaveLength(3);
  });
});

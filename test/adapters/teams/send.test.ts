import { describe, expect, test } from "vitest";
import { openPace } from "../../../adapters/teams/pace.ts";
import type { Card } from "../../../src/cards/card.ts";
import { teamsPace } from "../../support/teams/world.ts";
import { anasTeams, menu, openTestTeams } from "./test-teams.ts";

const later: Card = { summary: "Confirmed for Tuesday", title: "Confirmed", parts: [] };

async function openInstalled(options: Parameters<typeof openTestTeams>[0] = {}) {
  const opened = await openTestTeams(options);
  await opened.ana.install();
  return opened;
}

test("T8 a card is one message with the card alone and a line for its notification", async () => {
  const { world, ana, send } = await openInstalled();
  const sent = await send();
  expect(sent).toEqual({ ok: true, messageId: ana.chat.messages.at(-1)?.id });
  expect(ana.summaries()).toEqual([menu.summary]);
  const [call] = world.connector.calls();
  expect(Object.keys(call?.body ?? {})).not.toContain("text");
});

test("T8 a repaint edits that message", async () => {
  const { ana, send } = await openInstalled();
  const posted = await send();
  const messageId = posted.ok ? posted.messageId : "";
  expect(await send(later, { messageId, revision: 2 })).toEqual({ ok: true, messageId });
  expect(ana.messages()).toHaveLength(1);
  expect(ana.newest()).toContain("Confirmed");
});

test("T10 a card is sent long after the turn, from stored data alone", async () => {
  const { world, ana, send, store } = await openInstalled();
  expect(await store.chatReferences.find(anasTeams)).toBeDefined();
  expect(await send()).toMatchObject({ ok: true });
  expect(ana.messages()).toHaveLength(1);
  expect(world.connector.calls().map(({ status }) => status)).toEqual([201]);
});

describe("T6 each attempt is one request, and the desk's own queue retries", () => {
  test.each([
    [{ status: 412 }, "412 PreconditionFailed"],
    [{ status: 429 }, "429 Throttled"],
    [{ status: 500 }, "500 ServiceError"],
    [{ status: 502 }, "502 ServiceError"],
    [{ status: 503 }, "503 ServiceError"],
  ])("%j", async (fault, error) => {
    const { world, ana, send } = await openInstalled();
    world.connector.fail(fault);
    expect(await send()).toEqual({ ok: false, again: true, error });
    expect(world.connector.calls()).toHaveLength(1);
    expect(await send(menu, { attempt: 2 })).toMatchObject({ ok: true });
    expect(ana.messages()).toHaveLength(1);
  });

  test.each([429, 503])("Teams' Retry-After with %i is respected", async (status) => {
    const { world, send } = await openInstalled();
    world.connector.fail({ status, retryAfterSeconds: 7 });
    expect(await send()).toMatchObject({ ok: false, again: true, afterMs: 7_000 });
  });

  test("a broken connection is retried; a lost answer may send the card twice, never not at all", async () => {
    const { world, ana, send } = await openInstalled();
    world.connector.fail("reset");
    expect(await send()).toMatchObject({ ok: false, again: true });
    expect(ana.messages()).toHaveLength(0);
    world.connector.fail("lost reply");
    expect(await send(menu, { attempt: 2 })).toMatchObject({ ok: false, again: true });
    expect(await send(menu, { attempt: 3 })).toMatchObject({ ok: true });
    expect(ana.messages()).toHaveLength(2);
  });

  test("a lost answer to an edit is retried without harm", async () => {
    const { world, ana, send } = await openInstalled();
    const posted = await send();
    const messageId = posted.ok ? posted.messageId : "";
    world.connector.fail("lost reply", { method: "PUT" });
    expect(await send(later, { messageId })).toMatchObject({ ok: false, again: true });
    expect(await send(later, { messageId })).toMatchObject({ ok: true });
    expect(ana.messages()).toHaveLength(1);
  });
});

describe("T12 an unreachable person is reported as such", () => {
  test("never installed: no request to Teams", async () => {
    const { world, send } = await openTestTeams();
    expect(await send()).toMatchObject({ ok: false, again: false, unreachable: "not-installed" });
    expect(world.connector.calls()).toEqual([]);
  });

  test("uninstalled without an activity", async () => {
    const { ana, send } = await openInstalled();
    await ana.uninstall({ told: false });
    expect(await send()).toMatchObject({ ok: false, again: false, unreachable: "not-installed" });
  });

  test("blocked, and reachable again afterwards", async () => {
    const { ana, send } = await openInstalled();
    ana.block();
    expect(await send()).toMatchObject({ ok: false, again: false, unreachable: "blocked" });
    ana.unblock();
    expect(await send()).toMatchObject({ ok: true });
  });

  test("a chat with a new id: it is created again, once, and stored", async () => {
    const { world, ana, send, reference } = await openInstalled();
    ana.moveChat();
    expect(await send()).toMatchObject({ ok: true });
    expect(world.connector.calls().map(({ method, status }) => `${method} ${status}`)).toEqual([
      "POST 404",
      "POST 201",
      "POST 201",
    ]);
    expect(await reference()).toMatchObject({ conversationId: ana.chat.id });
    expect(ana.messages()).toHaveLength(1);
  });

  test("a chat that is gone for good", async () => {
    const { world, send, reference } = await openInstalled();
    world.connector.fail({ status: 404 }, { method: "POST" });
    world.connector.fail({ status: 404 }, { method: "POST" });
    expect(await send()).toMatchObject({ ok: false, again: false, unreachable: "gone" });
    expect(await reference()).toBeUndefined();
  });

  test("an outage while the chat is created again deletes no reference", async () => {
    const { world, ana, send, reference } = await openInstalled();
    ana.moveChat();
    world.connector.fail({ status: 503 }, { method: "POST", after: 1 });
    expect(await send()).toMatchObject({ ok: false, again: true });
    expect(await reference()).toBeDefined();
    expect(await send()).toMatchObject({ ok: true });
  });

  test("a message that was deleted, or whose chat has a new id, is posted again by the desk", async () => {
    const { ana, send } = await openInstalled();
    const posted = await send();
    const messageId = posted.ok ? posted.messageId : "";
    const [message] = ana.chat.messages;
    if (message) message.deleted = true;
    expect(await send(later, { messageId })).toMatchObject({ ok: false, again: false, messageGone: true });
    ana.moveChat();
    expect(await send(later, { messageId })).toMatchObject({ ok: false, again: false, messageGone: true });
  });

  test.each([413, 400])(
    "a message Teams refuses with %i is a bug of the desk: not retried, and logged",
    async (status) => {
      const { world, send, lines } = await openInstalled();
      world.connector.fail({ status });
      const outcome = await send();
      expect(outcome).toMatchObject({ ok: false, again: false });
      expect(outcome).not.toHaveProperty("unreachable");
      expect(lines.filter(({ event }) => event === "teams.message.rejected")).toMatchObject([{ code: String(status) }]);
    },
  );
});

test("T2 a stored service URL on a foreign host gets neither card nor token", async () => {
  const { world, send, store, reference } = await openInstalled();
  const known = await reference();
  if (known) await store.chatReferences.save({ ...known, serviceUrl: "https://collector.example/" });
  expect(await send()).toMatchObject({ ok: false, again: false });
  expect(world.connector.calls()).toEqual([]);
});

test("cards are sent within Teams' rate limit: seven in a second, the next waits without a request to Teams", async () => {
  const { world, clock, send } = await openInstalled({ world: { pace: teamsPace } });
  for (let times = 0; times < 7; times++) expect(await send()).toMatchObject({ ok: true });
  expect(await send()).toMatchObject({ ok: false, again: true, afterMs: 1_000 });
  clock.advance(1_000);
  expect(world.connector.calls()).toHaveLength(7);
});

test("the limit applies per conversation, and is never above 60 in 30 seconds", () => {
  const pace = openPace();
  let nowMs = 1_000_000;
  const sent: number[] = [];
  while (sent.length < 100) {
    const wait = pace.take("a:1", nowMs);
    if (wait === 0) sent.push(nowMs);
    nowMs += wait === 0 ? 10 : wait;
  }
  for (const [index, ms] of sent.entries()) {
    const within = (span: number) => sent.slice(0, index + 1).filter((at) => at > ms - span).length;
    expect(within(1_000)).toBeLessThanOrEqual(7);
    expect(within(2_000)).toBeLessThanOrEqual(8);
    expect(within(30_000)).toBeLessThanOrEqual(60);
  }
  expect(pace.take("a:2", nowMs)).toBe(0);
});

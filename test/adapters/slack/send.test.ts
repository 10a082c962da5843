import { expect, test } from "vitest";
import { openClients } from "../../../adapters/slack/clients.ts";
import { openResponseUrls } from "../../../adapters/slack/response-urls.ts";
import { openLog } from "../../../src/log.ts";
import { aCard, ana, harbour, openRig, outgoing, type SlackRig, team } from "./slack-rig.ts";

const silent = openLog({ level: "silent" });
const postOf = async (rig: SlackRig) => {
  const sent = await rig.slack.messenger.send(outgoing());
  if (!sent.ok) throw new Error("the post failed");
  return sent.messageId;
};

test("a new card is posted into the person's own chat, with its notification text", async () => {
  const rig = await openRig();
  expect(await postOf(rig)).toMatch(/^D0HARBOUR0ANA:\d+\.\d+$/);
  const user = rig.world.user(team, "U0ANA");
  expect(user.notifications()).toEqual(["Which service?"]);
  expect(user.newest().buttons).toContain("Follow-up");
  await rig.slack.messenger.send(outgoing({ outboxId: "ob_2" }));
  expect(rig.fake.calls("conversations.open")).toHaveLength(1);
  rig.world.assertNoInjection();
});

test("S3 the repaint after a press uses its response_url, later ones use chat.update", async () => {
  const rig = await openRig();
  const messageId = await postOf(rig);
  await rig.world.user(team, "U0ANA").click("Follow-up");
  const repaint = (revision: number, title: string) =>
    rig.slack.messenger.send(outgoing({ messageId, revision, card: aCard(title) }));
  expect(await repaint(2, "Which day?")).toEqual({ ok: true, messageId });
  expect(rig.fake.calls("chat.update")).toHaveLength(0);
  expect(await repaint(3, "Which time?")).toEqual({ ok: true, messageId });
  expect(rig.fake.calls("chat.update")).toHaveLength(1);
  expect(rig.world.user(team, "U0ANA").newest().text).toBe("Which time?");
});

test("S3 a response_url that is refused or lost falls back to an update", async () => {
  for (const fault of [{ kind: "server-error" }, { kind: "reset" }] as const) {
    const rig = await openRig();
    const messageId = await postOf(rig);
    await rig.world.user(team, "U0ANA").click("Follow-up");
    rig.fake.faults.plan("response_url", fault);
    expect(await rig.slack.messenger.send(outgoing({ messageId, revision: 2 }))).toEqual({ ok: true, messageId });
    expect(rig.fake.calls("chat.update")).toHaveLength(1);
  }
});

test("S19 a response_url is used for half an hour and five times at most", async () => {
  const rig = await openRig();
  const messageId = await postOf(rig);
  await rig.world.user(team, "U0ANA").click("Follow-up");
  rig.pass(30 * 60_000 + 1);
  await rig.slack.messenger.send(outgoing({ messageId, revision: 2 }));
  expect(rig.fake.calls("response_url")).toHaveLength(0);

  const urls = openResponseUrls({ apiUrl: rig.fake.apiUrl, realNow: Date.now });
  const pressed = { user: "U0ANA", messageId: "C:1" };
  urls.keep(pressed, rig.fake.responseUrl("x"));
  const uses = [1, 2, 3, 4, 5, 6].map(() => urls.takeForHint(pressed) !== undefined);
  expect(uses).toEqual([true, true, true, true, true, false]);
});

test("R10 another person's press on a message does not bring the response_url for its owner's card", async () => {
  const rig = await openRig();
  const messageId = await postOf(rig);
  await rig.world.clickAs("U0MAYA", rig.world.user(team, "U0ANA").newest(), "Follow-up");
  expect(await rig.slack.messenger.send(outgoing({ messageId, revision: 2 }))).toEqual({ ok: true, messageId });
  expect(rig.fake.calls("response_url")).toHaveLength(0);
  expect(rig.fake.calls("chat.update")).toHaveLength(1);
});

test("R10 a person's channel is learnt from their own message or conversations.open, not from a press or an opening", async () => {
  const rig = await openRig();
  const user = rig.world.user(team, "U0ANA");
  await user.openHome();
  await rig.world.event(team, { type: "app_home_opened", user: "U0ANA", tab: "messages", channel: "D0ANOTHER" });
  const press = {
    type: "block_actions",
    team: { id: team },
    user: { id: "U0ANA", team_id: team },
    trigger_id: "1.2.3",
    container: { type: "message", channel_id: "D0ANOTHER", message_ts: "1.1" },
    channel: { id: "D0ANOTHER", name: "directmessage" },
    actions: [{ type: "button", action_id: "press:1", block_id: "b", value: "{}", action_ts: "1.2" }],
  };
  await rig.world.raw(`payload=${encodeURIComponent(JSON.stringify(press))}`);
  expect(await postOf(rig)).toMatch(/^D0HARBOUR0ANA:/);
  expect(rig.fake.calls("conversations.open")).toHaveLength(1);

  const told = await openRig();
  await told.world.user(team, "U0ANA").say("book");
  await postOf(told);
  expect(told.fake.calls("conversations.open")).toHaveLength(0);
});

test("S9 a response_url of Slack or of this machine is used, any other is not", () => {
  const urls = openResponseUrls({ apiUrl: "https://slack.example.test/api/", realNow: Date.now });
  const isKept = (url: string) => {
    const pressed = { user: "U1", messageId: url };
    urls.keep(pressed, url);
    return urls.takeForHint(pressed) !== undefined;
  };
  expect(isKept("https://hooks.slack.com/actions/T/1/x")).toBe(true);
  expect(isKept("http://127.0.0.1:4000/response/1")).toBe(true);
  expect(isKept("https://slack.example.test/response/1")).toBe(true);
  expect(isKept("http://hooks.slack.com/actions/T/1/x")).toBe(false);
  expect(isKept("https://slack.com.evil.test/x")).toBe(false);
  expect(isKept("http://169.254.169.254/latest")).toBe(false);
});

test("S12 after a lost response the history is searched before the card is posted again", async () => {
  const rig = await openRig();
  rig.fake.faults.plan("chat.postMessage", { kind: "lost" });
  expect(await rig.slack.messenger.send(outgoing())).toMatchObject({ ok: false, again: true });
  const again = await rig.slack.messenger.send(outgoing({ attempt: 2 }));
  expect(again).toMatchObject({ ok: true });
  expect(rig.world.user(team, "U0ANA").messages()).toHaveLength(1);
  expect(again).toEqual({ ok: true, messageId: `D0HARBOUR0ANA:${rig.world.user(team, "U0ANA").newest().ts}` });
});

test("S23 the history is read after an unknown outcome only, and another card's message is not taken for it", async () => {
  const rig = await openRig();
  await postOf(rig);
  expect(rig.fake.calls("conversations.history")).toHaveLength(0);
  rig.pass(2_000);
  await rig.slack.messenger.send(outgoing({ outboxId: "ob_2", attempt: 2 }));
  expect(rig.fake.calls("conversations.history")).toHaveLength(1);
  expect(rig.world.user(team, "U0ANA").messages()).toHaveLength(2);
});

test("S12 the client itself never retries", async () => {
  const rig = await openRig();
  await postOf(rig);
  rig.pass(2_000);
  rig.fake.faults.plan("chat.postMessage", { kind: "server-error" });
  await rig.slack.messenger.send(outgoing({ outboxId: "ob_2" }));
  expect(rig.fake.calls("chat.postMessage")).toHaveLength(2);
});

test("S23 a workspace gets no more opened channels a minute than its limit: the rest is delayed", async () => {
  const users = Array.from({ length: 49 }, (_, at) => ({
    id: `U1P${at}`,
    realName: `Person ${at}`,
    tz: "Europe/Lisbon",
  }));
  const rig = await openRig({
    limits: "real",
    workspaces: [{ ...harbour, users: [...(harbour.users ?? []), ...users] }],
  });
  const sent = await Promise.all(
    users.map(({ id }) => rig.slack.messenger.send(outgoing({ outboxId: `ob_${id}`, to: { ...ana, user: id } }))),
  );
  expect(sent.filter(({ ok }) => !ok)).toEqual([expect.objectContaining({ again: true, error: "paced" })]);
  expect(rig.fake.calls("conversations.open")).toHaveLength(48);
});

test("S23 a channel gets one post per second, and a workspace no more updates than its limit: the rest is delayed", async () => {
  const rig = await openRig({ limits: "real" });
  const messageId = await postOf(rig);
  const second = await rig.slack.messenger.send(outgoing({ outboxId: "ob_2" }));
  expect(second).toMatchObject({ ok: false, again: true, error: "paced" });
  if (second.ok || !second.again) throw new Error("it was sent");
  rig.pass(second.afterMs ?? 0);
  expect(await rig.slack.messenger.send(outgoing({ outboxId: "ob_2" }))).toMatchObject({ ok: true });

  for (let n = 0; n < 48; n += 1) {
    expect(await rig.slack.messenger.send(outgoing({ messageId, revision: 2 + n }))).toMatchObject({ ok: true });
  }
  const over = await rig.slack.messenger.send(outgoing({ messageId, revision: 60 }));
  expect(over).toMatchObject({ ok: false, again: true });
  expect(rig.fake.calls("chat.update")).toHaveLength(48);
  expect([...rig.fake.rates.turnedAway]).toEqual([]);
});

test("S3 Slack's Retry-After is passed on, and no call is made before it has passed", async () => {
  const rig = await openRig();
  const messageId = await postOf(rig);
  rig.fake.faults.plan("chat.update", { kind: "ratelimited", retryAfterS: 7 });
  expect(await rig.slack.messenger.send(outgoing({ messageId }))).toEqual({
    ok: false,
    again: true,
    afterMs: 7_000,
    error: "ratelimited",
  });
  expect(await rig.slack.messenger.send(outgoing({ messageId }))).toMatchObject({ again: true, error: "paced" });
  expect(rig.fake.calls("chat.update")).toHaveLength(1);
  rig.pass(7_000);
  expect(await rig.slack.messenger.send(outgoing({ messageId }))).toEqual({ ok: true, messageId });
});

test("temporary failures are retried, missing people are not, and a deleted message is reported", async () => {
  const rig = await openRig();
  const messageId = await postOf(rig);
  const after = async (error: string) => {
    rig.fake.faults.plan("chat.update", { kind: "refusal", error });
    return rig.slack.messenger.send(outgoing({ messageId }));
  };
  expect(await after("internal_error")).toMatchObject({ again: true });
  expect(await after("a_word_nobody_knows")).toMatchObject({ again: true });
  expect(await after("channel_not_found")).toMatchObject({ again: false, unreachable: "gone" });
  expect(await after("user_disabled")).toMatchObject({ again: false, unreachable: "gone" });
  expect(await after("account_inactive")).toMatchObject({ again: false, unreachable: "not-installed" });
  expect(await after("message_not_found")).toMatchObject({ again: false, messageGone: true });
  expect(await after("edit_window_closed")).toMatchObject({ again: false, messageGone: true });
  const ours = await after("invalid_blocks");
  expect(ours).toEqual({ ok: false, again: false, error: "invalid_blocks" });
  expect(rig.lines.some((line) => line.includes("slack.message.rejected") && line.includes("ob_1"))).toBe(true);
});

test("S10 while Slack is unreachable, also at start, sends are retried; afterwards the card is sent", async () => {
  const rig = await openRig();
  await rig.fake.unreachable();
  await rig.slack.start();
  expect(await rig.slack.messenger.send(outgoing())).toMatchObject({ ok: false, again: true });
  await rig.fake.back();
  expect(await rig.slack.messenger.send(outgoing({ attempt: 2 }))).toMatchObject({ ok: true });
});

test("a workspace without the app, and one of a token for another, cannot be reached", async () => {
  const rig = await openRig();
  const to = { ...ana, workspace: "T0ELSEWHERE" };
  expect(await rig.slack.messenger.send(outgoing({ to }))).toEqual({
    ok: false,
    again: false,
    error: "not-installed",
    unreachable: "not-installed",
  });
});

test("S15 a response other than 2xx counts as a failure", async () => {
  const rig = await openRig();
  const urls = openResponseUrls({ apiUrl: rig.fake.apiUrl, realNow: Date.now });
  expect(await urls.post(rig.fake.responseUrl("never-given"), { text: "x" })).toBe(false);
  expect(await urls.post("http://127.0.0.1:1/response", { text: "x" })).toBe(false);
});

test("S8 clients carry no headers of their own, and one token's client is never another's", () => {
  const clients = openClients({ apiUrl: "http://127.0.0.1:1/api/", log: silent });
  expect(clients.queued("xoxb-1")).not.toBe(clients.queued("xoxb-2"));
  expect(clients.queued("xoxb-1")).toBe(clients.queued("xoxb-1"));
  // A rate limit pauses a whole client, so calls for waiting people have a client of their own (S12).
  expect(clients.queued("xoxb-1")).not.toBe(clients.atOnce("xoxb-1"));
});

test("S8 each workspace is called with its own token", async () => {
  const other = { ...harbour, id: "T0OTHER" };
  const rig = await openRig({ workspaces: [harbour, other], access: "oauth" });
  for (const { id } of [harbour, other]) {
    const botToken = rig.fake.tokenOf(id);
    await rig.store.installations.save({ teamId: id, botUserId: "U0DESK", botToken, scopes: [], installedAtMs: 1 });
    await rig.world.user(id, "U0ANA").say("book");
    await rig.slack.messenger.send(outgoing({ to: { ...ana, workspace: id } }));
  }
  const callers = rig.fake.calls("chat.postMessage").map(({ teamId, outcome }) => [teamId, outcome]);
  expect(callers).toEqual([
    ["T0HARBOUR", "ok"],
    ["T0OTHER", "ok"],
  ]);
  expect(rig.world.user("T0OTHER", "U0ANA").notifications()).toEqual(["Which service?"]);
});

test("the Home tab is published, and a hint in a channel is visible to one person only, with a link to the chat", async () => {
  const rig = await openRig();
  const card = aCard("Your sessions");
  expect(await rig.slack.messenger.publishTab?.(ana, card, "ob_1")).toMatchObject({ ok: true });
  expect((await rig.world.user(team, "U0ANA").seesHome("Your sessions")).buttons).toContain("Follow-up");
  const place = { channel: "C0GENERAL" };
  expect(await rig.slack.messenger.whisper?.(ana, place, { summary: "Let us talk", parts: [] }, "ob_2")).toMatchObject({
    ok: true,
  });
  const hint = await rig.world.user(team, "U0ANA").seesEphemeral("Let us talk");
  expect(hint.buttons).toContain("Open our chat");
  expect(rig.world.user(team, "U0ANA").channel("C0GENERAL")).toEqual([]);
});

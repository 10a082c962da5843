import { expect, test } from "vitest";
import { readDeparture, readMessage, readSubmission } from "../../../adapters/slack/receive.ts";
import { aCard, ana, harbour, openRig, outgoing, team } from "./slack-rig.ts";

const said = (rig: { heard: readonly { body: { type: string } }[] }) => rig.heard.map(({ body }) => body);

test("a typed message is delivered unescaped, with the sender's profile (S20, S21)", async () => {
  const { world, heard } = await openRig();
  const { ts } = await world.user(team, "U0ANA").say("less <pain> & more sleep, ana@example.com");
  expect(heard).toHaveLength(1);
  expect(heard[0]).toMatchObject({
    id: `slack:msg:${team}:D0HARBOUR0ANA:${ts}`,
    from: ana,
    profile: { name: "Ana Alves", timezone: "Europe/Lisbon", locale: "pt-PT" },
    body: { type: "text", text: "less <pain> & more sleep, ana@example.com" },
  });
});

test("S21 text is unescaped once: a typed entity stays as typed", async () => {
  const body = { event: { channel: "D1", channel_type: "im", user: "U1", ts: "1.1", text: "a &amp;lt; b &lt;c&gt;" } };
  expect(readMessage(team, body)?.body).toEqual({ type: "text", text: "a &lt; b <c>" });
});

test.each(["", "my lab results"])("W10: a file with the words “%s” is delivered as a message with a file", (text) => {
  const event = {
    channel: "D1",
    channel_type: "im",
    user: "U1",
    ts: "1.1",
    text,
    subtype: "file_share",
    files: [{ id: "F1" }],
  };
  expect(readMessage(team, { event })?.body).toEqual({ type: "text", text, hasFile: true });
});

test("S13 an edited, a deleted, another bot's and the desk's own message is not read", async () => {
  const rig = await openRig();
  const user = rig.world.user(team, "U0ANA");
  const { ts } = await user.say("book");
  await user.edit(ts, "book tomorrow");
  await user.delete(ts);
  await user.otherBot("buy now");
  await rig.slack.messenger.send(outgoing());
  await rig.world.settled();
  expect(said(rig)).toEqual([{ type: "text", text: "book" }]);
});

test("S13 a redelivered event has the id of the first, so that the desk knows it again", async () => {
  const rig = await openRig();
  await rig.world.user(team, "U0ANA").say("book");
  await rig.world.redeliverLast();
  expect(rig.heard.map(({ id }) => id)).toEqual([rig.heard[0]?.id, rig.heard[0]?.id]);
});

test("S13 a mention arrives as a message and as a mention: only the mention counts in a channel, with its thread (S7)", async () => {
  const rig = await openRig();
  await rig.world.user(team, "U0ANA").mention("C0GENERAL", "help");
  expect(said(rig)).toEqual([{ type: "mention", place: { channel: "C0GENERAL" } }]);
  expect(rig.heard[0]?.id).toMatch(/^slack:msg:T0HARBOUR:C0GENERAL:/);
});

test("S17 an event is accepted on any delivery attempt, because the first may have failed", async () => {
  let fails = true;
  const rig = await openRig({
    deliver: () => {
      if (fails) throw new Error("the database is unavailable");
      return {};
    },
  });
  await rig.world.unchecked(() => rig.world.user(team, "U0ANA").say("book"));
  fails = false;
  const [again] = await rig.world.redeliverLast(1, { num: 3, reason: "http_error" });
  expect(again?.status).toBe(200);
  expect(rig.heard.map(({ id }) => id)).toEqual([rig.heard[0]?.id, rig.heard[0]?.id]);
});

test("S18 events that arrive out of order are each processed", async () => {
  const rig = await openRig();
  const user = rig.world.user(team, "U0ANA");
  await rig.world.outOfOrder(async () => {
    await user.say("book");
    await user.say("a massage");
  });
  expect(said(rig)).toEqual([
    { type: "text", text: "a massage" },
    { type: "text", text: "book" },
  ]);
});

test("the command is delivered as typed words and answered privately, with a link to the chat", async () => {
  const rig = await openRig();
  const user = rig.world.user(team, "U0ANA");
  await user.slash("follow-up & massage on <Tuesday>", { channel: "C0GENERAL" });
  await user.slash("");
  expect(said(rig)).toEqual([
    { type: "text", text: "book follow-up & massage on <Tuesday>" },
    { type: "text", text: "book" },
  ]);
  const hint = await user.seesEphemeral("our direct messages");
  expect(JSON.stringify(hint)).toContain(`https://slack.com/app_redirect?app=A0FRONTDESK&team=${team}`);
});

test("the shortcut begins a booking, the Home tab is requested, the opened chat asks for a greeting", async () => {
  const rig = await openRig();
  const user = rig.world.user(team, "U0ANA");
  await user.shortcut();
  await user.openHome();
  await user.openMessages();
  expect(said(rig)).toEqual([
    { type: "ask", flow: "book", input: { type: "book" } },
    { type: "tab" },
    { type: "opened" },
  ]);
  expect(new Set(rig.heard.map(({ id }) => id)).size).toBe(3);
});

test("a press carries its card's talk, revision and event, never its label (S21)", async () => {
  const rig = await openRig();
  await rig.slack.messenger.send(outgoing());
  await rig.world.user(team, "U0ANA").click("Follow-up");
  expect(said(rig)).toEqual([
    { type: "press", talkId: "tk_1", seenRevision: 1, event: { type: "service.chosen", id: "follow-up" } },
  ]);
});

test("S16 only the first action counts, and each press is delivered once", async () => {
  const rig = await openRig();
  await rig.slack.messenger.send(outgoing());
  await rig.world.user(team, "U0ANA").click("Start over");
  await rig.world.repeatLast();
  expect(rig.heard.map(({ id }) => id)).toEqual([rig.heard[0]?.id, rig.heard[0]?.id]);
});

test("S24 the workspace is that of the app's authorization, not the sender's", async () => {
  const other = { ...harbour, id: "T0OTHER" };
  const rig = await openRig({ workspaces: [harbour, other], access: "oauth" });
  for (const teamId of [team, other.id]) {
    await rig.store.installations.save({
      teamId,
      botUserId: `U0DESK${teamId.slice(1)}`,
      botToken: rig.fake.tokenOf(teamId),
      scopes: [],
      installedAtMs: 1,
    });
  }
  await rig.world.user("T0OTHER", "U0ANA").say("book");
  expect(rig.heard[0]?.from).toEqual({ platform: "slack", workspace: "T0OTHER", user: "U0ANA" });
});

test("a form submitted again after a correction is delivered twice", () => {
  const body = (trigger: string) => ({
    user: { id: "U1" },
    trigger_id: trigger,
    view: { id: "V1", hash: "h1", private_metadata: JSON.stringify({ t: "tk", r: 1, e: { type: "form.sent" } }) },
  });
  expect(readSubmission(body("1.a"))?.id).not.toBe(readSubmission(body("2.b"))?.id);
  expect(readSubmission(body("1.a"))?.id).toBe(readSubmission(body("1.a"))?.id);
});

test("only revoked bot tokens count as an uninstall", () => {
  const revoked = (tokens: object) => readDeparture({ event_time: 5, event: { type: "tokens_revoked", tokens } });
  expect(revoked({ oauth: ["U1"] })).toBe(undefined);
  expect(revoked({ bot: ["U0DESK"] })).toBe(5_999);
  expect(readDeparture({ event_time: 5, event: { type: "app_uninstalled" } })).toBe(5_999);
});

test("payloads of any other shape are acknowledged and ignored", async () => {
  const rig = await openRig();
  for (const event of [{ type: "message" }, { type: "app_mention", text: 7 }, { type: "app_home_opened" }]) {
    expect((await rig.world.event(team, event)).status).toBe(200);
  }
  expect(rig.heard).toEqual([]);
  expect(aCard().parts).toHaveLength(2);
});

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { openSlack } from "../../../adapters/slack/app.ts";
import { buttonOf, type Card } from "../../../src/cards/card.ts";
import type { Inbound } from "../../../src/conversation/inbound.ts";
import { DeskError } from "../../../src/errors.ts";
import { openLog } from "../../../src/log.ts";
import { aCard, ana, openRig, outgoing, signingSecret, team } from "./slack-rig.ts";

const button = buttonOf();

/** More questions than fit a message. */
const form: Card = {
  summary: "A few questions",
  title: "A few questions",
  parts: [
    {
      type: "inputs",
      inputs: ["Goal", "Diet", "Sleep", "Work"].map((label) => ({
        id: label.toLowerCase(),
        label,
        kind: "short_text",
        required: true,
      })),
      submit: button("Send answers", { type: "form.sent" }),
    },
  ],
};
const shown = outgoing({ card: form });
const presentForm = async () => ({ talkId: "tk_1", revision: 3, card: form });
const answers = { Goal: "Rest", Diet: "Any", Sleep: "Well", Work: "Desk" };

test("S2 a request is acknowledged only after the turn has committed, and gets a 5xx when the database is unavailable", async () => {
  let done = false;
  const rig = await openRig({
    deliver: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      done = true;
      return {};
    },
  });
  await rig.world.user(team, "U0ANA").say("book");
  expect(done).toBe(true);
});

test("S11 a failure is never acknowledged: events, presses, commands, shortcuts and forms get a 5xx", async () => {
  const rig = await openRig({
    present: presentForm,
    deliver: () => {
      throw new DeskError("database-busy", "the books are away", { retryable: true });
    },
  });
  const user = rig.world.user(team, "U0ANA");
  await rig.slack.messenger.send(shown);
  await user.click("Fill in the form");
  await user.fill(answers);
  const statuses = await rig.world.unchecked(async () => [
    await user.say("book"),
    await user.openHome(),
    await user.slash("tomorrow"),
    await user.shortcut(),
    ...(await user.mention("C0GENERAL", "help")),
  ]);
  // The mention's second event, a message in a channel, is ignored and acknowledged.
  expect(statuses.map(({ status }) => status).filter((status) => status !== 200)).toEqual([500, 500, 500, 500, 500]);
  await expect(user.submit()).rejects.toThrow("500");
});

test("S1 forged, old and unsigned requests get 401, and nothing is delivered or stored", async () => {
  const rig = await openRig();
  await rig.world.assertSignatureChecked(team);
  expect(rig.heard).toEqual([]);
  expect(await rig.store.read.installations.list()).toEqual([]);
  expect(refusals(rig.lines)).toEqual(new Set(["signature"]));
});

test("a body of more than a megabyte is refused, signed or not", async () => {
  const rig = await openRig();
  const answer = await rig.world.raw(JSON.stringify({ type: "event_callback", text: "x".repeat(1024 * 1024) }));
  expect(answer.status).toBe(413);
});

test("Slack's URL verification is answered", async () => {
  const rig = await openRig();
  const { status, body } = await rig.world.raw(JSON.stringify({ type: "url_verification", challenge: "abc" }));
  expect([status, body]).toEqual([200, '{"challenge":"abc"}']);
});

test("S10 opening the desk makes no request to Slack", async () => {
  const rig = await openRig();
  expect(rig.fake.calls()).toEqual([]);
});

test("S14 no server other than the desk's own listens", async () => {
  const rig = await openRig();
  expect(rig.slack.routes.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /slack/events"]);
});

test("S17 a hanging look-up does not delay an acknowledgement", async () => {
  const rig = await openRig({ lookUpMs: 1 });
  rig.fake.faults.plan("users.info", { kind: "hang" });
  await rig.world.user(team, "U0ANA").say("book");
  expect(rig.heard[0]?.profile).toBe(undefined);
  expect(rig.heard).toHaveLength(1);
});

test("S20 people are looked up once a day, a change applies at once, and a zone is a name, never an offset", async () => {
  const rig = await openRig();
  const user = rig.world.user(team, "U0ANA");
  await user.say("one");
  await user.say("two");
  expect(rig.fake.calls("users.info")).toHaveLength(1);
  await user.userChange({ tz: "Asia/Tokyo" });
  await user.say("three");
  expect(rig.heard.at(-1)?.profile).toEqual({ name: "Ana Alves", timezone: "Asia/Tokyo", locale: "pt-PT" });
  expect(rig.fake.calls("users.info")).toHaveLength(1);
  rig.pass(25 * 3_600_000);
  await user.say("four");
  await rig.fake.until("a second look", () => rig.fake.calls("users.info").length === 2);
});

test("S20 a user whose profile is not accessible is served without a zone", async () => {
  const users = [{ id: "U0GUEST", hidden: true }];
  const rig = await openRig({ workspaces: [{ id: team, users }] });
  await rig.world.user(team, "U0GUEST").say("book");
  expect(rig.heard[0]?.profile).toBe(undefined);
});

test("S12 a form opens at once, for the current card, and a failure is reported", async () => {
  const rig = await openRig({ present: presentForm });
  const user = rig.world.user(team, "U0ANA");
  await rig.slack.messenger.send(shown);
  await user.click("Fill in the form");
  await user.seesModal("A few questions");
  await user.fill(answers);
  expect(await user.submit()).toEqual({ ok: true });
  expect(rig.heard.at(-1)?.body).toEqual({
    type: "press",
    talkId: "tk_1",
    seenRevision: 3,
    event: { type: "form.sent" },
    values: { goal: "Rest", diet: "Any", sleep: "Well", work: "Desk" },
  });
});

test("S22 rejected answers are shown at their fields, and the corrected form is accepted", async () => {
  let tries = 0;
  const rig = await openRig({
    present: presentForm,
    deliver: () => {
      tries += 1;
      return tries === 1 ? { errors: { diet: "Please say what you eat." } } : {};
    },
  });
  const user = rig.world.user(team, "U0ANA");
  await rig.slack.messenger.send(shown);
  await user.click("Fill in the form");
  await user.fill(answers);
  expect(await user.submit()).toEqual({ ok: false, errors: { Diet: "Please say what you eat." } });
  expect(await user.submit()).toEqual({ ok: true });
  expect(new Set(rig.heard.map(({ id }) => id)).size).toBe(2);
});

test("S4 a form that is out of date is answered with a sentence in its place", async () => {
  const rig = await openRig({
    present: presentForm,
    deliver: () => ({ stale: true, refused: "That card is out of date." }),
  });
  const user = rig.world.user(team, "U0ANA");
  await rig.slack.messenger.send(shown);
  await user.click("Fill in the form");
  await user.fill(answers);
  await user.submit();
  await user.seesModal("That card is out of date.");
});

test("S4 a press that is refused is answered with a hint that only its person sees", async () => {
  const rig = await openRig({ deliver: () => ({ refused: "That card is out of date." }) });
  const user = rig.world.user(team, "U0ANA");
  await rig.slack.messenger.send(outgoing());
  await user.click("Follow-up");
  await user.seesEphemeral("That card is out of date.");
});

test("a form that cannot be opened is answered with an alternative", async () => {
  const rig = await openRig({ present: presentForm });
  const user = rig.world.user(team, "U0ANA");
  await rig.slack.messenger.send(shown);
  rig.fake.faults.plan("views.open", { kind: "refusal", error: "expired_trigger_id" });
  await user.click("Fill in the form");
  await user.seesEphemeral("type your answers here");
});

test("rejected answers of inline inputs are shown in the message with the typed values", async () => {
  const card: Card = {
    summary: "One question",
    title: "One question",
    parts: [
      {
        type: "inputs",
        inputs: [{ id: "phone", label: "Phone", kind: "phone", required: true }],
        submit: button("Send", { type: "form.sent" }),
      },
    ],
  };
  const rig = await openRig({
    deliver: () => ({ talkId: "tk_1", revision: 1, card, errors: { phone: "Please write a number." } }),
  });
  const user = rig.world.user(team, "U0ANA");
  await rig.slack.messenger.send(outgoing({ card }));
  await user.fill({ Phone: "none" });
  await user.click("Send");
  await user.sees("Please write a number.");
  expect(rig.heard[0]?.body).toMatchObject({ values: { phone: "none" } });
});

test("a button of the Home tab starts its talk, and a refusal opens a modal", async () => {
  let refuses = false;
  const rig = await openRig({ deliver: () => (refuses ? { refused: "You no longer have access here." } : {}) });
  const user = rig.world.user(team, "U0ANA");
  const ask = { type: "ask", flow: "book", as: "again", serviceId: "follow-up" };
  const card: Card = {
    summary: "Home",
    parts: [{ type: "buttons", role: "actions", buttons: [button("Request a session", ask)] }],
  };
  await rig.slack.messenger.publishTab?.(ana, card, "ob_1");
  await user.clickHome("Request a session");
  expect(rig.heard[0]?.body).toEqual({ type: "ask", flow: "book", input: { type: "again", serviceId: "follow-up" } });
  refuses = true;
  await user.clickHome("Request a session");
  await user.seesModal("You no longer have access here.");
});

test("S16 a link button is acknowledged and has no other effect", async () => {
  const card: Card = {
    summary: "Join",
    parts: [
      { type: "buttons", role: "actions", buttons: [{ label: "Join", action: { url: "https://meet.example/1" } }] },
    ],
  };
  const rig = await openRig();
  await rig.slack.messenger.send(outgoing({ card }));
  await rig.world.user(team, "U0ANA").click("Join");
  expect(rig.heard).toEqual([]);
});

test("S13 uninstalling deletes the workspace's token; a late uninstall event does not delete a new installation", async () => {
  const rig = await openRig({ access: "oauth" });
  const installation = (installedAtMs: number) => ({
    teamId: team,
    botUserId: "U0DESKHARBOUR",
    botToken: rig.fake.tokenOf(team),
    scopes: [],
    installedAtMs,
  });
  await rig.store.installations.save(installation(Date.now() + 60_000));
  await rig.world.event(team, { type: "app_uninstalled" });
  expect(await rig.store.installations.find({ teamId: team })).toMatchObject({ teamId: team });
  await rig.world.uninstall(team);
  expect(await rig.store.installations.find({ teamId: team })).toBe(undefined);
  expect(rig.lines.filter((line) => line.includes("slack.uninstalled"))).toHaveLength(1);
  expect(await rig.slack.messenger.send(outgoing())).toMatchObject({ unreachable: "not-installed" });
  const after = await rig.world.unchecked(() => rig.world.user(team, "U0ANA").say("book"));
  expect(after.status).toBe(401);
  expect(refusals(rig.lines)).toEqual(new Set(["not-installed"]));
  expect(rig.heard).toEqual([]);
});

/** Why requests were refused, as logged for the operator. */
function refusals(lines: readonly string[]): ReadonlySet<unknown> {
  const read = lines.map((line): Record<string, unknown> => JSON.parse(line));
  return new Set(read.filter(({ event }) => event === "slack.request.rejected").map(({ reason }) => reason));
}

test("S1 with an app token events arrive over a socket: no route is registered, and an unreachable Slack does not block the start", async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(String(request.url));
    response.writeHead(500).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo; // it listens on a port
  const heard: Inbound[] = [];
  const slack = openSlack({
    settings: {
      signingSecret,
      apiUrl: `http://127.0.0.1:${port}/api/`,
      authorizeUrl: "http://127.0.0.1:1/",
      appToken: "xapp-1",
      access: { kind: "token", botToken: "xoxb-1" },
    },
    publicUrl: "http://localhost",
    deliver: async (inbound) => {
      heard.push(inbound);
      return {};
    },
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
  expect(slack.routes).toEqual([]);
  await slack.start();
  await expect.poll(() => asked).toEqual(["/api/apps.connections.open"]);
  await slack.close();
  expect(heard).toEqual([]);
  expect(aCard().title).toBe("Which service?");
});

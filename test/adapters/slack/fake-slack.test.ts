import { expect, onTestFinished, test } from "vitest";
import { harbour } from "../../support/slack/desk.ts";
import { asTyped, injectionIn, seenOf } from "../../support/slack/escaping.ts";
import { type FakeSlackOptions, openFakeSlack } from "../../support/slack/fake-slack.ts";
import { type Json, record } from "../../support/slack/shape.ts";
import { openSlackWorld } from "../../support/slack/slack-world.ts";

const team = harbour.id;
const dm = "D0HARBOUR0ANA";

async function slack(options: Partial<FakeSlackOptions> = {}) {
  const clock = { nowMs: Date.parse("2026-03-02T08:00:00Z") };
  const fake = await openFakeSlack({ workspaces: [harbour], now: () => clock.nowMs, judge: () => [], ...options });
  onTestFinished(fake.close);
  const raw = (method: string, args: Json, token = fake.tokenOf(team)) =>
    fetch(`${fake.apiUrl}${method}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: formOf(args),
    });
  const api = async (method: string, args: Json = {}, token?: string) =>
    record(await (await raw(method, args, token)).json());
  return { fake, clock, raw, api };
}

function formOf(args: Json): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(args))
    form.set(name, typeof value === "string" ? value : JSON.stringify(value));
  return form;
}

const words = (count: number, text = "x"): Json => ({ type: "plain_text", text: text.repeat(count) });
const header = { type: "header", text: words(3) };

test.each<{ what: string; method: string; args: Json; error: string }>([
  { what: "an unknown method", method: "chat.shout", args: {}, error: "unknown_method" },
  {
    what: "an unknown channel",
    method: "chat.postMessage",
    args: { channel: "D1", text: "x" },
    error: "channel_not_found",
  },
  { what: "an empty message", method: "chat.postMessage", args: { channel: "U0ANA" }, error: "no_text" },
  {
    what: "a message that is too long",
    method: "chat.postMessage",
    args: { channel: "U0ANA", text: "x".repeat(40_001) },
    error: "msg_too_long",
  },
  {
    what: "a header of 151 characters",
    method: "chat.postMessage",
    args: { channel: "U0ANA", blocks: [{ ...header, text: words(151) }] },
    error: "invalid_blocks",
  },
  {
    what: "51 blocks",
    method: "chat.postMessage",
    args: { channel: "U0ANA", blocks: Array(51).fill(header) },
    error: "invalid_blocks",
  },
  {
    what: "blocks of 13,201 characters",
    method: "chat.postMessage",
    args: { channel: "U0ANA", blocks: Array(5).fill({ type: "section", text: words(2_700) }) },
    error: "msg_blocks_too_long",
  },
  {
    what: "an unknown field",
    method: "chat.postMessage",
    args: { channel: "U0ANA", blocks: [{ ...header, colour: "red" }] },
    error: "invalid_blocks",
  },
  {
    what: "an update in a member's id instead of a channel",
    method: "chat.update",
    args: { channel: "U0ANA", ts: "1.1", text: "x" },
    error: "channel_not_found",
  },
  {
    what: "an update of an unknown message",
    method: "chat.update",
    args: { channel: "C0GENERAL", ts: "1.1", text: "x" },
    error: "message_not_found",
  },
  {
    what: "an unknown trigger",
    method: "views.open",
    args: { trigger_id: "1.2", view: { type: "modal", title: words(2), blocks: [header] } },
    error: "invalid_trigger_id",
  },
  {
    what: "a modal with a title of 25 characters",
    method: "views.open",
    args: { trigger_id: "1.2", view: { type: "modal", title: words(25), blocks: [header] } },
    error: "invalid_arguments",
  },
  {
    what: "an unknown view",
    method: "views.update",
    args: { view_id: "V1", view: { type: "home", blocks: [] } },
    error: "not_found",
  },
  { what: "an unknown member", method: "users.info", args: { user: "U1" }, error: "user_not_found" },
  {
    what: "an unknown address",
    method: "users.lookupByEmail",
    args: { email: "no@example.com" },
    error: "users_not_found",
  },
  {
    what: "the history of a channel without its scope",
    method: "conversations.history",
    args: { channel: "C0GENERAL" },
    error: "missing_scope",
  },
  {
    what: "an ephemeral message to a non-member of the channel",
    method: "chat.postEphemeral",
    args: { channel: "C0GENERAL", user: "U1", text: "x" },
    error: "user_not_in_channel",
  },
])("$what is refused", async ({ method, args, error }) => {
  const { api } = await slack();
  expect(await api(method, args)).toMatchObject({ ok: false, error });
});

test("invalid tokens are refused: none, a wrong one, one with too few scopes, a revoked one, one of an uninstalled app", async () => {
  const narrow = { ...harbour, id: "T0NARROW", scopes: ["chat:write"] };
  const { fake, api } = await slack({ workspaces: [harbour, narrow] });
  expect(await api("auth.test", {}, "")).toMatchObject({ error: "not_authed" });
  expect(await api("auth.test", {}, "xoxb-wrong")).toMatchObject({ error: "invalid_auth" });
  expect(await api("users.info", { user: "U0ANA" }, fake.tokenOf("T0NARROW"))).toMatchObject({
    error: "missing_scope",
    needed: "users:read",
    provided: "chat:write",
  });
  expect(await api("auth.test")).toMatchObject({ ok: true, team_id: team, user_id: "U0DESK0HARBOUR" });
  expect(await api("auth.revoke")).toMatchObject({ ok: true, revoked: true });
  expect(await api("auth.test")).toMatchObject({ error: "token_revoked" });
  const app = { client_id: fake.clientId, client_secret: fake.clientSecret };
  expect(await api("apps.uninstall", app, fake.tokenOf("T0NARROW"))).toMatchObject({ ok: true });
  expect(await api("auth.test", {}, fake.tokenOf("T0NARROW"))).toMatchObject({ error: "account_inactive" });
});

test("S19 a post to a member opens the direct message, an update with text alone removes the blocks", async () => {
  const { fake, api } = await slack();
  const ana = openSlackWorld({ deskUrl: "http://127.0.0.1:1", fake, signingSecret: "s", echo: false }).user(
    team,
    "U0ANA",
  );
  const metadata = { event_type: "outbox", event_payload: { id: "o1" } };
  const posted = await api("chat.postMessage", { channel: "U0ANA", text: "t", blocks: [header], metadata });
  expect(posted).toMatchObject({ ok: true, channel: dm });
  expect(await api("conversations.open", { users: "U0ANA" })).toMatchObject({ channel: { id: dm } });
  const plainly = await api("conversations.history", { channel: dm });
  expect(JSON.stringify(plainly)).not.toContain("outbox");
  const fully = await api("conversations.history", { channel: dm, include_all_metadata: true });
  expect(fully).toMatchObject({ messages: [{ ts: posted.ts, metadata }], has_more: false });
  expect(ana.newest().lines).toEqual(["xxx"]);
  await api("chat.update", { channel: dm, ts: posted.ts, text: "only words" });
  expect(ana.newest().lines).toEqual(["only words"]);
  await api("chat.delete", { channel: dm, ts: posted.ts });
  expect(ana.messages()).toEqual([]);
});

test("S17 a trigger is valid for three seconds and once; a Home tab knows its hash", async () => {
  const { fake, clock, api } = await slack();
  const trigger = () => fake.state.passes.newTrigger({ teamId: team, userId: "U0ANA" });
  const view = { type: "modal", title: words(2), blocks: [header] };
  const old = trigger();
  clock.nowMs += 3_001;
  expect(await api("views.open", { trigger_id: old, view })).toMatchObject({ error: "expired_trigger_id" });
  const once = trigger();
  expect(await api("views.open", { trigger_id: once, view })).toMatchObject({ ok: true });
  expect(await api("views.open", { trigger_id: once, view })).toMatchObject({ error: "exchanged_trigger_id" });
  const home = { type: "home", blocks: [header] };
  const first = record((await api("views.publish", { user_id: "U0ANA", view: home })).view);
  expect(await api("views.publish", { user_id: "U0ANA", view: home, hash: first.hash })).toMatchObject({ ok: true });
  expect(await api("views.publish", { user_id: "U0ANA", view: home, hash: first.hash })).toMatchObject({
    error: "hash_conflict",
  });
});

test("S19 a response_url accepts five answers in half an hour", async () => {
  const { fake, clock, api } = await slack();
  await api("conversations.open", { users: "U0ANA" });
  const place = { teamId: team, channelId: dm, userId: "U0ANA" };
  const url = fake.responseUrl(fake.state.passes.newResponse(place));
  const late = fake.responseUrl(fake.state.passes.newResponse(place));
  const post = async (to: string) => (await fetch(to, { method: "POST", body: `{"text":"hint"}` })).status;
  expect([await post(url), await post(url), await post(url), await post(url), await post(url)]).toEqual(
    Array(5).fill(200),
  );
  expect(await post(url)).toBe(404);
  clock.nowMs += 30 * 60_000 + 1;
  expect(await post(late)).toBe(404);
});

test("S23 the 51st update of a minute and the fifth post at once are rate limited, and accepted a little later", async () => {
  const { fake, clock, raw, api } = await slack();
  const { ts } = await api("chat.postMessage", { channel: "U0ANA", text: "x" });
  const update = () => raw("chat.update", { channel: dm, ts, text: "y" });
  for (let n = 0; n < 50; n++) expect((await update()).status).toBe(200);
  const refused = await update();
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
  clock.nowMs += 60_000;
  expect((await update()).status).toBe(200);
  expect(fake.mostInAMinute("chat.update")).toBe(51);
  const post = async () => (await raw("chat.postMessage", { channel: "U0BEN", text: "x" })).status;
  expect([await post(), await post(), await post(), await post(), await post()]).toEqual([200, 200, 200, 200, 429]);
  clock.nowMs += 1_000;
  expect(await post()).toBe(200);
});

test("planned faults: too fast, an error, a broken connection, a response lost after execution, an outage", async () => {
  const { fake, raw, api } = await slack();
  const post = () => raw("chat.postMessage", { channel: "U0ANA", text: "x" });
  fake.faults.plan("chat.postMessage", { kind: "ratelimited", retryAfterS: 30 });
  expect((await post()).headers.get("retry-after")).toBe("30");
  fake.faults.plan("chat.postMessage", { kind: "server-error" });
  expect((await post()).status).toBe(500);
  fake.faults.plan("*", { kind: "refusal", error: "fatal_error" });
  expect(await api("auth.test")).toMatchObject({ error: "fatal_error" });
  fake.faults.plan("chat.postMessage", { kind: "reset" });
  await expect(post()).rejects.toThrow();
  expect(fake.calls().some(({ outcome }) => outcome === "ok")).toBe(false);
  fake.faults.plan("chat.postMessage", { kind: "lost" });
  await expect(post()).rejects.toThrow();
  expect(await api("conversations.history", { channel: dm })).toMatchObject({ messages: [{ text: "x" }] });
  await fake.unreachable();
  await expect(post()).rejects.toThrow();
  await fake.back();
  expect((await post()).status).toBe(200);
});

test("S25 a person approves the app, its code gives one token, and only with the app's secret and redirect URL", async () => {
  const { fake, api } = await slack({ workspaces: [{ ...harbour, installed: false }] });
  expect(() => fake.tokenOf(team)).toThrow("not installed");
  const redirect_uri = "https://desk.example/slack/oauth_redirect";
  const app = { client_id: fake.clientId, client_secret: fake.clientSecret, redirect_uri };
  const ask = async (answer: "allow" | "deny") => {
    const query = formOf({ client_id: fake.clientId, scope: "chat:write,users:read", state: "s", redirect_uri });
    const headers = { "x-fake-visitor": JSON.stringify({ teamId: team, userId: "U0MAYA", answer }) };
    const response = await fetch(`${fake.authorizeUrl}?${query}`, { headers, redirect: "manual" });
    return new URL(response.headers.get("location") ?? "").searchParams;
  };
  const denied = await ask("deny");
  expect([denied.get("error"), denied.get("state"), denied.get("code")]).toEqual(["access_denied", "s", null]);
  const code = (await ask("allow")).get("code") ?? "";
  expect(await api("oauth.v2.access", { ...app, code, client_secret: "no" }, "")).toMatchObject({
    error: "bad_client_secret",
  });
  const bought = await api("oauth.v2.access", { ...app, code }, "");
  expect(bought).toMatchObject({
    ok: true,
    scope: "chat:write,users:read",
    team: { id: team },
    authed_user: { id: "U0MAYA" },
  });
  expect(await api("oauth.v2.access", { ...app, code }, "")).toMatchObject({ error: "code_already_used" });
  expect(await api("auth.test", {}, String(bought.access_token))).toMatchObject({ ok: true, team_id: team });
  const other = (await ask("allow")).get("code") ?? "";
  expect(await api("oauth.v2.access", { ...app, code: other, redirect_uri: "https://evil.example" }, "")).toMatchObject(
    {
      error: "bad_redirect_uri",
    },
  );
});

test("S21 typed text arrives escaped, and the app's text is shown as a person reads it", () => {
  expect(asTyped("a & b <c> ana@example.com https://x.example/y")).toBe(
    "a &amp; b &lt;c&gt; <mailto:ana@example.com|ana@example.com> <https://x.example/y>",
  );
  expect(seenOf("*Bold* at <https://x.example|the site>, 2*3*4 &lt;3 _so_")).toBe("Bold at the site, 2*3*4 <3 so");
  expect(injectionIn("<https://evil.example|bank.example>")).toContain("leads elsewhere");
  expect(injectionIn("&amp;lt;b")).toContain("escaped twice");
  expect(injectionIn("&lt;!channel&gt; <https://bank.example/a|bank.example>")).toBe(undefined);
});

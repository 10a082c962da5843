import { expect, test } from "vitest";
import { isInstallState, newInstallState } from "../../../adapters/slack/oauth-state.ts";
import { harbour, openRig, team } from "./slack-rig.ts";

const bare = { ...harbour, installed: false };
const open = () => openRig({ access: "oauth", workspaces: [bare] });

test("S25 the app is installed from the desk's own page, its token sealed, and Slack can be opened from the last one", async () => {
  const rig = await open();
  const end = await rig.world.install(team);
  expect(end.status).toBe(200);
  expect(end.body).toContain("Harbour now has the app");
  expect(end.body).toContain(`https://slack.com/app_redirect?app=A0FRONTDESK&#38;team=${team}`);
  const found = await rig.store.installations.find({ teamId: team });
  expect(found).toMatchObject({ teamId: team, botToken: rig.fake.tokenOf(team) });
  expect(found?.botUserId).toBe(rig.fake.state.workspaces.get(team)?.botUserId);
  const kept = rig.store.raw().prepare("select * from installations").all();
  expect(JSON.stringify(kept)).not.toContain("xoxb");
  await rig.world.user(team, "U0ANA").say("book");
  expect(rig.heard).toHaveLength(1);
});

test("the install page lists the requested scopes with reasons, and requests no others", async () => {
  const rig = await open();
  const response = await fetch(`${rig.address}/slack/install`);
  const page = await response.text();
  for (const scope of ["chat:write", "commands", "im:history", "im:write", "users:read", "app_mentions:read"]) {
    expect(page).toContain(`<code>${scope}</code>`);
  }
  expect(page).not.toContain("user_scope");
  expect(response.headers.get("set-cookie")).toMatch(/HttpOnly; SameSite=Lax/);
});

test("a state that was changed, is missing, or belongs to another browser installs nothing", async () => {
  for (const state of ["changed", "missing", "another browser"] as const) {
    const rig = await open();
    const end = await rig.world.install(team, { state });
    expect(end.status).toBe(400);
    expect(end.body).toContain("Please start again");
    expect(rig.fake.calls("oauth.v2.access")).toHaveLength(0);
    expect(await rig.store.read.installations.list()).toEqual([]);
  }
});

test("a denied installation and an unknown code are reported", async () => {
  const rig = await open();
  const denied = await rig.world.install(team, { answer: "deny" });
  expect([denied.status, denied.body.includes("was not allowed")]).toEqual([403, true]);
  const wrong = await rig.world.install(team, { code: "a-code-of-nobody" });
  expect([wrong.status, wrong.body.includes("did not accept")]).toEqual([502, true]);
  expect(await rig.store.read.installations.list()).toEqual([]);
});

test("an outage during the installation stores nothing", async () => {
  const rig = await open();
  rig.fake.faults.plan("oauth.v2.access", { kind: "reset" });
  const end = await rig.world.install(team);
  expect([end.status, end.body.includes("could not be reached")]).toEqual([503, true]);
});

test("a state lasts ten minutes, for one browser and one secret", () => {
  const { state, nonce } = newInstallState("secret", 1_000);
  const is = (secret: string, given: object) => isInstallState(secret, { state, nonce, nowMs: 2_000, ...given });
  expect(is("secret", {})).toBe(true);
  expect(is("another", {})).toBe(false);
  expect(is("secret", { nonce: "other" })).toBe(false);
  expect(is("secret", { nowMs: 1_000 + 10 * 60_000 })).toBe(false);
  expect(is("secret", { state: state.replace(/^./, (first) => (first === "_" ? "-" : "_")) })).toBe(false);
  expect(is("secret", { state: "", nonce: "" })).toBe(false);
});

test("S25 with one token there is nothing to install, and no other workspace comes in", async () => {
  const other = { ...harbour, id: "T0OTHER" };
  const rig = await openRig({ workspaces: [harbour, other] });
  expect(rig.slack.routes.map(({ path }) => path)).toEqual(["/slack/events"]);
  const answer = await rig.world.unchecked(() => rig.world.user("T0OTHER", "U0ANA").say("book"));
  expect(answer.status).toBe(401);
  expect(rig.heard).toEqual([]);
});

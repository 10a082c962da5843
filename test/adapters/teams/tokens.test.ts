import { describe, expect, onTestFinished, test, vi } from "vitest";
import { openTeams } from "../../../adapters/teams/app.ts";
import { answerJson } from "../../../src/http/answer.ts";
import { frozenClock } from "../../support/clock.ts";
import { serve } from "../../support/http.ts";
import { messageActivity } from "../../support/teams/activities.ts";
import { forgedTokens } from "../../support/teams/forged-tokens.ts";
import { openTestTeams, settingsOf, tenant } from "./test-teams.ts";

const foreignTenant = "99999999-9999-4999-8999-999999999999";

test("T2 every invalid header gets 401, and nothing is delivered or stored (fault 10)", async () => {
  const { world, ana, inbounds, reference } = await openTestTeams();
  const hello = messageActivity(world.scene(ana.person, ana.chat), "hello");
  for (const { why, header } of forgedTokens(world.issuer, world.appId)) {
    const { status } = await world.deliver(hello, header ?? null);
    expect({ why, status }).toEqual({ why, status: 401 });
  }
  expect(inbounds).toEqual([]);
  expect(await reference()).toBeUndefined();
});

describe("T2 an activity whose claims do not match its token gets 401", () => {
  test.each([
    ["without a serviceUrl", { serviceUrl: undefined }],
    ["with an empty serviceUrl", { serviceUrl: "" }],
    ["with another serviceUrl than the token's", { serviceUrl: "https://smba.trafficmanager.net/emea/" }],
    ["of another channel", { channelId: "emulator" }],
    ["of a channel with its own keys", { channelId: "AseChannel" }],
    ["of no channel", { channelId: undefined }],
  ])("%s", async (_, change) => {
    const { world, ana, inbounds, reference } = await openTestTeams();
    const hello = messageActivity(world.scene(ana.person, ana.chat), "hello");
    expect(await world.deliver({ ...hello, ...change })).toMatchObject({ status: 401 });
    expect(inbounds).toEqual([]);
    expect(await reference()).toBeUndefined();
  });
});

test("T2 a service URL outside Teams is refused, even if a token contains it", async () => {
  const { world, ana, inbounds } = await openTestTeams();
  const serviceUrl = "https://smba.trafficmanager.net.evil.example/emea/";
  const hello = { ...messageActivity(world.scene(ana.person, ana.chat), "hello"), serviceUrl };
  expect(await world.deliver(hello, `Bearer ${world.issuer.token({ serviceUrl })}`)).toMatchObject({ status: 401 });
  expect(inbounds).toEqual([]);
});

test("T2 with a list of organisations, all others are refused with 403 and nothing is stored", async () => {
  const { world, ana, inbounds, store } = await openTestTeams({ settings: { allowedTenants: [tenant] } });
  const stranger = world.user(foreignTenant, ana.person.aadObjectId);
  expect(await world.deliver(messageActivity(world.scene(stranger.person, stranger.chat), "hello"))).toMatchObject({
    status: 403,
  });
  const hello = messageActivity(world.scene(ana.person, ana.chat), "hello");
  const two = { ...hello, channelData: { tenant: { id: foreignTenant } } };
  expect(await world.deliver(two)).toMatchObject({ status: 403 });
  const none = { ...hello, channelData: {}, conversation: { id: ana.chat.id, conversationType: "personal" } };
  expect(await world.deliver(none)).toMatchObject({ status: 403 });
  expect(inbounds).toEqual([]);
  const address = { platform: "teams", workspace: foreignTenant, user: ana.person.aadObjectId } as const;
  expect(await store.chatReferences.find(address)).toBeUndefined();
  expect(await world.deliver(hello)).toMatchObject({ status: 200 });
  expect(inbounds).toHaveLength(1);
});

test("T2 an empty app id never switches tokens off: the desk does not open", async () => {
  const { world, store } = await openTestTeams();
  const parts = {
    deliver: async () => ({}),
    present: async () => undefined,
    references: store.chatReferences,
    clock: frozenClock("2026-03-02T08:00:00Z"),
    log: { debug() {}, info() {}, warn() {}, error() {}, say() {} },
  };
  expect(() => openTeams({ ...parts, settings: { ...settingsOf(world), appId: " " } })).toThrow(/MicrosoftAppId/);
});

test("T2 anonymous access must be configured by name, and then only this machine is called", async () => {
  const { world, ana, inbounds } = await openTestTeams({
    settings: { appId: "", password: "", anonymous: true, cloud: {} },
  });
  const hello = messageActivity(world.scene(ana.person, ana.chat), "hello");
  const away = { ...hello, serviceUrl: "https://smba.trafficmanager.net/emea/" };
  expect(await world.deliver(away, null)).toMatchObject({ status: 401 });
  expect(inbounds).toEqual([]);
  expect(await world.deliver(hello, null)).toMatchObject({ status: 200 });
  expect(inbounds).toHaveLength(1);
});

test("T3 the bot's own token comes from its directory over https, and is requested once", async () => {
  const { world, ana, send } = await openTestTeams({ world: { appId: "aaaaaaaa-0000-4000-8000-0000000000a3" } });
  await ana.install();
  const asked = world.issuer.asked("bot tokens");
  await Promise.all([send(), send(undefined, { outboxId: "ob_2" }), send(undefined, { outboxId: "ob_3" })]);
  expect(world.issuer.asked("bot tokens") - asked).toBe(1);
  expect(ana.messages()).toHaveLength(3);
});

test("T3 a token the Connector rejects is renewed at once", async () => {
  const { world, ana, send } = await openTestTeams({ world: { appId: "aaaaaaaa-0000-4000-8000-0000000000b3" } });
  await ana.install();
  expect(await send()).toMatchObject({ ok: true });
  world.issuer.revokeBotTokens();
  expect(await send()).toMatchObject({ ok: true });
});

test("T3 a wrong secret is treated as an outage: the card waits, and the log reports it without the secret", async () => {
  const password = "not-the-secret";
  const { world, ana, send, lines } = await openTestTeams({
    settings: { password },
    world: { appId: "aaaaaaaa-0000-4000-8000-0000000000c3" },
  });
  await ana.install();
  expect(await send()).toMatchObject({ ok: false, again: true });
  expect(lines.filter(({ event }) => event === "teams.token.failed")).toHaveLength(1);
  expect(JSON.stringify(lines)).not.toContain(password);
  expect(world.connector.calls()).toEqual([]);
});

test("T13 a new signing key is fetched when the first token with it arrives", async () => {
  const { world, ana, inbounds } = await openTestTeams();
  await ana.say("hello");
  world.issuer.rotate();
  await ana.say("hello again");
  expect(inbounds).toHaveLength(2);
});

test("T13 tokens with unpublished keys do not trigger a look-up each", async () => {
  const { world, ana } = await openTestTeams();
  await ana.say("hello");
  const hello = messageActivity(world.scene(ana.person, ana.chat), "hello");
  const forged = () => world.deliver(hello, `Bearer ${world.issuer.token({ key: "unknown" })}`);
  expect(await forged()).toMatchObject({ status: 401 });
  const asked = world.issuer.asked("metadata");
  for (let times = 0; times < 5; times++) expect(await forged()).toMatchObject({ status: 401 });
  expect(world.issuer.asked("metadata")).toBe(asked);
});

test.each(["metadata", "keys"] as const)(
  "T13 while the %s cannot be fetched the answer is 503, the log reports it, and afterwards requests succeed",
  async (what) => {
    const { world, ana, inbounds, lines } = await openTestTeams();
    world.issuer.outage(what);
    const hello = messageActivity(world.scene(ana.person, ana.chat), "hello");
    expect(await world.deliver(hello)).toMatchObject({ status: 503 });
    expect(lines.filter(({ event, level }) => event === "teams.keys.unavailable" && level === "error")).toHaveLength(1);
    expect(inbounds).toEqual([]);
    world.issuer.outage("nothing");
    expect(await world.deliver(hello)).toMatchObject({ status: 200 });
    expect(inbounds).toHaveLength(1);
  },
);

test("T4 a bot with a managed identity requests its token from its host, as itself, and stores no secret", async () => {
  const appId = "aaaaaaaa-0000-4000-8000-0000000000d4";
  const asked: { readonly query: Record<string, string>; readonly header: unknown }[] = [];
  let give = async (): Promise<string> => "";
  // As Azure's App Service and Container Apps provide it to their processes.
  const machine = await serve([
    {
      method: "GET",
      path: "/msi/token",
      async handle({ request, response, url }) {
        asked.push({ query: Object.fromEntries(url.searchParams), header: request.headers["x-identity-header"] });
        answerJson(response, 200, {
          access_token: await give(),
          expires_on: String(Math.floor(Date.now() / 1000) + 3_600),
          resource: url.searchParams.get("resource"),
          token_type: "Bearer",
          client_id: appId,
        });
      },
    },
  ]);
  vi.stubEnv("IDENTITY_ENDPOINT", `${machine.address}/msi/token`);
  vi.stubEnv("IDENTITY_HEADER", "of-this-machine");
  onTestFinished(() => void vi.unstubAllEnvs());
  const { world, ana, send } = await openTestTeams({
    settings: { type: "UserAssignedMSI", password: "" },
    world: { appId },
  });
  give = () => Promise.resolve(world.issuer.machineToken());
  await ana.install();
  expect(await send()).toMatchObject({ ok: true });
  expect(await send(undefined, { outboxId: "ob_2" })).toMatchObject({ ok: true });
  expect(ana.messages()).toHaveLength(2);
  expect(asked).toEqual([
    {
      query: expect.objectContaining({ resource: "https://api.botframework.com", client_id: appId }),
      header: "of-this-machine",
    },
  ]);
  expect(world.issuer.asked("bot tokens")).toBe(0);
});

test("T2 the SDK's console output for forged tokens is suppressed, other output is not", async () => {
  const printed = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => void printed.mockRestore());
  const { world, ana, inbounds } = await openTestTeams();
  const hello = messageActivity(world.scene(ana.person, ana.chat), "hello");
  for (const { header } of forgedTokens(world.issuer, world.appId)) {
    // biome-ignore lint/suspicious/noConsole: other output must be printed
    console.error("other output");
    await world.deliver(hello, header ?? null);
  }
  expect(new Set(printed.mock.calls.flat())).toEqual(new Set(["other output"]));
  await ana.say("hello");
  expect(inbounds).toHaveLength(1);
});

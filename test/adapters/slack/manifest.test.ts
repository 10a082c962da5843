import { WebClient } from "@slack/web-api";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { botScopes } from "../../../adapters/slack/oauth.ts";
import { sampleCards } from "../../../src/slack-samples.ts";
import { checkSlack, type SlackFinding, slackManifest } from "../../../src/slack-tools.ts";
import { openFakeSlack } from "../../support/slack/fake-slack.ts";

/** A manifest as typed by Slack's own library. */
type Manifest = Exclude<Parameters<WebClient["apps"]["manifest"]["validate"]>[0]["manifest"], string>;

const events = "https://desk.example.com/slack/events";
const wanted = {
  _metadata: { major_version: 2, minor_version: 1 },
  display_information: {
    name: "Frontdesk",
    description: "Request and confirm sessions in a private chat.",
    long_description: expect.stringMatching(/^.{174,4000}$/),
    background_color: "#0b5d55",
  },
  features: {
    app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
    bot_user: { display_name: "Frontdesk", always_online: true },
    shortcuts: [
      {
        type: "global",
        name: "Book a session",
        callback_id: "book_session",
        description: "Request a session with your practitioner",
      },
    ],
    slash_commands: [
      {
        command: "/book",
        url: events,
        description: "Request a session, in private",
        usage_hint: "[what and when, such as: follow-up next Tuesday at 3]",
        should_escape: true,
      },
    ],
  },
  oauth_config: {
    redirect_urls: ["https://desk.example.com/slack/oauth_redirect"],
    scopes: {
      bot: ["chat:write", "commands", "im:history", "im:write", "users:read", "app_mentions:read"],
      bot_optional: ["users:read.email"],
    },
  },
  settings: {
    event_subscriptions: {
      request_url: events,
      bot_events: ["app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked", "user_change"],
    },
    interactivity: { is_enabled: true, request_url: events },
    org_deploy_enabled: false,
    socket_mode_enabled: false,
    token_rotation_enabled: false,
  },
} satisfies Manifest;

test("the manifest is exactly what the desk needs, and matches Slack's own type (S27)", () => {
  const manifest = slackManifest("https://desk.example.com");
  expect(manifest.ok && parse(manifest.text)).toEqual(wanted);
});

test("S7 the app has a Messages tab that people can write in and a Home tab, and no agent view", () => {
  const manifest = slackManifest("https://desk.example.com");
  const { features } = parse(manifest.ok ? manifest.text : "") as Manifest; // the tests hold both equal
  expect(features?.app_home?.messages_tab_read_only_enabled).toBe(false);
  expect(features?.agent_view).toBe(undefined);
  expect(features?.assistant_view).toBe(undefined);
});

test("the requested scopes equal the manifest's, without user scopes", () => {
  expect(wanted.oauth_config.scopes.bot).toEqual([...botScopes]);
  expect(wanted.oauth_config.scopes).not.toHaveProperty("user");
});

test("an address that Slack would not call is refused", () => {
  expect(slackManifest("http://desk.example.com")).toEqual({
    ok: false,
    line: "PUBLIC_URL is http://desk.example.com, but Slack calls https:// addresses only. Set PUBLIC_URL to the desk's https:// address, or remove it to use Socket Mode.",
  });
});

test.each(["http://localhost:3000", "http://127.0.0.1:8080", "http://[::1]:3000"])(
  "S1 for %s, which Slack cannot reach, the manifest uses Socket Mode and is otherwise the same",
  (here) => {
    const manifest = slackManifest(here);
    const read = parse(manifest.ok ? manifest.text : "") as Manifest;
    const { features, oauth_config, settings } = wanted;
    const [{ url: _, ...command }] = features.slash_commands as [(typeof features.slash_commands)[number]];
    expect(read).toEqual({
      ...wanted,
      features: { ...features, slash_commands: [command] },
      oauth_config: { scopes: oauth_config.scopes },
      settings: {
        ...settings,
        event_subscriptions: { bot_events: settings.event_subscriptions.bot_events },
        interactivity: { is_enabled: true },
        socket_mode_enabled: true,
      },
    });
  },
);

test("S6 the live check asks Slack about every view, and names the ones it refuses", async () => {
  const fake = await openFakeSlack({ workspaces: [{ id: "T0HARBOUR", users: [{ id: "U0ANA" }] }], limits: "off" });
  onTestFinished(() => fake.close());
  const client = new WebClient(fake.tokenOf("T0HARBOUR"), { slackApiUrl: fake.apiUrl });
  const samples = await sampleCards();
  expect(new Set(samples.map(({ name }) => name.split("/")[0])).size).toBeGreaterThan(4);
  const found: SlackFinding[] = [];
  const options = { tell: (finding: SlackFinding) => void found.push(finding), pauseMs: 0 };
  await checkSlack(client, samples, options);
  expect(found.filter(({ wrong }) => wrong)).toEqual([]);
  expect(fake.calls("blocks.validate").length).toBeGreaterThan(2 * samples.length - 1);

  fake.faults.plan("blocks.validate", { kind: "refusal", error: "invalid_blocks" });
  found.length = 0;
  await checkSlack(client, samples.slice(0, 1), options);
  expect(found.filter(({ wrong }) => wrong)).toEqual([
    { wrong: true, line: `${samples[0]?.name} as a message: invalid_blocks` },
  ]);
});

test("the live check stops at a token that does not work", async () => {
  const fake = await openFakeSlack({ workspaces: [{ id: "T0HARBOUR", users: [{ id: "U0ANA" }] }] });
  onTestFinished(() => fake.close());
  const found: SlackFinding[] = [];
  const client = new WebClient("xoxb-of-nobody", { slackApiUrl: fake.apiUrl });
  await checkSlack(client, [], { tell: (finding) => void found.push(finding) });
  expect(found).toEqual([{ wrong: true, line: "The token does not work: invalid_auth" }]);
});

test("S24 a token for a whole organisation is reported as unusable", async () => {
  const found: SlackFinding[] = [];
  const answer = { ok: true, team: "Harbour Group", user: "frontdesk", is_enterprise_install: true };
  const fetch = async () => new Response(JSON.stringify(answer), { headers: { "content-type": "application/json" } });
  await checkSlack(new WebClient("xoxb-org", { fetch }), [], { tell: (finding) => void found.push(finding) });
  expect(found).toEqual([
    { wrong: true, line: expect.stringMatching(/^The token belongs to the whole organisation Harbour Group/) },
  ]);
});

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ConfidentialClientApplication } from "@azure/msal-node";
import {
  AuthenticationConfiguration,
  type BotFrameworkAuthentication,
  BotFrameworkAuthenticationFactory,
  ClaimsIdentity,
  ConnectorClient,
  MsalServiceClientCredentialsFactory,
} from "botframework-connector";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { messageActivity } from "../../support/teams/activities.ts";
import { anaId, botInTeams, tenant } from "../../support/teams/bot-in-teams.ts";
import { forgedTokens } from "../../support/teams/forged-tokens.ts";
import type { TeamsWorld } from "../../support/teams/world.ts";

describe("the Bot Framework SDK accepts the double", () => {
  test("its authentication accepts the channel's token and none of the forged ones", async () => {
    const { world, ana } = await botInTeams();
    // The SDK prints every token it refuses.
    const printed = vi.spyOn(console, "error").mockImplementation(() => undefined);
    onTestFinished(() => printed.mockRestore());
    const sdk = sdkOf(world);
    // The SDK's own type requires fields that no channel sends.
    const activity = messageActivity(world.scene(ana.person, ana.chat), "hello") as never;
    await expect(sdk.authenticateRequest(activity, `Bearer ${world.issuer.token()}`)).resolves.toMatchObject({
      audience: "https://api.botframework.com",
    });
    for (const { why, header } of forgedTokens(world.issuer, world.appId))
      await expect(sdk.authenticateRequest(activity, header ?? ""), why).rejects.toThrow();
  });

  test("its client, with a token from msal, opens a chat, posts, edits and looks up a member", async () => {
    const { world, ana } = await botInTeams();
    const { serviceUrl } = world.connector;
    const claims = new ClaimsIdentity([{ type: "aud", value: world.appId }], true);
    const client = await sdkOf(world).createConnectorFactory(claims).create(serviceUrl, "https://api.botframework.com");
    if (!(client instanceof ConnectorClient)) throw new Error("no connector client");
    // The SDK's own types require fields that no service asks for.
    const opened = await client.conversations.createConversation({
      isGroup: false,
      members: [{ id: ana.person.userId }],
      tenantId: tenant,
    } as never);
    expect(opened.id).toBe(ana.chat.id);
    const hello = { type: "message", text: "Hello" } as never;
    const { id } = await client.conversations.sendToConversation(opened.id, hello);
    await client.conversations.updateActivity(opened.id, id, { type: "message", text: "Good day" } as never);
    expect(ana.messages()).toEqual(["Good day"]);
    const member = await client.conversations.getConversationMember(opened.id, ana.person.userId);
    expect(member).toMatchObject({ email: "ana.alves@example.com", aadObjectId: anaId, tenantId: tenant });
    await client.conversations.deleteActivity(opened.id, id);
    expect(ana.messages()).toEqual([]);
    await expect(client.conversations.updateActivity(opened.id, id, hello)).rejects.toMatchObject({ statusCode: 404 });
  });

  test("a wrong password gets no token, keys rotate, and an outage answers 503", async () => {
    const { world, bot, place } = await botInTeams();
    const client = msalOf(world, "not the password");
    const scopes = ["https://api.botframework.com/.default"];
    await expect(client.acquireTokenByClientCredential({ scopes })).rejects.toThrow("invalid_client");
    const published = async () => {
      const metadata = await fetch(world.issuer.cloud.ToBotFromChannelOpenIdMetadataUrl);
      const { jwks_uri } = (await metadata.json()) as { jwks_uri: string }; // as in OpenID Connect Discovery
      const { keys } = (await (await fetch(jwks_uri)).json()) as { keys: { kid: string }[] }; // RFC 7517
      return keys.map(({ kid }) => kid);
    };
    const before = await published();
    world.issuer.rotate();
    const after = await published();
    expect(after[0]).not.toBe(before[0]);
    world.issuer.outage("metadata");
    expect((await fetch(world.issuer.cloud.ToBotFromChannelOpenIdMetadataUrl)).status).toBe(503);
    expect(world.issuer.asked("metadata")).toBe(3);
    expect((await bot.post(place, { text: "Hello" })).status).toBe(201);
    world.issuer.revokeBotTokens();
    expect((await bot.post(place, { text: "Hello" })).status).toBe(401);
  });

  test("a separate process trusts it by NODE_EXTRA_CA_CERTS alone", async () => {
    const { world } = await botInTeams();
    const { NODE_EXTRA_CA_CERTS = "" } = world.environment;
    const program = `const { status } = await fetch("${world.issuer.url}/common/discovery/instance"); console.log(status);`;
    const ask = (env: Readonly<Record<string, string>>) =>
      promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], { env });
    expect((await ask({ NODE_EXTRA_CA_CERTS })).stdout.trim()).toBe("200");
    await expect(ask({})).rejects.toThrow("fetch failed");
  });
});

function msalOf({ appId, environment, issuer }: TeamsWorld, password = environment.MicrosoftAppPassword ?? "") {
  const authority = issuer.cloud.ToChannelFromBotLoginUrl;
  return new ConfidentialClientApplication({
    auth: { clientId: appId, clientSecret: password, authority, knownAuthorities: [new URL(authority).host] },
  });
}

function sdkOf(world: TeamsWorld): BotFrameworkAuthentication {
  const { cloud } = world.issuer;
  return BotFrameworkAuthenticationFactory.create(
    "",
    false,
    cloud.ToChannelFromBotLoginUrl,
    cloud.ToChannelFromBotOAuthScope,
    cloud.ToBotFromChannelTokenIssuer,
    cloud.OAuthUrl,
    cloud.ToBotFromChannelOpenIdMetadataUrl,
    cloud.ToBotFromEmulatorOpenIdMetadataUrl,
    cloud.CallerId,
    // The SDK contains an older msal, which needs the same.
    new MsalServiceClientCredentialsFactory(world.appId, msalOf(world) as never),
    new AuthenticationConfiguration(),
  );
}

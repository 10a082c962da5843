import { describe, expect, test } from "vitest";
import { cloudOf, isServiceUrl } from "../../../adapters/teams/clouds.ts";

const tenantId = "11111111-1111-4111-8111-111111111111";

describe("T4 the addresses of the cloud", () => {
  test("a single-tenant bot logs in at its own directory, everything else is worldwide", () => {
    expect(cloudOf({ cloud: {}, type: "SingleTenant", tenantId })).toEqual({
      ToBotFromChannelOpenIdMetadataUrl: "https://login.botframework.com/v1/.well-known/openidconfiguration",
      ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${tenantId}`,
      ToChannelFromBotOAuthScope: "https://api.botframework.com",
      ToBotFromChannelTokenIssuer: "https://api.botframework.com",
      ToBotFromEmulatorOpenIdMetadataUrl:
        "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration",
      OAuthUrl: "https://api.botframework.com",
      CallerId: "urn:botframework:azure",
    });
  });

  test("a multi-tenant bot logs in at the common directory", () => {
    expect(cloudOf({ cloud: {}, type: "MultiTenant" }).ToChannelFromBotLoginUrl).toBe(
      "https://login.microsoftonline.com/botframework.com",
    );
  });

  test("one custom name leaves the other defaults in place", () => {
    const cloud = { CallerId: "urn:mine" };
    const filled = cloudOf({ cloud, type: "SingleTenant", tenantId });
    expect(Object.values(filled).every((value) => value !== "")).toBe(true);
    expect(filled).toMatchObject({ CallerId: "urn:mine", ToBotFromChannelTokenIssuer: "https://api.botframework.com" });
  });

  test("a name of the government cloud fills in the government's defaults", () => {
    const cloud = { ToChannelFromBotOAuthScope: "https://api.botframework.us" };
    expect(cloudOf({ cloud, type: "SingleTenant", tenantId })).toMatchObject({
      ToBotFromChannelTokenIssuer: "https://api.botframework.us",
      ToChannelFromBotLoginUrl: `https://login.microsoftonline.us/${tenantId}`,
    });
  });
});

describe("T2 the addresses the desk sends its token to", () => {
  const settings = { anonymous: false, cloud: {} };

  test.each([
    "https://smba.trafficmanager.net/emea/",
    "https://smba.trafficmanager.net/amer/11111111-1111-4111-8111-111111111111/",
    "https://europe.webchat.botframework.com/",
    "https://smba.infra.gcc.teams.microsoft.com/",
  ])("%s", (url) => expect(isServiceUrl(settings, url)).toBe(true));

  test.each([
    "",
    "smba.trafficmanager.net",
    "http://smba.trafficmanager.net/emea/",
    "https://smba.trafficmanager.net.evil.example/",
    "https://evilbotframework.com/",
    "https://user:word@smba.trafficmanager.net/",
    "https://other.trafficmanager.net/",
    "https://evil.example/?https://smba.trafficmanager.net/",
    "https://127.0.0.1:3978/",
    "http://localhost:3978/",
    "ftp://smba.trafficmanager.net/",
    "https://smba.infra.gov.teams.microsoft.us/",
  ])("not %j", (url) => expect(isServiceUrl(settings, url)).toBe(false));

  test("another cloud's hosts where the settings name it, and this machine where they name this machine", () => {
    const government = { anonymous: false, cloud: { OAuthUrl: "https://api.botframework.azure.us" } };
    expect(isServiceUrl(government, "https://smba.infra.gov.teams.microsoft.us/")).toBe(true);
    const double = { anonymous: false, cloud: { OAuthUrl: "https://127.0.0.1:4000" } };
    expect(isServiceUrl(double, "https://127.0.0.1:5000/emea/")).toBe(true);
  });

  test("without authentication only this machine", () => {
    const anonymous = { anonymous: true, cloud: {} };
    expect(isServiceUrl(anonymous, "http://localhost:3978/")).toBe(true);
    expect(isServiceUrl(anonymous, "http://[::1]:3978/")).toBe(true);
    expect(isServiceUrl(anonymous, "https://smba.trafficmanager.net/emea/")).toBe(false);
  });
});

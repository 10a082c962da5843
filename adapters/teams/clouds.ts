import type { TeamsSettings } from "../../src/service-settings.ts";

/** All endpoints of a cloud, under the Bot Framework SDK's own names. */
export type CloudAddresses = Readonly<Record<keyof TeamsSettings["cloud"], string>>;

/** The worldwide cloud (AuthenticationConstants of botframework-connector 4.23). */
const worldwide: CloudAddresses = {
  ToBotFromChannelOpenIdMetadataUrl: "https://login.botframework.com/v1/.well-known/openidconfiguration",
  ToChannelFromBotLoginUrl: "https://login.microsoftonline.com/botframework.com",
  ToChannelFromBotOAuthScope: "https://api.botframework.com",
  ToBotFromChannelTokenIssuer: "https://api.botframework.com",
  ToBotFromEmulatorOpenIdMetadataUrl: "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration",
  OAuthUrl: "https://api.botframework.com",
  CallerId: "urn:botframework:azure",
};

/** The US government cloud (GovernmentConstants of botframework-connector 4.23). */
const government: CloudAddresses = {
  ToBotFromChannelOpenIdMetadataUrl: "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
  ToChannelFromBotLoginUrl: "https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us",
  ToChannelFromBotOAuthScope: "https://api.botframework.us",
  ToBotFromChannelTokenIssuer: "https://api.botframework.us",
  ToBotFromEmulatorOpenIdMetadataUrl:
    "https://login.microsoftonline.us/cab8a31a-1906-4287-a0d8-4eef66b95f6e/v2.0/.well-known/openid-configuration",
  OAuthUrl: "https://api.botframework.azure.us",
  CallerId: "urn:botframework:azureusgov",
};

/**
 * The endpoints of the configured cloud. Setting one name disables all of the SDK's defaults, so the rest is filled in
 * here (T4). A single-tenant bot logs in at its own directory, other bots at the cloud's common one.
 */
export function cloudOf({ cloud, type, tenantId }: Pick<TeamsSettings, "cloud" | "type" | "tenantId">): CloudAddresses {
  const defaults = hostsNamed(cloud).some((host) => host.endsWith(".us")) ? government : worldwide;
  const directory = type === "SingleTenant" && tenantId !== undefined ? `/${tenantId}` : undefined;
  const login = new URL(defaults.ToChannelFromBotLoginUrl);
  return {
    ...defaults,
    ToChannelFromBotLoginUrl: directory === undefined ? login.href : `${login.origin}${directory}`,
    ...cloud,
  };
}

/** Hosts of Teams' chat endpoints. A leading dot also allows subdomains. */
const worldwideHosts = ["smba.trafficmanager.net", ".botframework.com", ".teams.microsoft.com"];
const sovereignHosts: Readonly<Record<string, readonly string[]>> = {
  us: [".botframework.us", ".botframework.azure.us", ".teams.microsoft.us"],
  cn: [".botframework.azure.cn", ".teams.microsoftonline.cn"],
};

/**
 * Whether the desk may send messages, with its token, to this URL (T2): an https host of the configured cloud. Loopback
 * is allowed only in anonymous mode or when a cloud endpoint is itself on loopback.
 */
export function isServiceUrl(settings: Pick<TeamsSettings, "anonymous" | "cloud">, serviceUrl: string): boolean {
  if (!URL.canParse(serviceUrl)) return false;
  const { protocol, hostname, username, password } = new URL(serviceUrl);
  if (username !== "" || password !== "" || (protocol !== "https:" && protocol !== "http:")) return false;
  const named = hostsNamed(settings.cloud);
  if (isLoopback(hostname)) return settings.anonymous || named.some(isLoopback);
  if (settings.anonymous || protocol !== "https:") return false;
  const sovereign = named.flatMap((host) => sovereignHosts[host.slice(host.lastIndexOf(".") + 1)] ?? []);
  return [...worldwideHosts, ...sovereign].some((host) =>
    host.startsWith(".") ? hostname.endsWith(host) : hostname === host,
  );
}

function hostsNamed(cloud: TeamsSettings["cloud"]): readonly string[] {
  return Object.values(cloud).flatMap((address) =>
    /^https?:/i.test(address) && URL.canParse(address) ? [new URL(address).hostname] : [],
  );
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}

import { z } from "zod";
import { given } from "./given.ts";

/** Settings of the Slack adapter. */
export interface SlackSettings {
  readonly signingSecret: string;
  /** Base URL of the Web API, with a trailing slash. */
  readonly apiUrl: string;
  /** Where people are sent to install the app. */
  readonly authorizeUrl: string;
  /** Enables Socket Mode: events arrive over a WebSocket, so no public address is needed. */
  readonly appToken?: string;
  readonly access: /** One workspace, with a fixed bot token. */
    | { readonly kind: "token"; readonly botToken: string }
    /** Any workspace that installs the app by OAuth. */
    | {
        readonly kind: "oauth";
        readonly clientId: string;
        readonly clientSecret: string;
        readonly stateSecret: string;
      };
}

/** Endpoint settings of a cloud, under the Bot Framework SDK's own names. Setting one disables the SDK's defaults for all. */
export const teamsCloudNames = [
  "ToBotFromChannelOpenIdMetadataUrl",
  "ToChannelFromBotLoginUrl",
  "ToChannelFromBotOAuthScope",
  "ToBotFromChannelTokenIssuer",
  "ToBotFromEmulatorOpenIdMetadataUrl",
  "OAuthUrl",
  "CallerId",
] as const;

/** Settings of the Teams adapter. */
export interface TeamsSettings {
  /** Empty only with `anonymous`. */
  readonly appId: string;
  readonly password: string;
  readonly type: "SingleTenant" | "UserAssignedMSI" | "MultiTenant";
  readonly tenantId?: string;
  /** Tenant ids that may use the bot. Empty: every tenant in which the app is installed. */
  readonly allowedTenants: readonly string[];
  /** Disables authentication and allows connections to this machine only: for a local emulator. */
  readonly anonymous: boolean;
  readonly cloud: Readonly<Partial<Record<(typeof teamsCloudNames)[number], string>>>;
}

/** Settings of the Stripe adapter. */
export interface StripeSettings {
  readonly secretKey: string;
  /** More than one while a secret is being rotated. */
  readonly webhookSecrets: readonly string[];
  /** Overrides the API's base URL, for a test double. */
  readonly apiUrl?: string;
}

/** The configured external services. */
export interface ServiceSettings {
  readonly slack?: SlackSettings;
  readonly teams?: TeamsSettings;
  readonly stripe?: StripeSettings;
}

type Environment = Readonly<Record<string, string>>;

/** The settings of one service. Either none is set, or all of one of the `complete` combinations. */
interface ServiceGroup {
  readonly service: string;
  readonly names: readonly string[];
  readonly complete: readonly (readonly string[])[];
}

const slackGroup: ServiceGroup = {
  service: "Slack",
  names: [
    "SLACK_SIGNING_SECRET",
    "SLACK_BOT_TOKEN",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "SLACK_STATE_SECRET",
    "SLACK_API_URL",
    "SLACK_AUTHORIZE_URL",
    "SLACK_APP_TOKEN",
  ],
  complete: [
    ["SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN"],
    ["SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_STATE_SECRET"],
  ],
};

const teamsGroup: ServiceGroup = {
  service: "Microsoft Teams",
  names: [
    "MicrosoftAppId",
    "MicrosoftAppPassword",
    "MicrosoftAppType",
    "MicrosoftAppTenantId",
    "TEAMS_ALLOWED_TENANTS",
    "TEAMS_ANONYMOUS",
    ...teamsCloudNames,
  ],
  complete: [["TEAMS_ANONYMOUS"], ["MicrosoftAppId", "MicrosoftAppPassword"]],
};

const stripeGroup: ServiceGroup = {
  service: "Stripe",
  names: ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_API_URL"],
  complete: [["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"]],
};

/**
 * The configured services, and every mistake with its remedy. A partly configured service is a mistake. Messages never
 * contain values, which may be secret. `chat`: Slack or Teams is configured.
 */
export function readServices(env: Environment): {
  readonly chat: boolean;
  readonly settings: ServiceSettings;
  readonly mistakes: readonly string[];
} {
  const mistakes: string[] = [];
  const fail = (line: string) => void mistakes.push(line);
  const slack = begun(slackGroup, env) ? slackOf(env, fail) : undefined;
  const teams = begun(teamsGroup, env) ? teamsOf(env, fail) : undefined;
  const stripe = begun(stripeGroup, env) ? stripeOf(env, fail) : undefined;
  return {
    chat: begun(slackGroup, env) || begun(teamsGroup, env),
    settings: { ...(slack && { slack }), ...(teams && { teams }), ...(stripe && { stripe }) },
    mistakes,
  };
}

type Fail = (line: string) => void;

function begun({ names }: ServiceGroup, env: Environment): boolean {
  return names.some((name) => name in env);
}

/** Reports the missing settings of the combination that is closest to complete. Returns whether one is complete. */
function isComplete({ service, names, complete }: ServiceGroup, env: Environment, fail: Fail): boolean {
  const missingOf = (way: readonly string[]) => way.filter((name) => !(name in env));
  if (complete.some((way) => missingOf(way).length === 0)) return true;
  const gone = (way: readonly string[]) => way.length - missingOf(way).length;
  const [likeliest = []] = [...complete].sort((a, b) => gone(b) - gone(a));
  const fewest = missingOf(likeliest);
  const set = names.filter((name) => name in env);
  const verb = fewest.length === 1 ? "is" : "are";
  fail(
    `${fewest.join(", ")} ${verb} missing: ${service} is only partly configured (${set.join(", ")}). Set ${fewest.length === 1 ? "it" : "them"} too, or remove the others.`,
  );
  return false;
}

function slackOf(env: Environment, fail: Fail): SlackSettings | undefined {
  if (!isComplete(slackGroup, env, fail)) return undefined;
  const { SLACK_BOT_TOKEN: botToken, SLACK_CLIENT_ID: clientId, SLACK_APP_TOKEN: appToken } = env;
  if (botToken !== undefined && clientId !== undefined) {
    fail(
      "SLACK_BOT_TOKEN and SLACK_CLIENT_ID are both set. A bot token serves one workspace; a client id lets many workspaces install the app by OAuth. Remove one of them.",
    );
    return undefined;
  }
  if (botToken !== undefined && !botToken.startsWith("xoxb-"))
    fail("SLACK_BOT_TOKEN is not a bot token. Copy the Bot User OAuth Token, which begins with xoxb-.");
  if (appToken !== undefined && !appToken.startsWith("xapp-"))
    fail(
      "SLACK_APP_TOKEN is not an app-level token. Create one with the scope connections:write; it begins with xapp-.",
    );
  const stateSecret = env.SLACK_STATE_SECRET ?? "";
  if (botToken === undefined && stateSecret.length < 8)
    fail("SLACK_STATE_SECRET is too short. Generate one with: openssl rand -hex 32.");
  const apiUrl = addressOf(env, "SLACK_API_URL", "https://slack.com/api/", fail);
  return {
    signingSecret: env.SLACK_SIGNING_SECRET ?? "",
    apiUrl: apiUrl.endsWith("/") ? apiUrl : `${apiUrl}/`,
    authorizeUrl: addressOf(env, "SLACK_AUTHORIZE_URL", "https://slack.com/oauth/v2/authorize", fail),
    ...given({ appToken }),
    access:
      botToken === undefined
        ? { kind: "oauth", clientId: clientId ?? "", clientSecret: env.SLACK_CLIENT_SECRET ?? "", stateSecret }
        : { kind: "token", botToken },
  };
}

const teamsTypes = ["SingleTenant", "UserAssignedMSI", "MultiTenant"] as const;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function teamsOf(env: Environment, fail: Fail): TeamsSettings | undefined {
  const anonymous = env.TEAMS_ANONYMOUS === "1";
  if (env.TEAMS_ANONYMOUS !== undefined && !anonymous)
    fail("TEAMS_ANONYMOUS may only be 1, which disables authentication for a local emulator. Remove it otherwise.");
  if (anonymous && env.NODE_ENV === "production")
    fail("TEAMS_ANONYMOUS must not be set in production: anyone could impersonate any user. Remove it.");
  if (env.TEAMS_ANONYMOUS !== undefined && !anonymous) return undefined;
  const type = teamsTypes.find((known) => known === (env.MicrosoftAppType ?? "SingleTenant"));
  if (type === undefined) {
    fail(`MicrosoftAppType must be one of ${teamsTypes.join(", ")}. Write SingleTenant for a new bot.`);
    return undefined;
  }
  const needsPassword = type !== "UserAssignedMSI";
  const group = needsPassword ? teamsGroup : { ...teamsGroup, complete: [["TEAMS_ANONYMOUS"], ["MicrosoftAppId"]] };
  if (!isComplete(group, env, fail)) return undefined;
  const { MicrosoftAppId: appId = "", MicrosoftAppTenantId: tenantId } = env;
  if (!anonymous && !guid.test(appId))
    fail("MicrosoftAppId is not a valid id. Copy the Application (client) ID, 36 characters with dashes.");
  if (!anonymous && type !== "MultiTenant" && (tenantId === undefined || !guid.test(tenantId)))
    fail(
      `MicrosoftAppTenantId is missing or not a valid id. A ${type} bot belongs to one directory: copy its Directory (tenant) ID.`,
    );
  const allowedTenants = (env.TEAMS_ALLOWED_TENANTS ?? "").split(/[\s,]+/).filter((one) => one !== "");
  if (allowedTenants.some((one) => !guid.test(one)))
    fail("TEAMS_ALLOWED_TENANTS is not a list of ids. Write directory (tenant) ids separated by commas.");
  return {
    appId,
    password: env.MicrosoftAppPassword ?? "",
    type,
    ...given({ tenantId }),
    allowedTenants: allowedTenants.map((one) => one.toLowerCase()),
    anonymous,
    cloud: Object.fromEntries(
      teamsCloudNames.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name] ?? ""]])),
    ),
  };
}

function stripeOf(env: Environment, fail: Fail): StripeSettings | undefined {
  if (!isComplete(stripeGroup, env, fail)) return undefined;
  const secretKey = env.STRIPE_SECRET_KEY ?? "";
  if (!/^(sk|rk)_/.test(secretKey))
    fail("STRIPE_SECRET_KEY is not a secret key. Copy the key that begins with sk_ or rk_, not the publishable key.");
  const webhookSecrets = (env.STRIPE_WEBHOOK_SECRET ?? "").split(/[\s,]+/).filter((one) => one !== "");
  if (webhookSecrets.some((one) => !one.startsWith("whsec_")))
    fail(
      "STRIPE_WEBHOOK_SECRET is not a signing secret. Copy the endpoint's signing secret, which begins with whsec_.",
    );
  const apiUrl = env.STRIPE_API_URL === undefined ? undefined : addressOf(env, "STRIPE_API_URL", "", fail);
  return { secretKey, webhookSecrets, ...given({ apiUrl }) };
}

/** Base URL of a service. Plain http is allowed only on this machine, for test doubles. */
function addressOf(env: Environment, name: string, fallback: string, fail: Fail): string {
  const given = env[name];
  if (given === undefined) return fallback;
  const parsed = z.url({ protocol: /^https?$/ }).safeParse(given);
  const isOpen = parsed.success && /^http:/i.test(given) && !/^http:\/\/(localhost|127\.|\[::1\])/i.test(given);
  if (!parsed.success || isOpen) fail(`${name} is not a valid URL. Write https://…, or http:// for this machine only.`);
  return given;
}

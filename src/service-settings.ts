/** A group of settings that belong to one outside service. */
interface ServiceGroup {
  readonly service: string;
  /** Whether people chat with the desk through it. */
  readonly chat: boolean;
  /** Every setting of the group, the essential ones and those that only adjust. */
  readonly names: readonly string[];
  /** The ways to be complete: all names of one of them are set. */
  readonly complete: readonly (readonly string[])[];
}

const groups: readonly ServiceGroup[] = [
  {
    service: "Slack",
    chat: true,
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
  },
  {
    service: "Microsoft Teams",
    chat: true,
    names: [
      "MicrosoftAppId",
      "MicrosoftAppPassword",
      "MicrosoftAppType",
      "MicrosoftAppTenantId",
      "ToBotFromChannelOpenIdMetadataUrl",
      "ToChannelFromBotLoginUrl",
      "ToChannelFromBotOAuthScope",
      "ToBotFromChannelTokenIssuer",
      "ToBotFromEmulatorOpenIdMetadataUrl",
      "OAuthUrl",
      "CallerId",
      "TEAMS_ANONYMOUS",
    ],
    complete: [
      ["MicrosoftAppId", "MicrosoftAppPassword", "MicrosoftAppType", "MicrosoftAppTenantId"],
      ["TEAMS_ANONYMOUS"],
    ],
  },
  {
    service: "Stripe",
    chat: false,
    names: ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_API_URL"],
    complete: [["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"]],
  },
];

/**
 * One line for each outside service that is set up, wholly or in part: what is missing, and that this version does
 * not have it. A setting that is recognised is never ignored in silence. `chat` says whether a chat service is among them.
 */
export function serviceMistakes(env: Readonly<Record<string, string>>): {
  readonly chat: boolean;
  readonly mistakes: readonly string[];
} {
  const begun = groups.filter(({ names }) => names.some((name) => name in env));
  return { chat: begun.some(({ chat }) => chat), mistakes: begun.map((group) => lineFor(group, env)) };
}

function lineFor({ service, names, complete }: ServiceGroup, env: Readonly<Record<string, string>>): string {
  const set = names.filter((name) => name in env);
  const missing = complete.map((way) => way.filter((name) => !(name in env)));
  const fewest = missing.reduce((least, way) => (way.length < least.length ? way : least), names);
  const half = fewest.length === 0 ? "" : ` (Half set besides: ${fewest.join(", ")} missing.)`;
  return `${set.join(", ")}: ${service} is not part of this version; remove ${set.length === 1 ? "it" : "them"}.${half}`;
}

import { readFileSync } from "node:fs";
import { onTestFinished } from "vitest";
import { harbour, signingSecret, slackEnv } from "../support/slack/desk.ts";
import { openFakeSlack } from "../support/slack/fake-slack.ts";
import type { SlackUser } from "../support/slack/slack-user.ts";
import { openSlackWorld } from "../support/slack/slack-world.ts";
import { openTeamsDesk, type TeamsDesk } from "../support/teams/desk.ts";

/** The chat a person of Harbour Wellness uses. */
export type Chats = readonly ("slack" | "teams" | { readonly tenant: string })[];

export interface BothWorldsOptions {
  readonly maya: Chats;
  readonly ana: Chats;
  readonly ben?: Chats;
  readonly environment?: Readonly<Record<string, string>>;
}

/** One desk in Slack and in Teams. The practice file says who has which account. */
export interface BothWorlds extends TeamsDesk {
  readonly inSlack: { readonly ana: SlackUser; readonly ben: SlackUser; readonly maya: SlackUser };
}

/** The account of each person whose Teams tenant differs from the practice's. */
export const elsewhereId = "55555555-5555-4555-8555-555555555555";

const file = readFileSync(new URL("../support/practices/harbour-plain.yaml", import.meta.url), "utf8");

/**
 * For the running test only: opened on Monday, 2 March 2026, 08:00 in Lisbon, with the app installed for everyone in
 * Teams.
 */
export async function openBothWorlds(options: BothWorldsOptions): Promise<BothWorlds> {
  const fake = await openFakeSlack({ workspaces: [harbour], limits: "off" });
  onTestFinished(() => fake.close());
  const { maya, ana, ben = ["teams"] } = options;
  const people = { maya, ana, ben };
  const practice = Object.entries(people).reduce(
    (yaml, [user, chats]) =>
      yaml.replace(`[{ page: ${user} }]`, `[${chats.map((chat) => entry(user, chat)).join(", ")}]`),
    file,
  );
  const teams = await openTeamsDesk({
    now: "2026-03-02T08:00:00Z",
    practice,
    environment: { ...slackEnv(fake, harbour.id), ...options.environment },
  });
  for (const [user, chats] of Object.entries(people))
    if (chats.includes("teams")) await teams[user as keyof typeof people].install(); // the names of the object above
  const world = openSlackWorld({ deskUrl: teams.desk.address, fake, signingSecret });
  const member = (name: string) => world.user(harbour.id, `U0${name}`);
  return { ...teams, inSlack: { ana: member("ANA"), ben: member("BEN"), maya: member("MAYA") } };
}

function entry(user: string, chat: Chats[number]): string {
  if (chat === "slack") return `{ slack: { team: ${harbour.id}, user: U0${user.toUpperCase()} } }`;
  // People with a page account in the practice file belong to the practice's own tenant here.
  if (chat === "teams") return `{ page: ${user} }`;
  return `{ teams: { tenant: ${chat.tenant}, user: ${elsewhereId} } }`;
}

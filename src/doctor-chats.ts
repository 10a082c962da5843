import type { ReadStore } from "../db/store.ts";
import type { Config } from "./config.ts";
import type { Finding } from "./doctor.ts";
import type { Platform, Unreachable } from "./ports/messenger.ts";

const mostNamed = 10;
const mostUnreachable = 50;

const platformNames: Readonly<Record<Platform, string>> = { page: "the page", slack: "Slack", teams: "Teams" };

const whys: Readonly<Record<Unreachable, string>> = {
  "not-installed": "the app is not installed there",
  blocked: "the app is blocked",
  gone: "the person has left, or the app has no permission to message them",
};

/** Checks the chat platforms: missing installations, tokens that cannot be decrypted, people who cannot be reached. */
export async function examineChats(config: Config, store: ReadStore): Promise<readonly Finding[]> {
  return [...(await examineSlack(config, store)), ...examineTeams(config), ...(await examineReach(store))];
}

async function examineSlack({ slack }: Config, { read }: Pick<ReadStore, "read">): Promise<Finding[]> {
  if (slack === undefined) return [];
  if (slack.access.kind === "token") return [{ wrong: false, line: "Slack: one workspace, with a bot token." }];
  const installed = await read.installations.list();
  const lost = await read.installations.countLostKeys();
  const names = installed.map(({ teamId, teamName }) => teamName ?? teamId).slice(0, mostNamed);
  const missing = (await workspacesInUse(read)).filter(
    ({ workspace }) => !installed.some(({ teamId }) => teamId === undefined || teamId === workspace),
  );
  return [
    installed.length === 0
      ? { wrong: true, line: "Slack: the app is not installed in any workspace. Open /slack/install at PUBLIC_URL." }
      : { wrong: false, line: `Slack: the app is installed in ${installed.length} workspace(s): ${names.join(", ")}.` },
    ...(lost === 0
      ? []
      : [
          {
            wrong: true,
            line: `Slack: ${lost} token(s) cannot be decrypted. Add the missing key to FRONTDESK_KEYS.`,
          },
        ]),
    ...missing.map(({ practice, workspace }) => ({
      wrong: true,
      line: `Slack: people of ${practice} are in ${workspace}, where the app is not installed. Open /slack/install at PUBLIC_URL.`,
    })),
  ];
}

async function workspacesInUse(
  read: ReadStore["read"],
): Promise<readonly { readonly practice: string; readonly workspace: string }[]> {
  const found: { practice: string; workspace: string }[] = [];
  for (const practice of await read.practices.list()) {
    const members = await read.identities.listMemberships(practice.id);
    const workspaces = members.flatMap(({ address }) => (address.platform === "slack" ? [address.workspace] : []));
    for (const workspace of new Set(workspaces)) found.push({ practice: practice.name, workspace });
  }
  return found;
}

function examineTeams({ teams }: Config): Finding[] {
  if (teams === undefined) return [];
  if (teams.anonymous) return [{ wrong: false, line: "Teams: without tokens, for a local emulator." }];
  const { appId, type, tenantId, allowedTenants } = teams;
  const home = tenantId === undefined ? "" : ` of ${tenantId}`;
  const whose = allowedTenants.length === 0 ? "every organisation that has it" : allowedTenants.join(", ");
  return [{ wrong: false, line: `Teams: the app ${appId} (${type}${home}), for ${whose}.` }];
}

/** People whom messages do not reach, with the start of the outage by the desk's clock. */
async function examineReach({ read }: Pick<ReadStore, "read">): Promise<Finding[]> {
  const findings: Finding[] = [];
  const out = await read.identities.listUnreachable(mostUnreachable);
  for (const { practiceId, role, personId, address, why, sinceMs } of out) {
    const { people } = read;
    const person =
      role === "client"
        ? await people.findClient(practiceId, personId)
        : await people.findPractitioner(practiceId, personId);
    const who = `${person?.name ?? personId} (${role}, ${practiceId})`;
    const since = new Date(sinceMs).toISOString().slice(0, 16).replace("T", " ");
    findings.push({
      wrong: true,
      line: `Unreachable: ${who} in ${platformNames[address.platform]} since ${since} UTC: ${whys[why]}.`,
    });
  }
  return findings;
}

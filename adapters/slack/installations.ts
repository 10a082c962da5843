import type { Installation, InstallationKey, Installations } from "../../src/ports/installations.ts";
import type { SlackSettings } from "../../src/service-settings.ts";
import type { Clients } from "./clients.ts";
import { failureOf, isNotInstalled } from "./failure.ts";

/** Who has the app, however it came there. */
export interface Access {
  /** Undefined where the app is not installed. Rejects when that cannot be found out just now. */
  find(key: InstallationKey): Promise<Installation | undefined>;
  /** The app was put out, as of `atMs`: its token is forgotten, unless it was installed anew since. */
  remove(key: InstallationKey, atMs: number): Promise<boolean>;
}

/** The access of these settings: one token's own workspace, or every workspace that installed the app (S25). */
export function openAccess(parts: {
  readonly access: SlackSettings["access"];
  readonly clients: Clients;
  readonly installations: Installations;
}): Access {
  return parts.access.kind === "token"
    ? tokenAccess(parts.access.botToken, parts.clients)
    : installedAccess(parts.installations, parts.clients);
}

/** Whose the token is, is asked when it is first needed: Slack may be out of reach when the desk opens (S10). */
function tokenAccess(botToken: string, clients: Clients): Access {
  let known: Installation | undefined;
  let asking: Promise<Installation | undefined> | undefined;

  async function ask(): Promise<Installation | undefined> {
    try {
      const { team_id, team, enterprise_id, user_id, bot_id, app_id } = await clients.atOnce(botToken).auth.test();
      known = {
        ...(enterprise_id ? { enterpriseId: enterprise_id } : {}),
        ...(team_id ? { teamId: team_id } : {}),
        ...(team ? { teamName: team } : {}),
        ...(app_id ? { appId: app_id } : {}),
        ...(bot_id ? { botId: bot_id } : {}),
        botUserId: user_id ?? "",
        botToken,
        scopes: [],
        installedAtMs: 0,
      };
      return known;
    } catch (error) {
      if (isNotInstalled(failureOf(error))) return undefined;
      throw error;
    }
  }

  function learn(): Promise<Installation | undefined> {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  return {
    async find({ teamId }) {
      const installation = known ?? (await learn());
      return installation?.teamId === teamId ? installation : undefined;
    },
    async remove({ teamId }) {
      if (known?.teamId !== teamId) return false;
      known = undefined;
      return true;
    },
  };
}

function installedAccess(installations: Installations, clients: Clients): Access {
  /** Events come late and out of order (S18): an old farewell must not put out a fresh installation. */
  async function stillWorks({ botToken }: Installation): Promise<boolean> {
    try {
      await clients.atOnce(botToken).auth.test();
      return true;
    } catch (error) {
      if (isNotInstalled(failureOf(error))) return false;
      throw error;
    }
  }

  return {
    find: (key) => installations.find(key),
    async remove(key, atMs) {
      const found = await installations.find(key);
      if (found === undefined) return false;
      if (found.installedAtMs > atMs && (await stillWorks(found))) return false;
      clients.forget(found.botToken);
      return installations.remove(found);
    },
  };
}

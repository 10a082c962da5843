import type { Installation, InstallationKey, Installations } from "../../src/ports/installations.ts";
import type { SlackSettings } from "../../src/service-settings.ts";
import type { Clients } from "./clients.ts";
import { failureOf, isNotInstalled } from "./failure.ts";

/** Finds the installation and token for a workspace. */
export interface Access {
  /** Undefined where the app is not installed. Rejects when that cannot be determined now. */
  find(key: InstallationKey): Promise<Installation | undefined>;
  /** Handles an uninstall at `atMs`: deletes the token, unless the app was installed again since. */
  remove(key: InstallationKey, atMs: number): Promise<boolean>;
}

/** Access for a single workspace with a fixed token, or for every workspace that installed the app (S25). */
export function openAccess(parts: {
  readonly access: SlackSettings["access"];
  readonly clients: Clients;
  readonly installations: Installations;
}): Access {
  return parts.access.kind === "token"
    ? tokenAccess(parts.access.botToken, parts.clients)
    : installedAccess(parts.installations, parts.clients);
}

/** Looks up the token's workspace on first use, because Slack may be unreachable when the desk starts (S10). */
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
  /** Events arrive late and out of order (S18): an old uninstall event must not delete a newer installation. */
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

import { and, asc, desc, eq } from "drizzle-orm";
import type { Installation, InstallationKey } from "../../src/ports/installations.ts";
import type { Vault } from "../../src/vault.ts";
import type { Db } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** Workspaces that installed the app; tokens are encrypted before they are stored. */
export function installationsIn(db: Db, { installations }: Schema, vault: Vault) {
  type Row = typeof installations.$inferSelect;
  const isRow = (enterpriseId: string, teamId: string) =>
    and(eq(installations.enterpriseId, enterpriseId), eq(installations.teamId, teamId));

  function opened(row: Row): Installation {
    const { enterpriseId, teamId, sealedToken, wrappedKey, ...rest } = row;
    const place = placeOf(row);
    return {
      ...withoutNulls(rest),
      ...(enterpriseId === "" ? {} : { enterpriseId }),
      ...(teamId === "" ? {} : { teamId }),
      botToken: vault.open(vault.unwrapKey(wrappedKey, place), place, sealedToken),
    };
  }

  return defineRepository({
    reads: {
      /** The installation of the workspace, or else of its organisation. */
      async find({ enterpriseId = "", teamId = "" }: InstallationKey): Promise<Installation | undefined> {
        if (teamId !== "") {
          const rows = await db
            .select()
            .from(installations)
            .where(eq(installations.teamId, teamId))
            .orderBy(desc(installations.installedAtMs));
          // A workspace that joined an organisation later keeps the row it was installed under.
          const own = rows.find((row) => row.enterpriseId === enterpriseId) ?? rows[0];
          if (own !== undefined) return opened(own);
        }
        if (enterpriseId === "") return undefined;
        const whole = one(await db.select().from(installations).where(isRow(enterpriseId, "")));
        return whole && opened(whole);
      },

      /** All installations, without tokens. */
      async list(): Promise<readonly Omit<Installation, "botToken">[]> {
        const rows = await db
          .select()
          .from(installations)
          .orderBy(asc(installations.enterpriseId), asc(installations.teamId));
        return rows.map(({ enterpriseId, teamId, sealedToken: _, wrappedKey: __, ...rest }) => ({
          ...withoutNulls(rest),
          ...(enterpriseId === "" ? {} : { enterpriseId }),
          ...(teamId === "" ? {} : { teamId }),
        }));
      },

      /** Counts tokens the key ring cannot unwrap: their workspaces are unreachable until the missing key is restored. */
      async countLostKeys(): Promise<number> {
        const rows = await db.select().from(installations);
        return rows.filter((row) => {
          try {
            vault.unwrapKey(row.wrappedKey, placeOf(row));
            return false;
          } catch {
            return true;
          }
        }).length;
      },
    },
    writes: {
      /** Adds the installation or replaces the one of the same workspace and organisation. */
      async save(installation: Installation): Promise<void> {
        const { enterpriseId = "", teamId = "", botToken, ...rest } = installation;
        const place = placeOf({ enterpriseId, teamId });
        const key = vault.newDataKey();
        const set = {
          teamName: rest.teamName ?? null,
          appId: rest.appId ?? null,
          botId: rest.botId ?? null,
          botUserId: rest.botUserId,
          sealedToken: vault.seal(key, place, botToken),
          wrappedKey: vault.wrapKey(key, place),
          scopes: rest.scopes,
          installedAtMs: rest.installedAtMs,
        };
        await db
          .insert(installations)
          .values({ enterpriseId, teamId, ...set })
          .onConflictDoUpdate({ target: [installations.enterpriseId, installations.teamId], set });
      },

      /** Deletes exactly this installation; false if it is gone or was replaced by a later one. */
      async remove({ enterpriseId = "", teamId = "", installedAtMs }: Installation): Promise<boolean> {
        const removed = await db
          .delete(installations)
          .where(and(isRow(enterpriseId, teamId), eq(installations.installedAtMs, installedAtMs)))
          .returning({ teamId: installations.teamId });
        return removed.length > 0;
      },
    },
  });
}

/** Binds a ciphertext to its row: copied to another row it does not decrypt. */
function placeOf({ enterpriseId, teamId }: { enterpriseId: string; teamId: string }): string {
  return `installations/${enterpriseId}/${teamId}`;
}

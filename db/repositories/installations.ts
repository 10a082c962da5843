import { and, asc, desc, eq } from "drizzle-orm";
import type { Installation, InstallationKey } from "../../src/ports/installations.ts";
import type { Vault } from "../../src/vault.ts";
import type { Db } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** Workspaces that have installed the app; a token is sealed before it reaches a row. */
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
      /** The workspace's own installation, or else that of its organisation. */
      async find({ enterpriseId = "", teamId = "" }: InstallationKey): Promise<Installation | undefined> {
        if (teamId !== "") {
          const rows = await db
            .select()
            .from(installations)
            .where(eq(installations.teamId, teamId))
            .orderBy(desc(installations.installedAtMs));
          // A workspace that has joined an organisation since still has the row it was installed under.
          const own = rows.find((row) => row.enterpriseId === enterpriseId) ?? rows[0];
          if (own !== undefined) return opened(own);
        }
        if (enterpriseId === "") return undefined;
        const whole = one(await db.select().from(installations).where(isRow(enterpriseId, "")));
        return whole && opened(whole);
      },

      /** Every installation without its token. */
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

      /** How many tokens the ring cannot open: their workspaces are unreachable until the missing key is put back. */
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
      /** In place of an earlier one of the same workspace, under whichever organisation that was. */
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

      /** Forgets exactly this installation; false when it is gone already, or was made anew since. */
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

/** Where a sealed token belongs; elsewhere it does not open. */
function placeOf({ enterpriseId, teamId }: { enterpriseId: string; teamId: string }): string {
  return `installations/${enterpriseId}/${teamId}`;
}

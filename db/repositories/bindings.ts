import { and, eq, isNotNull, ne, sql } from "drizzle-orm";
import type { Address, Platform, Unreachable } from "../../src/ports/messenger.ts";
import type { Db } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";
import type { AddressedMembership, Membership } from "./identities.ts";

/** A person's chat, and when they last wrote or pressed there. */
export interface Activity {
  readonly personId: string;
  readonly platform: Platform;
  readonly lastSeenAtMs?: number;
  readonly unreachable?: Unreachable;
}

/** Rows per INSERT, well below the databases' limits on bound values. */
const batch = 500;

/** Memberships of chat users, from the practice file or by activation; merged into the `identities` repository. */
export function bindingsIn(db: Db, { identities, memberships, clients }: Schema) {
  const at = ({ platform, workspace, user }: Address) =>
    and(eq(memberships.platform, platform), eq(memberships.workspace, workspace), eq(memberships.user, user));

  async function addIdentities(addresses: readonly Address[]): Promise<void> {
    if (addresses.length === 0) return;
    await db
      .insert(identities)
      .values(addresses.map(({ platform, workspace, user }) => ({ platform, workspace, user, turns: 0 })))
      .onConflictDoNothing();
  }

  return defineRepository({
    cached: true,
    reads: {
      /** All memberships of a practice, archived people included. */
      async listMemberships(practiceId: string): Promise<readonly AddressedMembership[]> {
        const rows = await db
          .select()
          .from(memberships)
          .where(eq(memberships.practiceId, practiceId))
          .orderBy(
            memberships.role,
            memberships.personId,
            memberships.platform,
            memberships.workspace,
            memberships.user,
          );
        return rows.map(({ platform, workspace, user, source: _, ...row }) => ({
          ...row,
          address: { platform, workspace, user },
        }));
      },

      /** The client memberships of this chat user that a practice has deactivated. */
      async listDeactivated(address: Address): Promise<readonly Membership[]> {
        return db
          .select({ practiceId: memberships.practiceId, role: memberships.role, personId: memberships.personId })
          .from(memberships)
          .innerJoin(clients, and(eq(clients.practiceId, memberships.practiceId), eq(clients.id, memberships.personId)))
          .where(
            and(
              at(address),
              eq(memberships.role, "client"),
              isNotNull(clients.deactivatedAtMs),
              eq(clients.archived, false),
            ),
          )
          .orderBy(memberships.practiceId);
      },

      /** The chats of all clients or all practitioners of a practice. */
      async listActivity(practiceId: string, role: Membership["role"]): Promise<readonly Activity[]> {
        const rows = await db
          .select({
            personId: memberships.personId,
            platform: memberships.platform,
            lastSeenAtMs: identities.lastSeenAtMs,
            unreachable: identities.unreachable,
          })
          .from(memberships)
          .innerJoin(
            identities,
            and(
              eq(identities.platform, memberships.platform),
              eq(identities.workspace, memberships.workspace),
              eq(identities.user, memberships.user),
            ),
          )
          .where(and(eq(memberships.practiceId, practiceId), eq(memberships.role, role)))
          .orderBy(memberships.personId, memberships.platform);
        return rows.map(withoutNulls);
      },
    },
    writes: {
      /**
       * Replaces the memberships that come from the practice file. Memberships made by activation stay, unless the file
       * gives the chat user to another person.
       */
      async replaceFileMemberships(practiceId: string, entries: readonly Omit<AddressedMembership, "practiceId">[]) {
        await db.delete(memberships).where(and(eq(memberships.practiceId, practiceId), eq(memberships.source, "file")));
        for (let start = 0; start < entries.length; start += batch) {
          const some = entries.slice(start, start + batch);
          await addIdentities(some.map((entry) => entry.address));
          await db
            .insert(memberships)
            .values(
              some.map(({ address: { platform, workspace, user }, role, personId }) => ({
                platform,
                workspace,
                user,
                practiceId,
                role,
                personId,
                source: "file" as const,
              })),
            )
            .onConflictDoUpdate({
              target: [
                memberships.platform,
                memberships.workspace,
                memberships.user,
                memberships.practiceId,
                memberships.role,
              ],
              set: { personId: sql`excluded.person_id`, source: "file" },
              setWhere: ne(memberships.personId, sql`excluded.person_id`),
            });
        }
      },

      /** Binds a chat user to a person. False: in this practice and role the chat user is bound to another person. */
      async bind({ platform, workspace, user }: Address, { practiceId, role, personId }: Membership): Promise<boolean> {
        const here = and(
          at({ platform, workspace, user }),
          eq(memberships.practiceId, practiceId),
          eq(memberships.role, role),
        );
        await db.insert(identities).values({ platform, workspace, user, turns: 0 }).onConflictDoNothing();
        await db
          .insert(memberships)
          .values({ platform, workspace, user, practiceId, role, personId, source: "activation" })
          .onConflictDoNothing();
        const row = one(
          await db
            .select({ personId: memberships.personId, archived: clients.archived })
            .from(memberships)
            .leftJoin(
              clients,
              and(eq(clients.practiceId, memberships.practiceId), eq(clients.id, memberships.personId)),
            )
            .where(here),
        );
        if (row?.personId === personId) return true;
        if (role !== "client" || row?.archived !== true) return false;
        // An archived client no longer holds the chat.
        await db.update(memberships).set({ personId, source: "activation" }).where(here);
        return true;
      },
    },
  });
}

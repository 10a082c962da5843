import { and, eq, isNotNull } from "drizzle-orm";
import type { Address, Platform, Unreachable } from "../../src/ports/messenger.ts";
import type { Db } from "../db.ts";
import { one, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";
import type { Membership } from "./identities.ts";

/** A chat of somebody of a practice, and when they were last heard of there. */
export interface Activity {
  readonly personId: string;
  readonly platform: Platform;
  readonly lastSeenAtMs?: number;
  readonly unreachable?: Unreachable;
}

/** What people bind themselves, beside what the practice file says of chat users: part of the identities. */
export function bindingsIn(db: Db, { identities, memberships, clients }: Schema) {
  const at = ({ platform, workspace, user }: Address) =>
    and(eq(memberships.platform, platform), eq(memberships.workspace, workspace), eq(memberships.user, user));

  return {
    /** Binds a chat user to a person for good. False: in this practice and role the chat is somebody else's already. */
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
          .leftJoin(clients, and(eq(clients.practiceId, memberships.practiceId), eq(clients.id, memberships.personId)))
          .where(here),
      );
      if (row?.personId === personId) return true;
      if (role !== "client" || row?.archived !== true) return false;
      // Whoever the practice file has dropped has no claim to the chat any more.
      await db.update(memberships).set({ personId, source: "activation" }).where(here);
      return true;
    },

    /** The practices that have deactivated the client this chat user was. */
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

    /** Every chat of a practice's clients or practitioners. */
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
  };
}

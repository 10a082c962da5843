import { and, asc, desc, eq, ne } from "drizzle-orm";
import type { Address } from "../../src/ports/messenger.ts";
import type { Db } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** A practitioner's invitation to a client (D7.1). Times are real time. */
export interface Invitation {
  readonly id: string;
  readonly practiceId: string;
  readonly clientId: string;
  /** Who invited the client, and is notified when they accept. */
  readonly practitionerId: string;
  readonly state: "open" | "accepted" | "revoked";
  /** The invited chat user; absent: invited by mail or by a link. */
  readonly address?: Address;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

/** Invitations, and which practitioner has which clients. */
export function invitationsIn(db: Db, { invitations, bookings, practitioners }: Schema) {
  type Row = typeof invitations.$inferSelect;
  const toInvitation = ({ platform, workspace, user, decidedAtMs: _, seq: __, ...rest }: Row): Invitation => ({
    ...rest,
    ...(platform === null || workspace === null || user === null ? {} : { address: { platform, workspace, user } }),
  });
  const decide = async (id: string, state: "accepted" | "revoked", atMs: number): Promise<boolean> => {
    const decided = await db
      .update(invitations)
      .set({ state, decidedAtMs: atMs })
      .where(and(eq(invitations.id, id), eq(invitations.state, "open")))
      .returning({ id: invitations.id });
    return decided.length > 0;
  };

  return defineRepository({
    reads: {
      /** Finds closed and expired invitations too. */
      async find(id: string): Promise<Invitation | undefined> {
        const row = one(await db.select().from(invitations).where(eq(invitations.id, id)));
        return row && toInvitation(row);
      },

      /** The client's latest invitation, in any state. */
      async findForClient(practiceId: string, clientId: string): Promise<Invitation | undefined> {
        const row = one(
          await db
            .select()
            .from(invitations)
            .where(and(eq(invitations.practiceId, practiceId), eq(invitations.clientId, clientId)))
            .orderBy(desc(invitations.seq))
            .limit(1),
        );
        return row && toInvitation(row);
      },

      /** All invitations of a practice, oldest first. */
      async listForPractice(practiceId: string): Promise<readonly Invitation[]> {
        const rows = await db
          .select()
          .from(invitations)
          .where(eq(invitations.practiceId, practiceId))
          .orderBy(asc(invitations.seq));
        return rows.map(toInvitation);
      },

      /** Open invitations of this chat user. */
      async listForAddress({ platform, workspace, user }: Address): Promise<readonly Invitation[]> {
        const rows = await db
          .select()
          .from(invitations)
          .where(
            and(
              eq(invitations.platform, platform),
              eq(invitations.workspace, workspace),
              eq(invitations.user, user),
              eq(invitations.state, "open"),
            ),
          )
          .orderBy(asc(invitations.seq));
        return rows.map(toInvitation);
      },

      /** Pairs of client and practitioner, from sessions and invitations; archived practitioners are left out. */
      async listCare(
        practiceId: string,
      ): Promise<readonly { readonly clientId: string; readonly practitionerId: string }[]> {
        const bySession = await db
          .select({ clientId: bookings.clientId, practitionerId: bookings.practitionerId })
          .from(bookings)
          .innerJoin(
            practitioners,
            and(eq(practitioners.practiceId, bookings.practiceId), eq(practitioners.id, bookings.practitionerId)),
          )
          .where(
            and(eq(bookings.practiceId, practiceId), ne(bookings.status, "held"), eq(practitioners.archived, false)),
          )
          .groupBy(bookings.clientId, bookings.practitionerId);
        const byInvitation = await db
          .select({ clientId: invitations.clientId, practitionerId: invitations.practitionerId })
          .from(invitations)
          .innerJoin(
            practitioners,
            and(eq(practitioners.practiceId, invitations.practiceId), eq(practitioners.id, invitations.practitionerId)),
          )
          .where(and(eq(invitations.practiceId, practiceId), eq(practitioners.archived, false)))
          .groupBy(invitations.clientId, invitations.practitionerId);
        return [...bySession, ...byInvitation];
      },
    },
    writes: {
      async add({ address, ...invitation }: Invitation): Promise<void> {
        await db.insert(invitations).values({ ...invitation, ...address });
      },

      /** True for the call that accepts; false if the invitation was accepted or revoked before. */
      async accept(id: string, atMs: number): Promise<boolean> {
        return decide(id, "accepted", atMs);
      },

      /** False if the invitation is no longer open. */
      async revoke(id: string, atMs: number): Promise<boolean> {
        return decide(id, "revoked", atMs);
      },

      /** Extends an open invitation; false if it is no longer open. */
      async renew(id: string, expiresAtMs: number): Promise<boolean> {
        const renewed = await db
          .update(invitations)
          .set({ expiresAtMs })
          .where(and(eq(invitations.id, id), eq(invitations.state, "open")))
          .returning({ id: invitations.id });
        return renewed.length > 0;
      },
    },
  });
}

import { and, asc, eq, getTableColumns } from "drizzle-orm";
import type { FrozenService } from "../../src/domain/booking.ts";
import { newId } from "../../src/ids.ts";
import type { Db } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** A request to move or to cancel late, which the other side decides on; instants in epoch ms. */
export interface ChangeRequest {
  readonly id: string;
  readonly practiceId: string;
  readonly bookingId: string;
  readonly kind: "move" | "cancel";
  readonly state: "open" | "approved" | "refused" | "expired" | "withdrawn";
  readonly startsAtMs?: number;
  readonly endsAtMs?: number;
  readonly frozen?: FrozenService;
  readonly reason?: string;
  readonly askedAtMs: number;
  readonly respondByMs: number;
  readonly decidedAtMs?: number;
}

/** A time a practitioner offers instead of the requested one. */
export interface Proposal {
  readonly id: string;
  readonly practiceId: string;
  readonly bookingId: string;
  readonly round: number;
  readonly state: "open" | "accepted" | "rejected" | "expired";
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly expiresAtMs: number;
}

/** A fee beside the price of the session; an open one may be waived. */
export interface Fee {
  readonly id: string;
  readonly practiceId: string;
  readonly bookingId: string;
  readonly kind: "late_cancel" | "no_show";
  readonly amountMinor: number;
  readonly currency: string;
  readonly state: "open" | "waived" | "paid";
  readonly atMs: number;
}

/** Change requests, proposals and fees of bookings. Lock the booking first: its lock guards these rows too. */
export function changesIn(db: Db, { changeRequests, proposals, fees, bookings }: Schema) {
  return defineRepository({
    reads: {
      async findRequest(practiceId: string, id: string): Promise<ChangeRequest | undefined> {
        const isIt = and(eq(changeRequests.id, id), eq(changeRequests.practiceId, practiceId));
        const row = one(await db.select().from(changeRequests).where(isIt));
        return row && withoutNulls(row);
      },

      /** The open request of a booking, which has at most one. */
      async findOpenRequest(bookingId: string): Promise<ChangeRequest | undefined> {
        const isOpen = and(eq(changeRequests.bookingId, bookingId), eq(changeRequests.state, "open"));
        const row = one(await db.select().from(changeRequests).where(isOpen));
        return row && withoutNulls(row);
      },

      /** Open requests of a practitioner's confirmed bookings, oldest first: not of one whose cancellation can be undone. */
      async listOpenFor(practiceId: string, practitionerId: string): Promise<readonly ChangeRequest[]> {
        const rows = await db
          .select(getTableColumns(changeRequests))
          .from(changeRequests)
          .innerJoin(bookings, eq(bookings.id, changeRequests.bookingId))
          .where(
            and(
              eq(changeRequests.practiceId, practiceId),
              eq(changeRequests.state, "open"),
              eq(bookings.status, "confirmed"),
              eq(bookings.practitionerId, practitionerId),
            ),
          )
          .orderBy(asc(changeRequests.askedAtMs), asc(changeRequests.id));
        return rows.map(withoutNulls);
      },

      /** By start. */
      async listProposals(bookingId: string, state?: Proposal["state"]): Promise<readonly Proposal[]> {
        const inState = state === undefined ? undefined : eq(proposals.state, state);
        return db
          .select()
          .from(proposals)
          .where(and(eq(proposals.bookingId, bookingId), inState))
          .orderBy(asc(proposals.startsAtMs), asc(proposals.id));
      },

      async listFees(bookingId: string): Promise<readonly Fee[]> {
        return db.select().from(fees).where(eq(fees.bookingId, bookingId)).orderBy(asc(fees.atMs));
      },
    },
    writes: {
      async addRequest(request: Omit<ChangeRequest, "id" | "state">): Promise<ChangeRequest> {
        const made: ChangeRequest = { id: newId("cr"), state: "open", ...request };
        await db.insert(changeRequests).values(made);
        return made;
      },

      /** False if the request is no longer open. */
      async closeRequest(id: string, state: Exclude<ChangeRequest["state"], "open">, atMs: number): Promise<boolean> {
        const closed = await db
          .update(changeRequests)
          .set({ state, decidedAtMs: atMs })
          .where(and(eq(changeRequests.id, id), eq(changeRequests.state, "open")))
          .returning({ id: changeRequests.id });
        return closed.length > 0;
      },

      async addProposal(proposal: Omit<Proposal, "id" | "state">): Promise<Proposal> {
        const made: Proposal = { id: newId("pr"), state: "open", ...proposal };
        await db.insert(proposals).values(made);
        return made;
      },

      /** Closes the open proposals of a booking; the one with the id `except` is accepted. */
      async closeProposals(bookingId: string, state: "rejected" | "expired", except?: string): Promise<void> {
        const isOpen = and(eq(proposals.bookingId, bookingId), eq(proposals.state, "open"));
        if (except !== undefined)
          await db
            .update(proposals)
            .set({ state: "accepted" })
            .where(and(isOpen, eq(proposals.id, except)));
        await db.update(proposals).set({ state }).where(isOpen);
      },

      /** Idempotent: a booking has at most one fee of a kind. */
      async addFee(fee: Omit<Fee, "id" | "state">): Promise<void> {
        await db
          .insert(fees)
          .values({ id: newId("fe"), state: "open", ...fee })
          .onConflictDoNothing();
      },

      /** Marks an open fee as paid; a waived fee stays waived. */
      async payFee(id: string): Promise<void> {
        await db
          .update(fees)
          .set({ state: "paid" })
          .where(and(eq(fees.id, id), eq(fees.state, "open")));
      },

      /** Waives a fee, paid ones included: the caller refunds what was kept for it. */
      async waiveFee(id: string): Promise<void> {
        await db.update(fees).set({ state: "waived" }).where(eq(fees.id, id));
      },

      /** Removes an open fee after its cancellation or no-show was undone. */
      async removeOpenFees(bookingId: string, kind: Fee["kind"]): Promise<void> {
        await db.delete(fees).where(and(eq(fees.bookingId, bookingId), eq(fees.kind, kind), eq(fees.state, "open")));
      },
    },
  });
}

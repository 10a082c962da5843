import { and, asc, eq, exists, gt, inArray, isNull, lt, lte, ne, not, or, sql } from "drizzle-orm";
import type { Busy } from "../../src/domain/availability.ts";
import { dayMs } from "../../src/domain/units.ts";
import { newId } from "../../src/ids.ts";
import { type Db, encodedColumns, prepared } from "../db.ts";
import type { Locks } from "../locks.ts";
import { defineRepository } from "../repository.ts";
import { withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

export type ClaimKind = "hold" | "request" | "session" | "proposal";

/** Reserves a practitioner's time [start, end) for one booking; the range is the session without buffers. */
export interface NewClaim extends Busy {
  readonly practiceId: string;
  readonly practitionerId: string;
  readonly bookingId: string;
  readonly kind: ClaimKind;
  /** When a hold or proposal lapses; absent: never. */
  readonly expiresAtMs?: number;
}

export interface Claim extends NewClaim {
  readonly id: string;
}

/** Selects a practitioner's claims that overlap [fromMs, toMs). */
export interface BusyQuestion {
  readonly practiceId: string;
  readonly practitionerId: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Claims that have lapsed at this instant are left out. */
  readonly nowMs: number;
  /** Leaves out this client's own holds: the client still sees a held slot as free. */
  readonly exceptClientHoldsOf?: string;
  readonly exceptBookingId?: string;
}

const longestClaimMs = dayMs;

/** Claims are inserted and deleted, never updated; the database itself refuses overlaps (D3.3). */
export function claimsIn(db: Db, { claims, bookings, practitioners }: Schema, locks: Locks) {
  const heldByClient = and(
    eq(claims.kind, "hold"),
    exists(
      db
        .select({ id: bookings.id })
        .from(bookings)
        .where(and(eq(bookings.id, claims.bookingId), eq(bookings.clientId, sql.placeholder("exceptClient")))),
    ),
  );
  const overlapping = prepared(
    db
      .select({
        startsAtMs: claims.startsAtMs,
        endsAtMs: claims.endsAtMs,
        bufferBeforeMinutes: claims.bufferBeforeMinutes,
        bufferAfterMinutes: claims.bufferAfterMinutes,
        bookingId: claims.bookingId,
      })
      .from(claims)
      .where(
        and(
          eq(claims.practiceId, sql.placeholder("practiceId")),
          eq(claims.practitionerId, sql.placeholder("practitionerId")),
          gt(claims.startsAtMs, sql.placeholder("earliestMs")),
          lt(claims.startsAtMs, sql.placeholder("toMs")),
          gt(claims.endsAtMs, sql.placeholder("fromMs")),
          or(isNull(claims.expiresAtMs), gt(claims.expiresAtMs, sql.placeholder("nowMs"))),
          ne(claims.bookingId, sql.placeholder("exceptBooking")),
          heldByClient && not(heldByClient),
        ),
      )
      .orderBy(asc(claims.startsAtMs)),
  );

  const ofBooking = eq(claims.bookingId, sql.placeholder("bookingId"));
  const allOfBooking = prepared(db.select().from(claims).where(ofBooking).orderBy(claims.startsAtMs));
  const make = prepared(
    db.insert(claims).values(encodedColumns(claims)).onConflictDoNothing().returning({ id: claims.id }),
  );
  const removeAll = prepared(db.delete(claims).where(ofBooking));
  const removeKind = prepared(db.delete(claims).where(and(ofBooking, eq(claims.kind, sql.placeholder("kind")))));
  const lapsed = prepared(
    db
      .delete(claims)
      .where(
        and(
          eq(claims.practiceId, sql.placeholder("practiceId")),
          eq(claims.practitionerId, sql.placeholder("practitionerId")),
          lte(claims.expiresAtMs, sql.placeholder("nowMs")),
        ),
      ),
  );
  const otherHolds = prepared(
    db.delete(claims).where(
      and(
        eq(claims.kind, "hold"),
        inArray(
          claims.bookingId,
          db
            .select({ id: bookings.id })
            .from(bookings)
            .where(
              and(
                eq(bookings.practiceId, sql.placeholder("practiceId")),
                eq(bookings.clientId, sql.placeholder("clientId")),
                ne(bookings.id, sql.placeholder("exceptBookingId")),
              ),
            ),
        ),
      ),
    ),
  );

  return defineRepository({
    reads: {
      /** The overlapping claims by start. */
      async listBusy(question: BusyQuestion): Promise<readonly Busy[]> {
        const { practiceId, practitionerId, fromMs, toMs, nowMs, exceptClientHoldsOf, exceptBookingId } = question;
        return overlapping({
          practiceId,
          practitionerId,
          earliestMs: fromMs - longestClaimMs, // bounds the index range that is read
          fromMs,
          toMs,
          nowMs,
          // No id is empty, so an empty one excludes nothing.
          exceptClient: exceptClientHoldsOf ?? "",
          exceptBooking: exceptBookingId ?? "",
        });
      },

      async listForBooking(bookingId: string): Promise<readonly Claim[]> {
        return (await allOfBooking({ bookingId })).map(withoutNulls);
      },
    },
    barriers: {
      /**
       * Locks these practitioners' time until the transaction ends. What is checked under the lock stays true until it is
       * claimed, buffers and limits included, which the database's overlap guard does not know (D3.3). Lock bookings and
       * packages before, never after.
       */
      async lock(practiceId: string, practitionerIds: readonly string[]): Promise<void> {
        if (!locks.concurrentWriters) return;
        const theirs = and(eq(practitioners.practiceId, practiceId), inArray(practitioners.id, [...practitionerIds]));
        // Always in the order of ids, or two transactions that lock the same two practitioners would deadlock.
        await locks.forUpdate(
          db.select({ id: practitioners.id }).from(practitioners).where(theirs).orderBy(practitioners.id),
        );
      },
    },
    writes: {
      /** False: another booking has the time. The caller removes lapsed claims first and checks buffers. */
      async claim(claim: NewClaim): Promise<boolean> {
        return (await make({ id: newId("cm"), ...claim })).length > 0;
      },

      /** All of a booking's claims, or those of one kind. */
      async removeForBooking(bookingId: string, kind?: ClaimKind): Promise<void> {
        await (kind === undefined ? removeAll({ bookingId }) : removeKind({ bookingId, kind }));
      },

      /** Claims that lapsed at or before `nowMs`. */
      async removeLapsed(practiceId: string, practitionerId: string, nowMs: number): Promise<void> {
        await lapsed({ practiceId, practitionerId, nowMs });
      },

      /** A client's holds with all practitioners, except those of one booking. */
      async removeHoldsOfClient(practiceId: string, clientId: string, exceptBookingId: string): Promise<void> {
        await otherHolds({ practiceId, clientId, exceptBookingId });
      },
    },
  });
}

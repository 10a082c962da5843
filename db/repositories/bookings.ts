import { and, asc, desc, eq, gte, inArray, lt, ne, or, sql } from "drizzle-orm";
import { type Booking, type BookingStatus, countedStatuses } from "../../src/domain/booking.ts";
import { DeskError } from "../../src/errors.ts";
import type { Vault } from "../../src/vault.ts";
import { type Db, encodedColumns, prepared, preparedFor } from "../db.ts";
import type { Locks } from "../locks.ts";
import { defineRepository } from "../repository.ts";
import { one, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";
import { openText, sealText } from "../sealed-text.ts";

/** Selects a person's bookings; results are ordered by start. */
export interface BookingFilter {
  readonly statuses: readonly BookingStatus[];
  /** Starts in [fromMs, toMs), epoch ms. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Leaves out confirmed bookings that start at or after this instant. */
  readonly confirmedBeforeMs?: number;
  readonly order: "asc" | "desc";
  readonly limit?: number;
  readonly offset?: number;
}

/** Bookings, the aggregate root: a booking's lock also guards its payments, change requests, proposals and timers. */
export function bookingsIn(db: Db, { bookings }: Schema, vault: Vault, locks: Locks) {
  /** The join link opens the session's room, so it is sealed (R9). */
  const placeOf = (id: string) => `bookings/${id}/join_url`;
  const toBooking = (row: typeof bookings.$inferSelect): Booking => {
    const { joinUrl, ...booking } = withoutNulls(row);
    return joinUrl === undefined ? booking : { ...booking, joinUrl: openText(vault, placeOf(row.id), joinUrl) };
  };
  const toRow = ({ joinUrl, ...booking }: Booking) =>
    joinUrl === undefined ? booking : { ...booking, joinUrl: sealText(vault, placeOf(booking.id), joinUrl) };

  const byId = () =>
    db
      .select()
      .from(bookings)
      .where(and(eq(bookings.id, sql.placeholder("id")), eq(bookings.practiceId, sql.placeholder("practiceId"))));
  const bookingById = prepared(byId());
  const lockedById = prepared(locks.forUpdate(byId()));

  const counted = prepared(
    db
      .select({ startsAtMs: bookings.startsAtMs })
      .from(bookings)
      .where(
        and(
          eq(bookings.practiceId, sql.placeholder("practiceId")),
          eq(bookings.practitionerId, sql.placeholder("practitionerId")),
          gte(bookings.startsAtMs, sql.placeholder("fromMs")),
          lt(bookings.startsAtMs, sql.placeholder("toMs")),
          inArray(bookings.status, [...countedStatuses]),
          ne(bookings.id, sql.placeholder("except")),
        ),
      )
      .orderBy(asc(bookings.startsAtMs)),
  );

  const find = async (practiceId: string, id: string): Promise<Booking | undefined> => {
    const row = one(await bookingById({ practiceId, id }));
    return row && toBooking(row);
  };

  const listing = preparedFor(([whose, order, ...statuses]) => {
    const direction = order === "asc" ? asc : desc;
    return db
      .select()
      .from(bookings)
      .where(
        and(
          eq(bookings.practiceId, sql.placeholder("practiceId")),
          eq(bookings[whose === "client" ? "clientId" : "practitionerId"], sql.placeholder("personId")),
          inArray(bookings.status, statuses as BookingStatus[]), // `list` below passes statuses
          gte(bookings.startsAtMs, sql.placeholder("fromMs")),
          lt(bookings.startsAtMs, sql.placeholder("toMs")),
          or(ne(bookings.status, "confirmed"), lt(bookings.startsAtMs, sql.placeholder("confirmedBeforeMs"))),
        ),
      )
      .orderBy(direction(bookings.startsAtMs), direction(bookings.id))
      .limit(sql.placeholder("limit"))
      .offset(sql.placeholder("offset"));
  });

  async function list(
    whose: "client" | "practitioner",
    ids: { readonly practiceId: string; readonly personId: string },
    filter: BookingFilter,
  ): Promise<readonly Booking[]> {
    const { statuses, order } = filter;
    const query = listing([whose, order, ...statuses]);
    const most = Number.MAX_SAFE_INTEGER;
    const { fromMs = -most, toMs = most, confirmedBeforeMs = most, limit = most, offset = 0 } = filter;
    const rows = await query({ ...ids, fromMs, toMs, confirmedBeforeMs, limit, offset });
    return rows.map(toBooking);
  }

  const row = encodedColumns(bookings);
  const addNew = prepared(db.insert(bookings).values(row));
  const { id: _, practiceId: __, ...changeable } = row;
  const replace = prepared(
    db
      .update(bookings)
      .set(changeable)
      .where(
        and(
          eq(bookings.id, sql.placeholder("id")),
          eq(bookings.practiceId, sql.placeholder("practiceId")),
          eq(bookings.version, sql.placeholder("expectedVersion")),
        ),
      )
      .returning({ id: bookings.id }),
  );

  return defineRepository({
    cached: true,
    reads: {
      find,

      /** Whether the booking exists and cannot be read: then it is not gone, although `find` and `lock` leave it out. */
      async isUnreadable(practiceId: string, id: string): Promise<boolean> {
        const isThis = and(eq(bookings.id, id), eq(bookings.practiceId, practiceId));
        const exists = one(await db.select({ id: bookings.id }).from(bookings).where(isThis)) !== undefined;
        return exists && (await find(practiceId, id)) === undefined;
      },

      /** Throws with code `not-found`. */
      async get(practiceId: string, id: string): Promise<Booking> {
        const booking = await find(practiceId, id);
        if (booking === undefined)
          throw new DeskError("not-found", `There is no booking ${id} in practice ${practiceId}.`);
        return booking;
      },

      async listForClient(practiceId: string, clientId: string, filter: BookingFilter): Promise<readonly Booking[]> {
        return list("client", { practiceId, personId: clientId }, filter);
      },

      async listForPractitioner(practiceId: string, practitionerId: string, filter: BookingFilter) {
        return list("practitioner", { practiceId, personId: practitionerId }, filter);
      },

      /** Starts within [fromMs, toMs) that count towards a practitioner's limits, earliest first (D3.5). */
      async countedStarts(
        practiceId: string,
        practitionerId: string,
        fromMs: number,
        toMs: number,
        exceptBookingId?: string,
      ): Promise<readonly number[]> {
        // No booking has an empty id, so an empty one excludes nothing.
        const rows = await counted({ practiceId, practitionerId, fromMs, toMs, except: exceptBookingId ?? "" });
        return rows.map((row) => row.startsAtMs);
      },

      /** Starts that count towards a package's limits, earliest first (D6.2). */
      async countedStartsOfPackage(
        practiceId: string,
        clientPackageId: string,
        exceptBookingId?: string,
      ): Promise<readonly number[]> {
        const rows = await db
          .select({ startsAtMs: bookings.startsAtMs })
          .from(bookings)
          .where(
            and(
              eq(bookings.practiceId, practiceId),
              eq(bookings.clientPackageId, clientPackageId),
              inArray(bookings.status, [...countedStatuses]),
              ne(bookings.id, exceptBookingId ?? ""),
            ),
          )
          .orderBy(asc(bookings.startsAtMs));
        return rows.map((row) => row.startsAtMs);
      },

      /** The bookings of a plan by start, unlocked: lock each, in the order of ids, before deciding on it. */
      async listOfPlan(practiceId: string, planId: string): Promise<readonly Booking[]> {
        const rows = await db
          .select()
          .from(bookings)
          .where(and(eq(bookings.practiceId, practiceId), eq(bookings.planId, planId)))
          .orderBy(asc(bookings.startsAtMs));
        return rows.map(toBooking);
      },
    },
    locks: {
      /**
       * Reads the booking and locks its row until the transaction ends. Lock before deciding on a booking or drawing its
       * card: a change that commits meanwhile is then either read here or finds the talk that shows the booking.
       * Lock several in the order of their ids.
       */
      async lock(practiceId: string, id: string): Promise<Booking | undefined> {
        const row = one(await lockedById({ practiceId, id }));
        return row && toBooking(row);
      },
    },
    writes: {
      async add(booking: Booking): Promise<void> {
        await addNew(toRow(booking));
      },

      /**
       * Replaces the booking if its stored version is `expectedVersion`, false otherwise (D4.2). `booking.version` must be
       * `expectedVersion + 1`.
       */
      async save(booking: Booking, expectedVersion: number): Promise<boolean> {
        if (booking.version !== expectedVersion + 1) {
          throw new RangeError(`booking ${booking.id}: version ${booking.version} does not follow ${expectedVersion}`);
        }
        return (await replace({ ...toRow(booking), expectedVersion })).length > 0;
      },

      /** Deletes a hold that was never requested; requested bookings are never deleted. */
      async remove(practiceId: string, id: string): Promise<void> {
        await db.delete(bookings).where(and(eq(bookings.id, id), eq(bookings.practiceId, practiceId)));
      },
    },
  });
}

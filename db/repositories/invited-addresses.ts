import { and, asc, eq } from "drizzle-orm";
import type { Db } from "../db.ts";
import { defineRepository } from "../repository.ts";
import type { Schema } from "../schema.ts";

/** The mail addresses that have a booking's invitation (V8). */
export function invitedAddressesIn(db: Db, { invitedAddresses }: Schema) {
  return defineRepository({
    reads: {
      async list(practiceId: string, bookingId: string): Promise<readonly string[]> {
        const { address } = invitedAddresses;
        const ofBooking = and(eq(invitedAddresses.practiceId, practiceId), eq(invitedAddresses.bookingId, bookingId));
        const rows = await db.select({ address }).from(invitedAddresses).where(ofBooking).orderBy(asc(address));
        return rows.map((row) => row.address);
      },
    },
    writes: {
      /** Adding an address again changes nothing. */
      async add(practiceId: string, bookingId: string, address: string): Promise<void> {
        await db.insert(invitedAddresses).values({ practiceId, bookingId, address }).onConflictDoNothing();
      },
    },
  });
}

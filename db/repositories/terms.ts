import { eq } from "drizzle-orm";
import type { Db } from "../db.ts";
import { defineRepository } from "../repository.ts";
import type { Schema } from "../schema.ts";

/** A client's acceptance of one version of terms for a booking (D5.3). */
export interface TermsAcceptance {
  readonly practiceId: string;
  readonly clientId: string;
  readonly bookingId: string;
  readonly termsId: string;
  readonly version: string;
  readonly acceptedAtMs: number;
  /** The chat address. */
  readonly place: string;
}

/** Acceptances of terms; `catalogue.ts` has the terms themselves. */
export function termsIn(db: Db, { termsAcceptances }: Schema) {
  return defineRepository({
    reads: {
      async list(bookingId: string): Promise<readonly TermsAcceptance[]> {
        return db
          .select()
          .from(termsAcceptances)
          .where(eq(termsAcceptances.bookingId, bookingId))
          .orderBy(termsAcceptances.acceptedAtMs);
      },
    },
    writes: {
      /** Replaces an earlier acceptance of the same terms for the same booking. */
      async add(acceptance: TermsAcceptance): Promise<void> {
        const { bookingId, termsId, ...set } = acceptance;
        await db
          .insert(termsAcceptances)
          .values(acceptance)
          .onConflictDoUpdate({ target: [termsAcceptances.bookingId, termsAcceptances.termsId], set });
      },
    },
  });
}

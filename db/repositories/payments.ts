import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { Payment } from "../../src/domain/payment.ts";
import { hashToken } from "../../src/ids.ts";
import type { Vault } from "../../src/vault.ts";
import { type Db, prepared } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";
import { openText, sealText } from "../sealed-text.ts";

/** Null for every optional column: an update leaves columns alone that it does not name. */
const absent = { sessionId: null, sessionUrl: null, linkExpiresAtMs: null, intentId: null, captureBeforeMs: null };

/** Payments and pay links. Lock the booking first: its lock guards these rows too. */
export function paymentsIn(db: Db, { payments, paymentEvents, payTokens }: Schema, vault: Vault) {
  const latestOfBooking = prepared(
    db
      .select()
      .from(payments)
      .where(eq(payments.bookingId, sql.placeholder("bookingId")))
      .orderBy(desc(payments.attempt))
      .limit(1),
  );

  /** The provider's checkout page can be paid by whoever opens it, so its address is sealed (R9). */
  const checkoutOf = (id: string) => `payments/${id}/session_url`;
  const toPayment = (row: typeof payments.$inferSelect): Payment => {
    const { sessionUrl, ...payment } = withoutNulls(row);
    return sessionUrl === undefined
      ? payment
      : { ...payment, sessionUrl: openText(vault, checkoutOf(row.id), sessionUrl) };
  };
  const toRow = ({ sessionUrl, ...payment }: Payment) =>
    sessionUrl === undefined
      ? payment
      : { ...payment, sessionUrl: sealText(vault, checkoutOf(payment.id), sessionUrl) };

  return defineRepository({
    reads: {
      async find(id: string): Promise<Payment | undefined> {
        const row = one(await db.select().from(payments).where(eq(payments.id, id)));
        return row && toPayment(row);
      },

      /** The latest attempt of a booking. */
      async findCurrent(bookingId: string): Promise<Payment | undefined> {
        const row = one(await latestOfBooking({ bookingId }));
        return row && toPayment(row);
      },

      /** All attempts of a booking, first one first. */
      async list(bookingId: string): Promise<readonly Payment[]> {
        const ofBooking = db.select().from(payments).where(eq(payments.bookingId, bookingId));
        return (await ofBooking.orderBy(asc(payments.attempt))).map(toPayment);
      },

      /** The booking of a pay link. */
      async findByToken(
        token: string,
      ): Promise<{ readonly practiceId: string; readonly bookingId: string } | undefined> {
        const hasHash = eq(payTokens.tokenHash, hashToken(token));
        const { practiceId, bookingId } = payTokens;
        return one(await db.select({ practiceId, bookingId }).from(payTokens).where(hasHash));
      },

      /** The token of a booking's pay link. */
      async findToken(bookingId: string): Promise<string | undefined> {
        const row = one(await db.select().from(payTokens).where(eq(payTokens.bookingId, bookingId)));
        if (row === undefined) return undefined;
        const place = placeOf(bookingId);
        return vault.open(vault.unwrapKey(row.wrappedKey, place), place, row.sealedToken);
      },
    },
    writes: {
      async add(payment: Payment): Promise<void> {
        await db.insert(payments).values(toRow(payment));
      },

      /** Replaces the payment if its stored version is the one before, false otherwise. */
      async save(payment: Payment): Promise<boolean> {
        const { id, ...set } = toRow(payment);
        const saved = await db
          .update(payments)
          .set({ ...absent, ...set })
          .where(and(eq(payments.id, id), eq(payments.version, payment.version - 1)))
          .returning({ id: payments.id });
        return saved.length > 0;
      },

      /** True for the first delivery of a webhook event, false for a redelivery. */
      async claimEvent(id: string, atMs: number): Promise<boolean> {
        const claimed = await db
          .insert(paymentEvents)
          .values({ id, atMs })
          .onConflictDoNothing()
          .returning({ id: paymentEvents.id });
        return claimed.length > 0;
      },

      async addToken(practiceId: string, bookingId: string, token: string): Promise<void> {
        const key = vault.newDataKey();
        const place = placeOf(bookingId);
        await db.insert(payTokens).values({
          practiceId,
          bookingId,
          tokenHash: hashToken(token),
          sealedToken: vault.seal(key, place, token),
          wrappedKey: vault.wrapKey(key, place),
        });
      },
    },
  });
}

/** Binds a ciphertext to its row: copied to another row it does not decrypt. */
function placeOf(bookingId: string): string {
  return `pay_tokens/${bookingId}`;
}

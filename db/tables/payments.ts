import type { PaymentState } from "../../src/domain/payment.ts";
import type { ColumnTypes } from "../columns.ts";

/** Payments for sessions. */
export function paymentTables(c: ColumnTypes) {
  const payments = c.table(
    "payments",
    {
      id: c.text("id").primaryKey(),
      practiceId: c.text("practice_id").notNull(),
      bookingId: c.text("booking_id").notNull(),
      attempt: c.int("attempt").notNull(),
      state: c.text("state").$type<PaymentState>().notNull(),
      version: c.int("version").notNull(),
      amountMinor: c.int("amount_minor").notNull(),
      currency: c.text("currency").notNull(),
      title: c.text("title").notNull(),
      by: c.text("by").$type<"card" | "hand">().notNull(),
      approved: c.bool("approved").notNull(),
      sessionId: c.text("session_id"),
      sessionUrl: c.text("session_url"),
      linkExpiresAtMs: c.int("link_expires_at_ms"),
      intentId: c.text("intent_id"),
      captureBeforeMs: c.int("capture_before_ms"),
      refundMinor: c.int("refund_minor").notNull(),
      refundedMinor: c.int("refunded_minor").notNull(),
      refunds: c.int("refunds").notNull(),
      createdAtMs: c.int("created_at_ms").notNull(),
      updatedAtMs: c.int("updated_at_ms").notNull(),
    },
    (t) => [c.unique("payments_attempt").on(t.bookingId, t.attempt)],
  );

  /** Processed webhook events, so that redeliveries change nothing. */
  const paymentEvents = c.table("payment_events", {
    id: c.text("id").primaryKey(),
    atMs: c.int("at_ms").notNull(),
  });

  /** The desk's link to a booking's checkout, the same in all its cards and mails. */
  const payTokens = c.table(
    "pay_tokens",
    {
      bookingId: c.text("booking_id").primaryKey(),
      practiceId: c.text("practice_id").notNull(),
      tokenHash: c.text("token_hash").notNull(),
      /** The token, needed for the next card; encrypted, so that reading the database gives no usable link. */
      sealedToken: c.text("sealed_token").notNull(),
      wrappedKey: c.text("wrapped_key").notNull(),
    },
    (t) => [c.unique("pay_tokens_hash").on(t.tokenHash)],
  );

  return { payments, paymentEvents, payTokens };
}

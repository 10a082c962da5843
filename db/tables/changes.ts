import type { FrozenService } from "../../src/domain/booking.ts";
import type { ColumnTypes } from "../columns.ts";

/** Change requests, proposed times and fees of bookings. */
export function changeTables(c: ColumnTypes) {
  /** A request to move or to cancel late. The session stays unchanged until the other side decides (D4.5). */
  const changeRequests = c.table(
    "change_requests",
    {
      id: c.text("id").primaryKey(),
      practiceId: c.text("practice_id").notNull(),
      bookingId: c.text("booking_id").notNull(),
      kind: c.text("kind").$type<"move" | "cancel">().notNull(),
      state: c.text("state").$type<"open" | "approved" | "refused" | "expired" | "withdrawn">().notNull(),
      /** The new time of a move. */
      startsAtMs: c.int("starts_at_ms"),
      endsAtMs: c.int("ends_at_ms"),
      /** The service with the method chosen for the new time. */
      frozen: c.json<FrozenService>("frozen"),
      reason: c.text("reason"),
      askedAtMs: c.int("asked_at_ms").notNull(),
      respondByMs: c.int("respond_by_ms").notNull(),
      decidedAtMs: c.int("decided_at_ms"),
    },
    (t) => [c.index("change_requests_booking").on(t.bookingId)],
  );

  /** Other times a practitioner offers for a request; a claim reserves each (D4.14). */
  const proposals = c.table(
    "proposals",
    {
      id: c.text("id").primaryKey(),
      practiceId: c.text("practice_id").notNull(),
      bookingId: c.text("booking_id").notNull(),
      /** The round of proposals, from 1. */
      round: c.int("round").notNull(),
      state: c.text("state").$type<"open" | "accepted" | "rejected" | "expired">().notNull(),
      startsAtMs: c.int("starts_at_ms").notNull(),
      endsAtMs: c.int("ends_at_ms").notNull(),
      expiresAtMs: c.int("expires_at_ms").notNull(),
    },
    (t) => [c.index("proposals_booking").on(t.bookingId)],
  );

  const fees = c.table(
    "fees",
    {
      id: c.text("id").primaryKey(),
      practiceId: c.text("practice_id").notNull(),
      bookingId: c.text("booking_id").notNull(),
      kind: c.text("kind").$type<"late_cancel" | "no_show">().notNull(),
      amountMinor: c.int("amount_minor").notNull(),
      currency: c.text("currency").notNull(),
      state: c.text("state").$type<"open" | "waived" | "paid">().notNull(),
      atMs: c.int("at_ms").notNull(),
    },
    (t) => [c.unique("fees_once").on(t.bookingId, t.kind)],
  );

  return { changeRequests, proposals, fees };
}

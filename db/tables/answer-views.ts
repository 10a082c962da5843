import type { ColumnTypes } from "../columns.ts";

/** One-time links by which a practitioner opens a booking's answers. */
export function answerViewTables(c: ColumnTypes) {
  const answerViewTokens = c.table("answer_view_tokens", {
    /** SHA-256 of the token; only the link contains the token itself. */
    tokenHash: c.text("token_hash").primaryKey(),
    practiceId: c.text("practice_id").notNull(),
    bookingId: c.text("booking_id").notNull(),
    /** For whom the link was made; their rights are checked again when it is opened. */
    practitionerId: c.text("practitioner_id").notNull(),
    admin: c.bool("admin").notNull(),
    /** The chat address where the link was requested. */
    place: c.text("place").notNull(),
    expiresAtMs: c.int("expires_at_ms").notNull(),
    usedAtMs: c.int("used_at_ms"),
  });
  return { answerViewTokens };
}

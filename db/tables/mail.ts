import type { ColumnTypes } from "../columns.ts";

/** What must outlive a mail that was sent. */
export function mailTables(c: ColumnTypes) {
  /** The addresses that have a booking's invitation, and get its cancellation even after the person's address changed (V8). */
  const invitedAddresses = c.table(
    "invited_addresses",
    {
      practiceId: c.text("practice_id").notNull(),
      bookingId: c.text("booking_id").notNull(),
      address: c.text("address").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.practiceId, t.bookingId, t.address] })],
  );

  return { invitedAddresses };
}

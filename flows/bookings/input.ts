import { z } from "zod";

/** The list of sessions, or one of them. `late`: the session this person may be late for. */
export const bookingsInput = z.discriminatedUnion("type", [
  z.object({ type: z.enum(["bookings", "past", "late"]) }),
  z.object({ type: z.literal("booking.opened"), bookingId: z.string() }),
]);

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly bookings: z.infer<typeof bookingsInput>;
  }
}

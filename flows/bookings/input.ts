import { z } from "zod";
import { longestDelay } from "../../src/desk/telling/running-late.ts";

/** Why a session is shown: the person cannot come, or has just kept it unchanged. */
export const sessionNote = z.enum(["cannot", "kept"]);

/** The list of sessions, or one of them. `late`: shows the session this person may be late for. */
export const bookingsInput = z.discriminatedUnion("type", [
  z.object({ type: z.enum(["bookings", "past"]) }),
  z.object({ type: z.literal("late"), minutes: z.number().int().min(1).max(longestDelay).exactOptional() }),
  z.object({ type: z.literal("booking.opened"), bookingId: z.string(), note: sessionNote.exactOptional() }),
]);

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly bookings: z.infer<typeof bookingsInput>;
  }
}

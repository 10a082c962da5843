import { z } from "zod";
import { longestTyped } from "../../src/choosing/reason.ts";
import { offeredSessions } from "../../src/choosing/which-session.ts";
import { wanted } from "./context.ts";

/** A session to move. Without one the person chooses. Older Home tabs send `reschedule`. */
export const rescheduleInput = z.object({
  type: z.literal(["reschedule.asked", "reschedule"]),
  bookingId: z.string().exactOptional(),
  /** The sessions that the words may mean. */
  offered: offeredSessions.exactOptional(),
  /** The wanted new time in the words, and the reason. */
  wanted: wanted.exactOptional(),
  reason: z.string().max(longestTyped).exactOptional(),
});

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly reschedule: z.infer<typeof rescheduleInput>;
  }
}

import { z } from "zod";
import { longestTyped } from "../../src/choosing/reason.ts";
import { offeredSessions } from "../../src/choosing/which-session.ts";

/** A session to cancel. Without one the person chooses. Older Home tabs send `cancel`. */
export const cancelInput = z.object({
  type: z.literal(["cancel.asked", "cancel"]),
  bookingId: z.string().exactOptional(),
  /** The sessions that the words may mean. */
  offered: offeredSessions.exactOptional(),
  /** The reason in the words. It is shown on the card before anything is sent. */
  reason: z.string().max(longestTyped).exactOptional(),
});

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly cancel: z.infer<typeof cancelInput>;
  }
}

import { z } from "zod";
import { longestTyped } from "../../src/choosing/reason.ts";
import { offeredSessions } from "../../src/choosing/which-session.ts";
import { wanted } from "./context.ts";

/** A session to move; without one it is chosen. Older Home tabs say `reschedule`. */
export const rescheduleInput = z.object({
  type: z.literal(["reschedule.asked", "reschedule"]),
  bookingId: z.string().exactOptional(),
  /** The sessions that the words may mean. */
  offered: offeredSessions.exactOptional(),
  /** When the words want it instead, and why. */
  wanted: wanted.exactOptional(),
  reason: z.string().max(longestTyped).exactOptional(),
});

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly reschedule: z.infer<typeof rescheduleInput>;
  }
}

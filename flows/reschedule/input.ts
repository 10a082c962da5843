import { z } from "zod";

/** A session to move; without one the words, or a choice, say which. Older Home tabs say `reschedule`. */
export const rescheduleInput = z.object({
  type: z.literal(["reschedule.asked", "reschedule"]),
  bookingId: z.string().exactOptional(),
});

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly reschedule: z.infer<typeof rescheduleInput>;
  }
}

import { z } from "zod";

/** A session to cancel; without one the words, or a choice, say which. Older Home tabs say `cancel`. */
export const cancelInput = z.object({
  type: z.literal(["cancel.asked", "cancel"]),
  bookingId: z.string().exactOptional(),
});

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly cancel: z.infer<typeof cancelInput>;
  }
}

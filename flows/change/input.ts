import { z } from "zod";

/** A change request to answer. */
export const changeInput = z.object({
  type: z.literal("change.asked"),
  requestId: z.string(),
  bookingId: z.string().exactOptional(),
});

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly change: z.infer<typeof changeInput>;
  }
}

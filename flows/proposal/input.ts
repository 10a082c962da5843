import { z } from "zod";

/** A request for which its practitioner proposes other times. */
export const proposalInput = z.object({ type: z.literal("proposal.asked"), bookingId: z.string() });

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly proposal: z.infer<typeof proposalInput>;
  }
}

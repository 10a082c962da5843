import { z } from "zod";

/** All waiting requests to confirm at once. */
export const requestsInput = z.object({ type: z.literal("all") });

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly requests: z.infer<typeof requestsInput>;
  }
}

import { z } from "zod";

/** Confirms all open requests at once. */
export const requestsInput = z.object({ type: z.literal("all") });

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly requests: z.infer<typeof requestsInput>;
  }
}

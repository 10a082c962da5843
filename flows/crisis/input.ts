import { z } from "zod";

/** A client wrote of self-harm, suicide or violence. The input does not contain the words. */
export const crisisInput = z.object({ type: z.literal("distress") });

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly crisis: z.infer<typeof crisisInput>;
  }
}

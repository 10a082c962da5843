import { z } from "zod";

/** A message to write, or one that was received. */
export const contactInput = z.discriminatedUnion("type", [
  z.object({ type: z.literal("contact"), personId: z.string().exactOptional() }),
  z.object({ type: z.literal("message"), relayId: z.string() }),
]);

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly contact: z.infer<typeof contactInput>;
  }
}

import { z } from "zod";
import { longestDraft } from "./machine.ts";

/** A message to write, or one that was received. */
export const contactInput = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("contact"),
    personId: z.string().exactOptional(),
    /** The message, as far as the words contain it. It is shown on the card before it is sent. */
    draft: z.string().max(longestDraft).exactOptional(),
    /** The practitioner wanted to book a session for this client, which the desk cannot do. */
    isBooking: z.literal(true).exactOptional(),
  }),
  z.object({ type: z.literal("message"), relayId: z.string() }),
]);

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly contact: z.infer<typeof contactInput>;
  }
}

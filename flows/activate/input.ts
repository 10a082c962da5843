import { z } from "zod";

/** How a person gets access: by a code, an invitation in the chat, or a request to send one again. */
export const activateInput = z.discriminatedUnion("type", [
  z.object({ type: z.enum(["welcome", "connected", "resend", "code"]) }),
  z.object({ type: z.literal("invited"), invitationId: z.string() }),
]);

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly activate: z.infer<typeof activateInput>;
  }
}

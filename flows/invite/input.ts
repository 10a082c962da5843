import { z } from "zod";

/** Clients to invite; the words say whom. */
export const inviteInput = z.object({ type: z.literal("invite") });

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly invite: z.infer<typeof inviteInput>;
  }
}

import { z } from "zod";

/** A person to invite: by id, by e-mail address, or by the user id of a mention. */
export const guest = z.union([
  z.object({ clientId: z.string() }),
  z.object({ email: z.string() }),
  z.object({ user: z.string() }),
]);
export type Guest = z.infer<typeof guest>;

/** Clients to invite. Absent: they are asked for. */
export const inviteInput = z.object({
  type: z.literal("invite"),
  guests: z.array(guest).readonly().exactOptional(),
});

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly invite: z.infer<typeof inviteInput>;
  }
}

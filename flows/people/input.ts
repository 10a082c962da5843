import { z } from "zod";

/** The list of clients, one of them, or news about a person. */
export const peopleInput = z.discriminatedUnion("type", [
  z.object({ type: z.literal("clients") }),
  z.object({
    type: z.literal("named"),
    clientId: z.string().exactOptional(),
    /** The words ask to deactivate the client. The card asks for consent first. */
    deactivates: z.literal(true).exactOptional(),
  }),
  z.object({
    type: z.enum(["client.joined", "client.declined", "client.out", "invitation.failed"]),
    clientId: z.string(),
  }),
  z.object({ type: z.enum(["practitioner.unreachable", "client.unreachable"]), personId: z.string() }),
]);

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly people: z.infer<typeof peopleInput>;
  }
}

import { z } from "zod";

/** The list of clients, the one the words name, or news about a person. */
export const peopleInput = z.discriminatedUnion("type", [
  z.object({ type: z.enum(["clients", "named"]) }),
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

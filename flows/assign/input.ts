import { z } from "zod";

/** A package to give, or one to extend because a credit was returned to it after its end. */
export const assignInput = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("give"),
    clientId: z.string().exactOptional(),
    templateId: z.string().exactOptional(),
    /** Ids of the clients that the words may mean. */
    among: z.array(z.string()).readonly().exactOptional(),
  }),
  z.object({
    type: z.literal("credit.expired"),
    clientPackageId: z.string(),
    expiresOn: z.string().exactOptional(),
  }),
]);

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly assign: z.infer<typeof assignInput>;
  }
}

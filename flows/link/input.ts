import { z } from "zod";

/** A second chat to connect, or a workspace that was just linked by a code. */
export const linkInput = z.discriminatedUnion("type", [
  z.object({ type: z.literal("connect") }),
  z.object({ type: z.literal("linked"), codeId: z.string() }),
]);

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly link: z.infer<typeof linkInput>;
  }
}

import { z } from "zod";

/** The session whose answers are to be read. */
export const answersInput = z.object({ type: z.literal("answers.wanted"), bookingId: z.string() });

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly answers: z.infer<typeof answersInput>;
  }
}

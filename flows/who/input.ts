import { z } from "zod";

/**
 * `talk` begins after the choice. It contains ids and times from the words, never the words. The engine validates it
 * when it begins.
 */
export const whoChoice = z.object({
  practiceId: z.string(),
  role: z.enum(["client", "practitioner"]),
  talk: z.object({ flow: z.string(), input: z.looseObject({ type: z.string() }) }),
  /** The typed words do not apply to that talk, so the person has to type them again. */
  unread: z.boolean().exactOptional(),
});
export type WhoChoice = z.infer<typeof whoChoice>;

/** The people this chat user may be, with the talk each would begin. Without choices, all of them. */
export const whoInput = z.object({
  type: z.enum(["who", "switch"]),
  choices: z.array(whoChoice).readonly().exactOptional(),
});

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly who: z.infer<typeof whoInput>;
  }
}

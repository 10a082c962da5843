import { z } from "zod";

/** `talk` is what begins then: ids and times that the words said, never the words. The engine checks it as it begins. */
export const whoChoice = z.object({
  practiceId: z.string(),
  role: z.enum(["client", "practitioner"]),
  talk: z.object({ flow: z.string(), input: z.looseObject({ type: z.string() }) }),
  /** The typed words are of no use to that talk: the person has to say them again. */
  unread: z.boolean().exactOptional(),
});
export type WhoChoice = z.infer<typeof whoChoice>;

/** The people this chat user may be, with what each would begin; without choices, all of them. */
export const whoInput = z.object({
  type: z.enum(["who", "switch"]),
  choices: z.array(whoChoice).readonly().exactOptional(),
});

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly who: z.infer<typeof whoInput>;
  }
}

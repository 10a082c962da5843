import { z } from "zod";

/** Why the menu is shown. */
export const homeInput = z.object({
  type: z.enum(["menu", "help", "not-understood", "too-long", "thanks", "today", "requests", "decision"]),
});

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly home: z.infer<typeof homeInput>;
  }
}

import { z } from "zod";

/** Time off to take or to end, or the list of it. */
export const absenceInput = z.object({ type: z.enum(["absence.asked", "list.asked"]) });

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly absence: z.infer<typeof absenceInput>;
  }
}

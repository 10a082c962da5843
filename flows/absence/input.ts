import { z } from "zod";

const stretches = z.array(z.object({ from: z.string(), to: z.string() })).readonly();

/** What to do with a time, in each way to read it; wall times only, never the words themselves. */
export const timeSaid = z.object({
  order: z.enum(["block", "away", "sick", "unblock", "list"]),
  readings: z.array(stretches).readonly(),
  everyWeek: z.literal(true).exactOptional(),
});

/** Time off to take or to end, or the list of it. */
export const absenceInput = z.object({
  type: z.enum(["absence.asked", "list.asked"]),
  /** Ids of the colleagues the words name; absent: one's own time. */
  named: z.array(z.string()).readonly().exactOptional(),
  said: timeSaid.exactOptional(),
});

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly absence: z.infer<typeof absenceInput>;
  }
}

import { z } from "zod";

const stretches = z.array(z.object({ from: z.string(), to: z.string() })).readonly();

/** An order about a time, in each reading of the words. Contains wall times only, never the words themselves. */
export const timeSaid = z.object({
  order: z.enum(["block", "away", "sick", "unblock", "list"]),
  readings: z.array(stretches).readonly(),
  everyWeek: z.literal(true).exactOptional(),
});

/** Time off to add or to end, or the list of it. */
export const absenceInput = z.object({
  type: z.enum(["absence.asked", "list.asked"]),
  /** Ids of the colleagues that the words name. Absent: one's own time. */
  named: z.array(z.string()).readonly().exactOptional(),
  said: timeSaid.exactOptional(),
});

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly absence: z.infer<typeof absenceInput>;
  }
}

import { z } from "zod";

/** A session to be reminded of, with its time when the reminder was queued. */
export const remindInput = z.object({ type: z.literal("session.near"), bookingId: z.string(), startsAtMs: z.number() });

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly remind: z.infer<typeof remindInput>;
  }
}

import { z } from "zod";
import { wantedTimes } from "../../src/choosing/times.ts";
import { offeredSessions } from "../../src/choosing/which-session.ts";
import type { Shift } from "../../src/language/intent/reference.ts";

const shift: z.ZodType<Shift> = z.object({
  minutes: z.number().exactOptional(),
  days: z.number().exactOptional(),
  weeks: z.number().exactOptional(),
  months: z.number().exactOptional(),
});

/** The wanted new time of a session: other times, or a shift. */
export const wanted = z.union([z.object({ times: wantedTimes }), z.object({ shift })]);
export type Wanted = z.infer<typeof wanted>;

/** Why a session cannot be moved. */
export const moveRefusal = z.enum(["already-started", "too-late", "too-often"]);
export type MoveRefusal = z.infer<typeof moveRefusal>;

/** The session to move, and its new time. */
export const rescheduleContext = z.object({
  bookingId: z.string().optional(),
  /** Sessions to choose from. */
  offered: offeredSessions.optional(),
  methodKey: z.string().optional(),
  /** The day shown, `YYYY-MM-DD` in the zone times are shown in. Absent: the first free one. */
  day: z.string().optional(),
  page: z.number().int().nonnegative(),
  wanted: wanted.optional(),
  /** The time on the review card. */
  startsAtMs: z.number().optional(),
  otherMs: z.number().optional(),
  /** The wanted time that is not free. */
  wantedMs: z.number().optional(),
  notFree: z.boolean().optional(),
  /** The typed reason. Moving still needs a yes. */
  reason: z.string().optional(),
  why: moveRefusal.optional(),
});
export type RescheduleContext = z.infer<typeof rescheduleContext>;

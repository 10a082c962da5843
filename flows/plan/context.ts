import { z } from "zod";
import { weekdays } from "../../src/domain/practice.ts";

/** Why nothing was sent: this start was just taken, or the package was used meanwhile. */
export const planLoss = z.union([z.object({ startsAtMs: z.number() }), z.object({ packageUsed: z.literal(true) })]);

/** The plan so far, and after sending its id. */
export const planContext = z.object({
  packageId: z.string().optional(),
  serviceId: z.string().optional(),
  methodKey: z.string().optional(),
  practitionerId: z.string().optional(),
  everyWeeks: z.number().optional(),
  weekdays: z.array(z.enum(weekdays)).readonly().optional(),
  /** Excluded days of the week. */
  notOn: z.array(z.enum(weekdays)).readonly().optional(),
  minutes: z.number().optional(),
  /** The hours, in minutes since midnight, if no clock time was said. */
  hours: z.object({ fromMinutes: z.number(), toMinutes: z.number() }).optional(),
  /** The first day, as said. */
  from: z.string().optional(),
  /** The first day of the rhythm. It is fixed when the list is first shown. */
  since: z.string().optional(),
  /** Dates that are left out. */
  left: z.array(z.number()).readonly().optional(),
  /** Dates with another time. */
  instead: z
    .array(z.object({ wantedMs: z.number(), startsAtMs: z.number() }))
    .readonly()
    .optional(),
  /** The date being changed. */
  at: z.number().optional(),
  lost: planLoss.optional(),
  planId: z.string().optional(),
  stillWaiting: z.boolean(),
});
export type PlanContext = z.infer<typeof planContext>;

export const rhythmKeys = ["everyWeeks", "weekdays", "notOn", "minutes", "hours", "from"] as const;
export const chosenKeys = ["packageId", "serviceId", "methodKey", "practitionerId", "from", "since"] as const;

/** The choices. Absent: unchanged. */
export type Chosen = Partial<Pick<PlanContext, (typeof chosenKeys)[number]>>;

/** What words or buttons say about a plan. Absent: unchanged. */
export const planSaid = planContext.pick({
  packageId: true,
  serviceId: true,
  methodKey: true,
  practitionerId: true,
  everyWeeks: true,
  weekdays: true,
  notOn: true,
  minutes: true,
  hours: true,
  from: true,
});
export type PlanSaid = z.infer<typeof planSaid>;

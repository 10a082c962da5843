import { z } from "zod";
import { weekdays } from "../../src/domain/practice.ts";

/** Why nothing was sent: this start was just taken, or the package was used meanwhile. */
export const planLoss = z.union([z.object({ startsAtMs: z.number() }), z.object({ packageUsed: z.literal(true) })]);

/** What is planned so far, and after sending which plan it became. */
export const planContext = z.object({
  packageId: z.string().optional(),
  serviceId: z.string().optional(),
  methodKey: z.string().optional(),
  practitionerId: z.string().optional(),
  everyWeeks: z.number().optional(),
  weekdays: z.array(z.enum(weekdays)).readonly().optional(),
  /** Days of the week that were ruled out. */
  notOn: z.array(z.enum(weekdays)).readonly().optional(),
  minutes: z.number().optional(),
  /** Hours that were said without a clock time, in minutes since midnight. */
  hours: z.object({ fromMinutes: z.number(), toMinutes: z.number() }).optional(),
  /** The first day that was said. */
  from: z.string().optional(),
  /** The first day of the rhythm, fixed when it is first shown. */
  since: z.string().optional(),
  /** Dates left out. */
  left: z.array(z.number()).readonly().optional(),
  /** Other times for dates. */
  instead: z
    .array(z.object({ wantedMs: z.number(), startsAtMs: z.number() }))
    .readonly()
    .optional(),
  /** The date that is being changed. */
  at: z.number().optional(),
  lost: planLoss.optional(),
  planId: z.string().optional(),
  stillWaiting: z.boolean(),
});
export type PlanContext = z.infer<typeof planContext>;

export const rhythmKeys = ["everyWeeks", "weekdays", "notOn", "minutes", "hours", "from"] as const;
export const chosenKeys = ["packageId", "serviceId", "methodKey", "practitionerId", "from", "since"] as const;

/** What was chosen; absent: left as it is. */
export type Chosen = Partial<Pick<PlanContext, (typeof chosenKeys)[number]>>;

/** What words or buttons say of a plan; absent: left as it is. */
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

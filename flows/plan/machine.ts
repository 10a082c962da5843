import { assign, emit, setup } from "xstate";
import { z } from "zod";

/** What is planned so far, and after sending which plan it became. Lists are texts, as events carry them. */
export const planContext = z.object({
  packageId: z.string().optional(),
  serviceId: z.string().optional(),
  methodKey: z.string().optional(),
  who: z.string().optional(),
  everyWeeks: z.number().optional(),
  /** "tue fri". */
  weekdays: z.string().optional(),
  minutes: z.number().optional(),
  /** "540-720": hours that were said without a clock time. */
  hours: z.string().optional(),
  /** The first day that was said. */
  from: z.string().optional(),
  /** The first day of the rhythm, fixed when it is first shown. */
  since: z.string().optional(),
  /** Dates left out, and other times for dates, as `textOfInstead` makes it. */
  left: z.string().optional(),
  instead: z.string().optional(),
  /** The date that is being changed. */
  at: z.number().optional(),
  /** Why nothing was sent: this start was just taken; 0: the package was used. */
  lostMs: z.number().optional(),
  planId: z.string().optional(),
  stillWaiting: z.boolean(),
});
export type PlanContext = z.infer<typeof planContext>;

/** What was said or chosen; absent: left as it is. */
type Said = Partial<Pick<PlanContext, (typeof chosenKeys)[number]>>;
const chosenKeys = ["packageId", "serviceId", "methodKey", "who", "from", "since"] as const;
const rhythmKeys = ["everyWeeks", "weekdays", "minutes", "hours", "from"] as const;

type PlanEvent =
  | ({ type: "wish.said" } & Said & Partial<Pick<PlanContext, (typeof rhythmKeys)[number]>>)
  | ({ type: "package.asked" | "service.asked" | "method.asked" | "practitioner.asked" } & Said)
  | ({ type: "rhythm.asked" | "time.asked" | "form.missing" | "dates.proposed" } & Said)
  | { type: "plan.none" }
  | { type: "rhythm.wanted" }
  | { type: "change.wanted" }
  | { type: "date.opened"; wantedMs: number }
  | { type: "time.taken"; wantedMs: number; startsAtMs: number }
  | { type: "date.left"; wantedMs: number }
  | { type: "date.kept"; wantedMs: number }
  | { type: "went.back" }
  | { type: "plan.sent"; starts: string }
  | { type: "plan.lost"; startsAtMs: number }
  | { type: "plan.open"; planId: string }
  | { type: "plan.done"; planId: string }
  | { type: "withdrawal.asked" }
  | { type: "withdrawal.agreed" }
  | { type: "withdrawal.dropped" }
  | { type: "booking.changed"; status: string }
  | { type: "request.nudged"; part: number }
  | { type: "first.wanted" }
  | { type: "again.wanted" }
  | { type: "bookings.wanted" }
  | { type: "home.wanted" };

type PlanOrder =
  | { type: "openPlan"; planId: string; packageId: string }
  | { type: "lookOn"; sofar: string }
  | { type: "sendPlan"; sofar: string; starts: string }
  | { type: "lookAtPlan"; planId: string }
  | { type: "withdrawPlan"; planId: string }
  | { type: "bookFirst"; packageId: string }
  | { type: "planAgain"; packageId: string }
  | { type: "showBookings" }
  | { type: "goHome" };

/** Every order of the machine, by name. */
export type PlanOrders = { [Type in PlanOrder["type"]]: Extract<PlanOrder, { type: Type }> };

/** Other times by the date they stand for, as the context keeps them: "wanted:start wanted:start". */
function textOfInstead(instead: ReadonlyMap<number, number>): string {
  return [...instead].map((pair) => pair.join(":")).join(" ");
}

/** Reads what `textOfInstead` wrote. */
export function insteadOf(text: string | undefined): ReadonlyMap<number, number> {
  const pairs = (text ?? "").split(" ").filter((pair) => pair !== "");
  return new Map(pairs.map((pair) => pair.split(":").map(Number) as [number, number])); // two numbers each
}

/** Instants in a text, parted by spaces. */
export function startsOf(text: string | undefined): readonly number[] {
  return (text ?? "").split(" ").flatMap((one) => (one === "" ? [] : [Number(one)]));
}

function chosen(event: PlanEvent): Partial<PlanContext> {
  return Object.fromEntries(chosenKeys.flatMap((key) => (key in event ? [[key, event[key as never]]] : [])));
}

/** Another rhythm is another list: what was changed in the old one is forgotten. */
function rhythmSaid(event: PlanEvent): Partial<PlanContext> {
  const said = rhythmKeys.flatMap((key) => (key in event ? [[key, event[key as never]] as const] : []));
  if (said.length === 0) return {};
  return { ...Object.fromEntries(said), since: undefined, left: undefined, instead: undefined, lostMs: undefined };
}

function withoutDate(text: string | undefined, wantedMs: number): string {
  return startsOf(text)
    .filter((ms) => ms !== wantedMs)
    .join(" ");
}

/** Where a look at what is known leads. */
const ways = {
  "package.asked": { target: "choosingPackage", actions: "choose" },
  "service.asked": { target: "choosingService", actions: "choose" },
  "method.asked": { target: "choosingMethod", actions: "choose" },
  "practitioner.asked": { target: "choosingPractitioner", actions: "choose" },
  "rhythm.asked": { target: "choosingRhythm", actions: "choose" },
  "time.asked": { target: "choosingTime", actions: "choose" },
  "form.missing": { target: "formFirst", actions: "choose" },
  "dates.proposed": { target: "reviewing", actions: "choose" },
  "plan.none": "nothing",
  "wish.said": { actions: ["note", "lookOn"] },
  "home.wanted": { actions: "goHome" },
} as const;

/** How a plan that was sent stands. */
const outcomes = {
  "plan.open": { target: "waiting", actions: "keepPlan" },
  "plan.done": { target: "answered", actions: "keepPlan" },
  "booking.changed": { actions: "lookAtPlan" },
  "bookings.wanted": { actions: "showBookings" },
  "home.wanted": { actions: "goHome" },
} as const;

/** The client plans the rest of a package: what, with whom, in which rhythm, date by date, and all sent at once. */
export const planMachine = setup({
  types: {
    context: {} as PlanContext, // xstate reads types from values that are never used
    input: {} as PlanContext,
    events: {} as PlanEvent,
    emitted: {} as PlanOrder,
  },
  actions: {
    choose: assign(({ event }) => chosen(event)),
    note: assign(({ event }) => ({ ...chosen(event), ...rhythmSaid(event) })),
    lookOn: emit(({ context }) => ({ type: "lookOn", sofar: JSON.stringify(context) })),
    leave: assign(({ context, event }) =>
      "wantedMs" in event
        ? { left: `${withoutDate(context.left, event.wantedMs)} ${event.wantedMs}`.trim(), lostMs: undefined }
        : {},
    ),
    keep: assign(({ context, event }) =>
      "wantedMs" in event ? { left: withoutDate(context.left, event.wantedMs) } : {},
    ),
    take: assign(({ context, event }) =>
      event.type === "time.taken"
        ? {
            instead: textOfInstead(new Map([...insteadOf(context.instead), [event.wantedMs, event.startsAtMs]])),
            left: withoutDate(context.left, event.wantedMs),
            lostMs: undefined,
          }
        : {},
    ),
    keepPlan: assign(({ event }) => ("planId" in event ? { planId: event.planId } : {})),
    lookAtPlan: emit(({ context }) => ({ type: "lookAtPlan", planId: context.planId ?? "" })),
    showBookings: emit({ type: "showBookings" }),
    goHome: emit({ type: "goHome" }),
  },
}).createMachine({
  id: "plan",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({
        type: "openPlan",
        planId: context.planId ?? "",
        packageId: context.packageId ?? "",
      })),
      on: { ...ways, "plan.open": outcomes["plan.open"], "plan.done": outcomes["plan.done"] },
    },
    choosingPackage: { on: ways },
    choosingService: { on: ways },
    choosingMethod: { on: ways },
    choosingPractitioner: { on: ways },
    choosingRhythm: { on: ways },
    choosingTime: { on: { ...ways, "rhythm.wanted": "choosingRhythm" } },
    formFirst: {
      on: {
        "first.wanted": {
          actions: emit(({ context }) => ({ type: "bookFirst", packageId: context.packageId ?? "" })),
        },
        "home.wanted": { actions: "goHome" },
      },
    },
    nothing: {
      on: {
        "first.wanted": { actions: emit({ type: "bookFirst", packageId: "" }) },
        "home.wanted": { actions: "goHome" },
      },
    },
    reviewing: {
      on: {
        ...ways,
        "rhythm.wanted": "choosingRhythm",
        "change.wanted": "choosingDate",
        "time.taken": { actions: "take" },
        "date.left": { actions: "leave" },
        "plan.sent": {
          actions: emit(({ context, event }) => ({
            type: "sendPlan",
            sofar: JSON.stringify(context),
            starts: event.starts,
          })),
        },
        "plan.lost": { actions: assign({ lostMs: ({ event }) => event.startsAtMs }) },
        "plan.open": outcomes["plan.open"],
        "plan.done": outcomes["plan.done"],
      },
    },
    choosingDate: {
      on: {
        "date.opened": { target: "changing", actions: assign({ at: ({ event }) => event.wantedMs }) },
        "went.back": "reviewing",
      },
    },
    changing: {
      on: {
        "time.taken": { target: "reviewing", actions: "take" },
        "date.left": { target: "reviewing", actions: "leave" },
        "date.kept": { target: "reviewing", actions: "keep" },
        "went.back": "reviewing",
      },
    },
    waiting: {
      on: {
        ...outcomes,
        "withdrawal.asked": "askingWithdrawal",
        "request.nudged": {
          guard: ({ event }) => event.part >= 85,
          actions: assign({ stillWaiting: true }),
        },
      },
    },
    askingWithdrawal: {
      on: {
        ...outcomes,
        "withdrawal.dropped": "waiting",
        "withdrawal.agreed": {
          actions: emit(({ context }) => ({ type: "withdrawPlan", planId: context.planId ?? "" })),
        },
      },
    },
    answered: {
      on: {
        ...outcomes,
        "again.wanted": {
          actions: emit(({ context }) => ({ type: "planAgain", packageId: context.packageId ?? "" })),
        },
      },
    },
  },
});

import { assign, emit, setup } from "xstate";
import type { z } from "zod";
import type { NewsOf } from "../../src/desk/telling/news.ts";
import { given } from "../../src/given.ts";
import { type Chosen, chosenKeys, type PlanContext, type PlanSaid, type planLoss, rhythmKeys } from "./context.ts";

export type PlanEvent =
  | NewsOf<"booking.changed" | "request.nudged">
  | { type: "plan.said"; said: PlanSaid }
  | { type: "package.asked" | "service.asked" | "method.asked" | "practitioner.asked"; chosen: Chosen }
  | { type: "rhythm.asked" | "time.asked" | "form.missing" | "dates.proposed"; chosen: Chosen }
  | { type: "plan.none" }
  | { type: "rhythm.wanted" }
  | { type: "change.wanted" }
  | { type: "date.opened"; wantedMs: number }
  | { type: "time.taken"; wantedMs: number; startsAtMs: number }
  | { type: "date.left"; wantedMs: number }
  | { type: "date.kept"; wantedMs: number }
  | { type: "went.back" }
  | { type: "plan.sent"; starts: readonly number[] }
  | { type: "plan.lost"; lost: z.infer<typeof planLoss> }
  | { type: "plan.open"; planId: string }
  | { type: "plan.done"; planId: string }
  | { type: "withdrawal.asked" }
  | { type: "withdrawal.agreed" }
  | { type: "withdrawal.dropped" }
  | { type: "first.wanted" }
  | { type: "again.wanted" }
  | { type: "bookings.wanted" }
  | { type: "home.wanted" };

export type PlanOrder =
  | { type: "openPlan"; planId?: string; packageId?: string }
  | { type: "lookOn"; sofar: PlanContext }
  | { type: "sendPlan"; sofar: PlanContext; starts: readonly number[] }
  | { type: "lookAtPlan"; planId?: string }
  | { type: "withdrawPlan"; planId?: string }
  | { type: "bookFirst"; packageId?: string }
  | { type: "planAgain"; packageId?: string }
  | { type: "showBookings" }
  | { type: "goHome" };

function chosenIn(event: PlanEvent): Chosen {
  const chosen: Chosen = "chosen" in event ? event.chosen : event.type === "plan.said" ? event.said : {};
  return Object.fromEntries(chosenKeys.flatMap((key) => (key in chosen ? [[key, chosen[key]]] : [])));
}

/**
 * Another rhythm makes a new list, so the changes to the old list are dropped. A clock time replaces hours, and hours a
 * clock time.
 */
function rhythmIn(event: PlanEvent): Partial<PlanContext> {
  if (event.type !== "plan.said") return {};
  const { said } = event;
  const keys = rhythmKeys.filter((key) => key in said);
  if (keys.length === 0) return {};
  return {
    ...Object.fromEntries(keys.map((key) => [key, said[key]])),
    ...(said.minutes === undefined ? said.hours && { minutes: undefined } : { hours: undefined }),
    ...{ since: undefined, left: undefined, instead: undefined, lost: undefined },
  };
}

function withoutDate(left: readonly number[] | undefined, wantedMs: number): readonly number[] {
  return (left ?? []).filter((ms) => ms !== wantedMs);
}

/** The next state, by what is known. */
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
  "plan.said": { actions: ["note", "lookOn"] },
  "home.wanted": { actions: "goHome" },
} as const;

/** The status of a sent plan. */
const outcomes = {
  "plan.open": { target: "waiting", actions: "keepPlan" },
  "plan.done": { target: "answered", actions: "keepPlan" },
  "booking.changed": { actions: "lookAtPlan" },
  "bookings.wanted": { actions: "showBookings" },
  "home.wanted": { actions: "goHome" },
} as const;

/**
 * A client plans the remaining sessions of a package: what, with whom, the rhythm, single dates, and all sent at once.
 */
export const planMachine = setup({
  types: {
    context: {} as PlanContext, // xstate infers its types from these unused values
    input: {} as PlanContext,
    events: {} as PlanEvent,
    emitted: {} as PlanOrder,
  },
  actions: {
    choose: assign(({ event }) => chosenIn(event)),
    note: assign(({ event }) => ({ ...chosenIn(event), ...rhythmIn(event) })),
    lookOn: emit(({ context }) => ({ type: "lookOn", sofar: context })),
    leave: assign(({ context, event }) => {
      if (!("wantedMs" in event)) return {};
      const { wantedMs } = event;
      const instead = context.instead?.filter((one) => one.wantedMs !== wantedMs);
      return { left: [...withoutDate(context.left, wantedMs), wantedMs], ...given({ instead }), lost: undefined };
    }),
    keep: assign(({ context, event }) =>
      "wantedMs" in event ? { left: withoutDate(context.left, event.wantedMs) } : {},
    ),
    take: assign(({ context, event }) => {
      if (event.type !== "time.taken") return {};
      const { wantedMs, startsAtMs } = event;
      const others = (context.instead ?? []).filter((one) => one.wantedMs !== wantedMs);
      return {
        instead: [...others, { wantedMs, startsAtMs }],
        left: withoutDate(context.left, wantedMs),
        lost: undefined,
      };
    }),
    open: assign(({ event }) => ("wantedMs" in event ? { at: event.wantedMs } : {})),
    keepPlan: assign(({ event }) => ("planId" in event ? { planId: event.planId } : {})),
    lookAtPlan: emit(({ context }) => ({ type: "lookAtPlan", ...given({ planId: context.planId }) })),
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
        ...given({ planId: context.planId, packageId: context.packageId }),
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
          actions: emit(({ context }) => ({ type: "bookFirst", ...given({ packageId: context.packageId }) })),
        },
        "home.wanted": { actions: "goHome" },
      },
    },
    nothing: {
      on: {
        "first.wanted": { actions: emit({ type: "bookFirst" }) },
        "home.wanted": { actions: "goHome" },
      },
    },
    reviewing: {
      on: {
        ...ways,
        "rhythm.wanted": "choosingRhythm",
        "change.wanted": "choosingDate",
        "date.opened": { target: "changing", actions: "open" },
        "time.taken": { actions: "take" },
        "date.left": { actions: "leave" },
        "plan.sent": {
          actions: emit(({ context, event }) => ({
            type: "sendPlan",
            sofar: context,
            starts: event.starts,
          })),
        },
        "plan.lost": { actions: assign({ lost: ({ event }) => event.lost }) },
        "plan.open": outcomes["plan.open"],
        "plan.done": outcomes["plan.done"],
      },
    },
    choosingDate: {
      on: {
        "date.opened": { target: "changing", actions: "open" },
        "went.back": "reviewing",
      },
    },
    changing: {
      on: {
        "date.opened": { actions: "open" },
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
          actions: emit(({ context }) => ({ type: "withdrawPlan", ...given({ planId: context.planId }) })),
        },
      },
    },
    answered: {
      on: {
        ...outcomes,
        "again.wanted": {
          actions: emit(({ context }) => ({ type: "planAgain", ...given({ packageId: context.packageId }) })),
        },
      },
    },
  },
});

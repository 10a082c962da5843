import { assign, emit, setup } from "xstate";
import { z } from "zod";

/** What was asked for, and the time it is about; wall times only, never the words themselves. */
export const absenceContext = z.object({
  wanted: z.string(),
  /** The colleague whose time it is; absent: one's own. */
  practitionerId: z.string().optional(),
  order: z.string().optional(),
  /** The stretches in question, as JSON. */
  stretches: z.string().optional(),
  /** The ways to read the time, as JSON. */
  readings: z.string().optional(),
  /** Absences that were added, parted by spaces. */
  ids: z.string().optional(),
});
export type AbsenceContext = z.infer<typeof absenceContext>;

type AbsenceEvent =
  | { type: "colleague.named"; practitionerId: string }
  | { type: "not.theirs" }
  | { type: "list.wanted" }
  | { type: "when.missing"; order: string }
  | { type: "when.open"; order: string; readings: string }
  | { type: "week.meant" }
  | { type: "time.understood"; order: string; stretches: string }
  | { type: "opening.understood"; stretches: string }
  | { type: "nothing.there"; stretches: string }
  | { type: "reading.chosen"; order: string; stretches: string }
  | { type: "time.said"; order: string; readings: string }
  | { type: "absence.agreed" }
  | { type: "absence.added"; ids: string }
  | { type: "absence.dropped" }
  | { type: "undo.chosen" }
  | { type: "absence.removed" }
  | { type: "opening.agreed" }
  | { type: "time.opened" }
  | { type: "session.opened"; bookingId: string; status: string }
  | { type: "home.wanted" };

type AbsenceOrder =
  | { type: "findWhose" }
  | { type: "readWords"; wanted: string; whose: string }
  | { type: "takeReadings"; order: string; readings: string; whose: string }
  | { type: "addAbsence"; order: string; stretches: string; whose: string }
  | { type: "removeAbsence"; ids: string; whose: string }
  | { type: "openTime"; stretches: string; whose: string }
  | { type: "openSession"; bookingId: string; status: string }
  | { type: "goHome" };

/** Every order of the machine, by name. */
export type AbsenceOrders = { [Type in AbsenceOrder["type"]]: Extract<AbsenceOrder, { type: Type }> };

const absence = setup({
  types: {
    context: {} as AbsenceContext, // xstate reads types from values that are never used
    input: {} as AbsenceContext,
    events: {} as AbsenceEvent,
    emitted: {} as AbsenceOrder,
  },
  actions: {
    noteTime: assign({
      order: ({ context, event }) => ("order" in event ? event.order : context.order),
      stretches: ({ context, event }) => ("stretches" in event ? event.stretches : context.stretches),
      readings: ({ context, event }) => ("readings" in event ? event.readings : context.readings),
    }),
    noteWhose: assign(({ event }) =>
      event.type === "colleague.named" && event.practitionerId !== "" ? { practitionerId: event.practitionerId } : {},
    ),
    readWords: emit(({ context }) => ({ type: "readWords", wanted: context.wanted, whose: whoseOf(context) })),
    takeReadings: emit(({ context, event }) => ({
      type: "takeReadings",
      whose: whoseOf(context),
      order: context.order ?? "block",
      readings:
        event.type === "time.said" ? event.readings : event.type === "reading.chosen" ? `[${event.stretches}]` : "[]",
    })),
    openSession: emit(({ event }) => ({
      type: "openSession",
      bookingId: event.type === "session.opened" ? event.bookingId : "",
      status: event.type === "session.opened" ? event.status : "",
    })),
    goHome: emit({ type: "goHome" }),
  },
});

/** Blank: one's own time. */
function whoseOf({ practitionerId }: AbsenceContext): string {
  return practitionerId ?? "";
}

/** Where words about time lead. */
const understood = {
  "not.theirs": "notTheirs",
  "list.wanted": "listing",
  "when.missing": { target: "askingTime", actions: "noteTime" },
  "when.open": { target: "choosingReading", actions: "noteTime" },
  "week.meant": "refusingWeekly",
  "time.understood": { target: "confirming", actions: "noteTime" },
  "opening.understood": { target: "confirmingOpening", actions: "noteTime" },
  "nothing.there": { target: "findingNothing", actions: "noteTime" },
} as const;

const said = { "time.said": { actions: ["noteTime", "takeReadings"] } } as const;
const ways = { "list.wanted": "listing", "home.wanted": { actions: "goHome" } } as const;
const sessions = { "session.opened": { actions: "openSession" } } as const;

/** A practitioner keeps time free, or opens it again: always with a card that names the time and the sessions in it. */
export const absenceMachine = absence.createMachine({
  id: "absence",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit({ type: "findWhose" }),
      on: { ...understood, "colleague.named": { actions: ["noteWhose", "readWords"] } },
    },
    askingTime: {
      on: { ...understood, ...said, ...ways, "reading.chosen": { actions: ["noteTime", "takeReadings"] } },
    },
    choosingReading: {
      on: { ...understood, ...said, ...ways, "reading.chosen": { actions: ["noteTime", "takeReadings"] } },
    },
    confirming: {
      on: {
        ...understood,
        ...said,
        "absence.agreed": {
          actions: emit(({ context }) => ({
            type: "addAbsence",
            order: context.order ?? "block",
            stretches: context.stretches ?? "[]",
            whose: whoseOf(context),
          })),
        },
        "absence.added": { target: "done", actions: assign({ ids: ({ event }) => event.ids }) },
        "absence.dropped": "kept",
      },
    },
    done: {
      on: {
        ...ways,
        ...sessions,
        "undo.chosen": {
          actions: emit(({ context }) => ({
            type: "removeAbsence",
            ids: context.ids ?? "",
            whose: whoseOf(context),
          })),
        },
        "absence.removed": "takenBack",
        "not.theirs": "notTheirs",
      },
    },
    listing: { on: { ...understood, ...ways, "reading.chosen": { actions: ["noteTime", "takeReadings"] } } },
    confirmingOpening: {
      on: {
        ...understood,
        ...said,
        "opening.agreed": {
          actions: emit(({ context }) => ({
            type: "openTime",
            stretches: context.stretches ?? "[]",
            whose: whoseOf(context),
          })),
        },
        "time.opened": "opened",
        "absence.dropped": "kept",
      },
    },
    takenBack: { on: ways },
    kept: { on: ways },
    opened: { on: ways },
    findingNothing: { on: ways },
    refusingWeekly: { on: ways },
    notTheirs: { on: ways },
  },
});

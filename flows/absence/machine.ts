import { assign, emit, setup } from "xstate";
import { z } from "zod";

/** What was asked for, and the time it is about; wall times only, never the words themselves. */
export const absenceContext = z.object({
  wanted: z.string(),
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
  | { type: "readWords"; wanted: string }
  | { type: "takeReadings"; order: string; readings: string }
  | { type: "addAbsence"; order: string; stretches: string }
  | { type: "removeAbsence"; ids: string }
  | { type: "openTime"; stretches: string }
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
    takeReadings: emit(({ context, event }) => ({
      type: "takeReadings",
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

/** Where words about one's own time lead. */
const understood = {
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
      entry: emit(({ context }) => ({ type: "readWords", wanted: context.wanted })),
      on: understood,
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
          actions: emit(({ context }) => ({ type: "removeAbsence", ids: context.ids ?? "" })),
        },
        "absence.removed": "takenBack",
      },
    },
    listing: { on: { ...understood, ...ways, "reading.chosen": { actions: ["noteTime", "takeReadings"] } } },
    confirmingOpening: {
      on: {
        ...understood,
        ...said,
        "opening.agreed": {
          actions: emit(({ context }) => ({ type: "openTime", stretches: context.stretches ?? "[]" })),
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
  },
});

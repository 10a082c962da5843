import { assign, emit, setup } from "xstate";
import { z } from "zod";
import type { BookingStatus } from "../../src/domain/booking.ts";
import type { WallStretch } from "../../src/domain/out-of-office.ts";
import { given } from "../../src/given.ts";
import type { TimeOff, TimeOffOrder } from "../../src/language/when/time-off.ts";
import { absenceInput, timeSaid } from "./input.ts";

/** What was asked for, and the time it is about. Contains wall times only, never the words themselves. */
export const absenceContext = z.object({
  wanted: absenceInput.shape.type,
  /** From the words that opened the talk: ids of the colleagues named, and the time. */
  named: z.array(z.string()).readonly().optional(),
  said: timeSaid.optional(),
  /** The colleague whose time it is. Absent: one's own. */
  practitionerId: z.string().optional(),
  order: timeSaid.shape.order.optional(),
  /** The time in question. */
  stretches: timeSaid.shape.readings.unwrap().element.optional(),
  /** The readings of the time. */
  readings: timeSaid.shape.readings.optional(),
  /** Ids of the absences that were added. */
  ids: z.array(z.string()).readonly().optional(),
});
export type AbsenceContext = z.infer<typeof absenceContext>;

type Stretches = readonly WallStretch[];

export type AbsenceEvent =
  | { type: "colleague.named"; practitionerId?: string }
  | { type: "not.theirs" }
  | { type: "list.wanted" }
  | { type: "when.missing"; order: TimeOffOrder }
  | { type: "when.open"; order: TimeOffOrder; readings: readonly Stretches[] }
  | { type: "week.meant" }
  | { type: "time.understood"; order: TimeOffOrder; stretches: Stretches }
  | { type: "opening.understood"; stretches: Stretches }
  | { type: "nothing.there"; stretches: Stretches }
  | { type: "reading.chosen"; order: TimeOffOrder; stretches: Stretches }
  | { type: "time.said"; order: TimeOffOrder; readings: readonly Stretches[] }
  | { type: "absence.agreed" }
  | { type: "absence.added"; ids: readonly string[] }
  | { type: "absence.dropped" }
  | { type: "undo.chosen" }
  | { type: "absence.removed" }
  | { type: "opening.agreed" }
  | { type: "time.opened" }
  | { type: "session.opened"; bookingId: string; status: BookingStatus }
  | { type: "home.wanted" };

export type AbsenceOrder =
  | { type: "findWhose"; named: readonly string[] }
  | ({ type: "followWords"; wanted: AbsenceContext["wanted"]; said?: TimeOff } & Whose)
  | ({ type: "takeReadings"; order: TimeOffOrder; readings: readonly Stretches[] } & Whose)
  | ({ type: "addAbsence"; order: TimeOffOrder; stretches: Stretches } & Whose)
  | ({ type: "removeAbsence"; ids: readonly string[] } & Whose)
  | ({ type: "openTime"; stretches: Stretches } & Whose)
  | { type: "openSession"; bookingId?: string; status?: BookingStatus }
  | { type: "goHome" };

/** The owner of the time. Absent: oneself. */
type Whose = { practitionerId?: string };

const absence = setup({
  types: {
    context: {} as AbsenceContext, // xstate infers its types from these unused values
    input: {} as AbsenceContext,
    events: {} as AbsenceEvent,
    emitted: {} as AbsenceOrder,
  },
  actions: {
    noteTime: assign({
      order: ({ context, event }) => ("order" in event ? event.order : context.order),
      // A correction is of the time on the card, and not of one that was shown before.
      stretches: ({ context, event }) =>
        "stretches" in event
          ? event.stretches
          : event.type === "when.open" || event.type === "when.missing"
            ? undefined
            : context.stretches,
      readings: ({ context, event }) => ("readings" in event ? event.readings : context.readings),
    }),
    noteWhose: assign(({ event }) =>
      event.type === "colleague.named" ? { practitionerId: event.practitionerId } : {},
    ),
    followWords: emit(({ context }) => ({
      type: "followWords",
      wanted: context.wanted,
      ...given({ said: context.said }),
      ...whoseOf(context),
    })),
    takeReadings: emit(({ context, event }) => ({
      type: "takeReadings",
      ...whoseOf(context),
      order: context.order ?? "block",
      readings: event.type === "time.said" ? event.readings : event.type === "reading.chosen" ? [event.stretches] : [],
    })),
    openSession: emit(({ event }) => ({
      type: "openSession",
      ...(event.type === "session.opened" ? { bookingId: event.bookingId, status: event.status } : {}),
    })),
    goHome: emit({ type: "goHome" }),
  },
});

function whoseOf({ practitionerId }: AbsenceContext): Whose {
  return given({ practitionerId });
}

/** The states after words about a time. */
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

/** A practitioner blocks or unblocks time. A card always names the time and the sessions in it first. */
export const absenceMachine = absence.createMachine({
  id: "absence",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({ type: "findWhose", named: context.named ?? [] })),
      on: { ...understood, "colleague.named": { actions: ["noteWhose", "followWords"] } },
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
            stretches: context.stretches ?? [],
            ...whoseOf(context),
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
            ids: context.ids ?? [],
            ...whoseOf(context),
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
            stretches: context.stretches ?? [],
            ...whoseOf(context),
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

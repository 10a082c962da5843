import { assign, emit, setup } from "xstate";
import { z } from "zod";

/** What the client has chosen so far: ids only. */
export const bookContext = z.object({
  serviceId: z.string().optional(),
  methodKey: z.string().optional(),
  /** A practitioner's id, or `anyone`. */
  who: z.string().optional(),
  /** The day shown, `YYYY-MM-DD` in the zone times are shown in; absent: the first free one. */
  day: z.string().optional(),
  /** Which twelve of the day's times, from 0. */
  page: z.number().int().nonnegative(),
  bookingId: z.string().optional(),
  /** The time that was wanted and is gone, for offering its neighbours. */
  wantedMs: z.number().optional(),
  /** Where sensitive questions are answered, off the chat. */
  formLink: z.string().optional(),
  /** The practitioner was reminded and the client told so. */
  stillWaiting: z.boolean(),
});
export type BookContext = z.infer<typeof bookContext>;

type BookEvent =
  | { type: "choosing.began" }
  | { type: "services.none" }
  | { type: "service.chosen"; serviceId: string }
  | { type: "method.chosen"; methodKey: string }
  | { type: "practitioner.chosen"; who: string }
  | { type: "times.none" }
  | { type: "day.chosen"; day: string }
  | { type: "times.paged"; page: number }
  | { type: "times.wanted" }
  | { type: "slot.chosen"; startsAtMs: number }
  | { type: "hold.granted"; bookingId: string }
  | { type: "hold.refused" }
  | { type: "form.opened"; link: string }
  | { type: "answers.given" }
  | { type: "answer.typed" }
  | { type: "answers.kept" }
  | { type: "form.filled" }
  | { type: "form.answered" }
  | { type: "form.reopened" }
  | { type: "booking.submitted" }
  | { type: "form.missing" }
  /** Without its start where the draft itself is gone. */
  | { type: "slot.lost"; startsAtMs?: number }
  | { type: "withdrawal.asked" }
  | { type: "withdrawal.agreed" }
  | { type: "withdrawal.dropped" }
  | { type: "booking.changed"; status: string; serviceId?: string; methodKey?: string; who?: string }
  | { type: "request.nudged"; part: number }
  | { type: "bookings.wanted" }
  | { type: "another.wanted" }
  | { type: "went.back" }
  | { type: "started.over" };

type BookOrder =
  | { type: "openTalk"; bookingId: string }
  | { type: "offerServices"; back: boolean; preset: string }
  | { type: "offerMethods"; back: boolean; serviceId: string }
  | { type: "offerPractitioners"; back: boolean; serviceId: string }
  | { type: "offerTimes"; serviceId: string; methodKey: string; who: string }
  | { type: "tellNothingOffered" }
  | { type: "holdSlot"; serviceId: string; methodKey: string; who: string; startsAtMs: number; bookingId: string }
  | { type: "releaseHold"; bookingId: string }
  | { type: "dropDraft"; bookingId: string }
  | { type: "openForm"; back: boolean; bookingId: string }
  | { type: "checkForm"; bookingId: string }
  | { type: "saveAnswers"; bookingId: string; all: boolean }
  | { type: "submitBooking"; bookingId: string }
  | { type: "withdrawBooking"; bookingId: string }
  | { type: "goHome" }
  | { type: "showBookings" }
  | { type: "bookAnother" };

/** Every order of the machine, by name. */
export type BookOrders = { [Type in BookOrder["type"]]: Extract<BookOrder, { type: Type }> };

const book = setup({
  types: {
    context: {} as BookContext, // xstate reads types from values that are never used
    input: {} as BookContext,
    events: {} as BookEvent,
    emitted: {} as BookOrder,
  },
  guards: {
    becomes: ({ event }, { status }: { status: string }) => event.type === "booking.changed" && event.status === status,
  },
  actions: {
    /** A talk that is taken up again for a booking learns what was chosen then. */
    takeUp: assign(({ event }) => {
      if (event.type !== "booking.changed" || event.serviceId === undefined) return {};
      return { serviceId: event.serviceId, methodKey: event.methodKey, who: event.who };
    }),
    noteLoss: assign(({ context, event }) => {
      const lostMs = event.type === "slot.lost" ? event.startsAtMs : undefined;
      return { wantedMs: lostMs ?? context.wantedMs };
    }),
    goHome: emit({ type: "goHome" }),
    showBookings: emit({ type: "showBookings" }),
    bookAnother: emit({ type: "bookAnother" }),
    holdSlot: emit(({ context, event }) => ({
      type: "holdSlot",
      serviceId: context.serviceId ?? "",
      methodKey: context.methodKey ?? "",
      who: context.who ?? "anyone",
      startsAtMs: event.type === "slot.chosen" ? event.startsAtMs : 0,
      bookingId: context.bookingId ?? "",
    })),
    releaseHold: emit(({ context }) => ({ type: "releaseHold", bookingId: context.bookingId ?? "" })),
    dropDraft: emit(({ context }) => ({ type: "dropDraft", bookingId: context.bookingId ?? "" })),
    offerTimes: emit(({ context }) => ({
      type: "offerTimes",
      serviceId: context.serviceId ?? "",
      methodKey: context.methodKey ?? "",
      who: context.who ?? "anyone",
    })),
  },
});

/** Leads back to the start from anywhere before Confirm & book. */
const startOver = { "started.over": { target: "choosingService", actions: "dropDraft" } } as const;

/** What became of the request, told by the books. */
const outcomes = {
  "booking.changed": [
    { guard: { type: "becomes", params: { status: "requested" } }, target: "waiting", actions: "takeUp" },
    { guard: { type: "becomes", params: { status: "confirmed" } }, target: "confirmed", actions: "takeUp" },
    { guard: { type: "becomes", params: { status: "declined" } }, target: "declined", actions: "takeUp" },
    { guard: { type: "becomes", params: { status: "expired" } }, target: "expired", actions: "takeUp" },
    { guard: { type: "becomes", params: { status: "withdrawn" } }, target: "withdrawn", actions: "takeUp" },
    { guard: { type: "becomes", params: { status: "completed" } }, target: "over", actions: "takeUp" },
  ],
} as const;

const leadingOn = {
  "bookings.wanted": { actions: "showBookings" },
  "another.wanted": { actions: "bookAnother" },
} as const;

/** Another try after an answer that was no: the same service, a new booking. */
const tryAgain = {
  "slot.chosen": { target: "holdingTime", actions: "holdSlot" },
  "times.wanted": "choosingTime",
} as const;

/** Request a session, as the client sees it: DOMAIN §0, step 5. */
export const bookMachine = book.createMachine({
  id: "book",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({ type: "openTalk", bookingId: context.bookingId ?? "" })),
      on: { "choosing.began": "choosingService", ...outcomes },
    },
    choosingService: {
      entry: [
        emit(({ context, event }) => ({
          type: "offerServices",
          back: event.type === "went.back",
          preset: event.type === "choosing.began" ? (context.serviceId ?? "") : "",
        })),
        assign({
          serviceId: undefined,
          methodKey: undefined,
          who: undefined,
          day: undefined,
          page: 0,
          formLink: undefined,
        }),
      ],
      on: {
        "service.chosen": { target: "choosingMethod", actions: assign({ serviceId: ({ event }) => event.serviceId }) },
        "services.none": { target: "nothingOffered", actions: emit({ type: "tellNothingOffered" }) },
        "went.back": { actions: "goHome" },
        "started.over": { actions: "goHome" },
      },
    },
    nothingOffered: { on: { "started.over": { actions: "goHome" }, "went.back": { actions: "goHome" } } },
    choosingMethod: {
      entry: emit(({ context, event }) => ({
        type: "offerMethods",
        back: event.type === "went.back",
        serviceId: context.serviceId ?? "",
      })),
      on: {
        "method.chosen": {
          target: "choosingPractitioner",
          actions: assign({ methodKey: ({ event }) => event.methodKey }),
        },
        "went.back": "choosingService",
        ...startOver,
      },
    },
    choosingPractitioner: {
      entry: emit(({ context, event }) => ({
        type: "offerPractitioners",
        back: event.type === "went.back",
        serviceId: context.serviceId ?? "",
      })),
      on: {
        "practitioner.chosen": { target: "choosingTime", actions: assign({ who: ({ event }) => event.who }) },
        "went.back": "choosingMethod",
        ...startOver,
      },
    },
    choosingTime: {
      entry: [assign({ day: undefined, page: 0 }), "offerTimes"],
      on: {
        "day.chosen": { actions: assign({ day: ({ event }) => event.day, page: 0 }) },
        "times.paged": { actions: assign({ page: ({ event }) => event.page }) },
        "slot.chosen": { target: "holdingTime", actions: "holdSlot" },
        "times.none": "noTimes",
        "went.back": "choosingPractitioner",
        ...startOver,
      },
    },
    noTimes: { on: { "times.wanted": "choosingTime", "went.back": "choosingPractitioner", ...startOver } },
    holdingTime: {
      entry: assign({
        wantedMs: ({ context, event }) => (event.type === "slot.chosen" ? event.startsAtMs : context.wantedMs),
      }),
      on: {
        "hold.granted": {
          target: "answeringForm",
          actions: assign({ bookingId: ({ event }) => event.bookingId, stillWaiting: false }),
        },
        "hold.refused": "offeringNearest",
        ...startOver,
      },
    },
    offeringNearest: {
      on: { ...tryAgain, "times.none": "noTimes", "went.back": "choosingTime", ...startOver },
    },
    answeringForm: {
      entry: emit(({ context, event }) => ({
        type: "openForm",
        back: event.type === "went.back" || event.type === "form.reopened" || event.type === "form.missing",
        bookingId: context.bookingId ?? "",
      })),
      on: {
        "form.opened": { actions: assign({ formLink: ({ event }) => event.link }) },
        "answers.given": {
          actions: emit(({ context }) => ({ type: "saveAnswers", bookingId: context.bookingId ?? "", all: true })),
        },
        "answer.typed": {
          actions: emit(({ context }) => ({ type: "saveAnswers", bookingId: context.bookingId ?? "", all: false })),
        },
        "form.filled": { actions: emit(({ context }) => ({ type: "checkForm", bookingId: context.bookingId ?? "" })) },
        "answers.kept": {},
        "form.reopened": { target: "answeringForm", reenter: true },
        "form.answered": "reviewing",
        "slot.lost": { target: "offeringNearest", actions: "noteLoss" },
        "went.back": { target: "choosingTime", actions: "releaseHold" },
        ...startOver,
      },
    },
    reviewing: {
      on: {
        "booking.submitted": {
          target: "requesting",
          actions: emit(({ context }) => ({ type: "submitBooking", bookingId: context.bookingId ?? "" })),
        },
        "form.reopened": "answeringForm",
        "times.wanted": { target: "choosingTime", actions: "releaseHold" },
        "went.back": "answeringForm",
        ...startOver,
      },
    },
    requesting: {
      on: {
        "slot.lost": { target: "offeringNearest", actions: "noteLoss" },
        "form.missing": "answeringForm",
        "services.none": "choosingService",
        ...outcomes,
        ...startOver,
      },
    },
    waiting: {
      on: {
        "withdrawal.asked": "askingWithdrawal",
        // The client hears of the last reminder only (DOMAIN §8).
        "request.nudged": { guard: ({ event }) => event.part >= 85, actions: assign({ stillWaiting: true }) },
        ...leadingOn,
        ...outcomes,
      },
    },
    askingWithdrawal: {
      on: {
        "withdrawal.agreed": {
          actions: emit(({ context }) => ({ type: "withdrawBooking", bookingId: context.bookingId ?? "" })),
        },
        "withdrawal.dropped": "waiting",
        "went.back": "waiting",
        ...outcomes,
      },
    },
    confirmed: { on: { ...leadingOn, ...outcomes } },
    declined: { on: { ...tryAgain, ...leadingOn } },
    expired: { on: { ...tryAgain, ...leadingOn } },
    withdrawn: { on: { ...leadingOn } },
    over: { type: "final" },
  },
});

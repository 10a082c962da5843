import { assign, emit, setup } from "xstate";
import type { BookContext } from "./context.ts";
import type { BookEvent, BookOrder } from "./events.ts";

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
    /** What was said before and is not contradicted goes on to hold. */
    noteWish: assign(({ context, event }) => {
      if (event.type !== "wish.said" && event.type !== "choosing.began") return {};
      const asked = {
        services: event.services || context.serviceId || context.asked?.services,
        methodKey: event.methodKey || context.methodKey,
        who: event.who || context.who,
        times: event.times || context.asked?.times,
      };
      return { asked };
    }),
    forgetWish: assign({ asked: undefined }),
    forgetTimes: assign(({ context }) => ({ asked: { ...context.asked, times: undefined } })),
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
      times: context.asked?.times ?? "",
    })),
  },
});

/** Leads back to the start, or out, from anywhere before Confirm & book. */
const startOver = {
  "started.over": { target: "choosingService", actions: ["dropDraft", "forgetWish"] },
  "given.up": { actions: ["dropDraft", "goHome"] },
} as const;

/** Words that say more, or something else: the steps are gone through again with all that is known by now. */
const hearing = { "wish.said": { target: "choosingService", actions: "noteWish" } } as const;

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
  "times.wanted": { target: "choosingTime", actions: "forgetTimes" },
  "wish.said": { target: "choosingService", actions: "noteWish" },
} as const;

/** Request a session, as the client sees it: DOMAIN §0, step 5. */
export const bookMachine = book.createMachine({
  id: "book",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({ type: "openTalk", bookingId: context.bookingId ?? "" })),
      on: { "choosing.began": { target: "choosingService", actions: "noteWish" }, ...outcomes },
    },
    choosingService: {
      entry: [
        emit(({ context, event }) => ({
          type: "offerServices",
          back: event.type === "went.back",
          preset: context.asked?.services ?? "",
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
        "services.wanted": { actions: "forgetWish" },
        "wish.said": { target: "choosingService", reenter: true, actions: "noteWish" },
        "went.back": { actions: "goHome" },
        "given.up": { actions: "goHome" },
        "started.over": { actions: "goHome" },
      },
    },
    nothingOffered: { on: { "started.over": { actions: "goHome" }, "went.back": { actions: "goHome" } } },
    choosingMethod: {
      entry: emit(({ context, event }) => ({
        type: "offerMethods",
        back: event.type === "went.back",
        serviceId: context.serviceId ?? "",
        preset: context.asked?.methodKey ?? "",
      })),
      on: {
        "method.chosen": {
          target: "choosingPractitioner",
          actions: assign({ methodKey: ({ event }) => event.methodKey }),
        },
        "went.back": { target: "choosingService", actions: "forgetWish" },
        ...hearing,
        ...startOver,
      },
    },
    choosingPractitioner: {
      entry: emit(({ context, event }) => ({
        type: "offerPractitioners",
        back: event.type === "went.back",
        serviceId: context.serviceId ?? "",
        preset: context.asked?.who ?? "",
      })),
      on: {
        "practitioner.chosen": { target: "choosingTime", actions: assign({ who: ({ event }) => event.who }) },
        "went.back": "choosingMethod",
        ...hearing,
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
        "fits.found": "offeringFits",
        "fits.none": {
          target: "offeringNearest",
          actions: assign({ wantedMs: ({ event }) => event.startsAtMs, notFree: true }),
        },
        "went.back": { target: "choosingPractitioner", actions: "forgetTimes" },
        ...hearing,
        ...startOver,
      },
    },
    offeringFits: {
      on: {
        "slot.chosen": { target: "holdingTime", actions: "holdSlot" },
        "times.wanted": { target: "choosingTime", actions: "forgetTimes" },
        "went.back": { target: "choosingPractitioner", actions: "forgetTimes" },
        ...hearing,
        ...startOver,
      },
    },
    noTimes: {
      on: {
        "times.wanted": "choosingTime",
        "went.back": { target: "choosingPractitioner", actions: "forgetTimes" },
        ...hearing,
        ...startOver,
      },
    },
    holdingTime: {
      entry: [
        assign({
          wantedMs: ({ context, event }) => (event.type === "slot.chosen" ? event.startsAtMs : context.wantedMs),
          otherMs: ({ event }) => (event.type === "slot.chosen" ? event.otherMs : undefined),
          notFree: undefined,
        }),
        "forgetTimes",
      ],
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
      on: {
        ...tryAgain,
        "times.none": "noTimes",
        "went.back": { target: "choosingTime", actions: "forgetTimes" },
        ...startOver,
      },
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
        "slot.chosen": { target: "holdingTime", actions: "holdSlot" },
        "wish.said": { target: "choosingService", actions: ["releaseHold", "noteWish"] },
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

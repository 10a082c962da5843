import { assign, emit } from "xstate";
import { zoneSaid } from "../../src/choosing/times.ts";
import { given } from "../../src/given.ts";
import { paying, paymentNews } from "./payment-states.ts";
import { askingWithdrawal, waiting } from "./request-states.ts";
import { book, draftOf, found, hearing, leadingOn, otherSession, outcomes, startOver, tryAgain } from "./setup.ts";

/** A client requests a session (D0.5). */
export const bookMachine = book.createMachine({
  id: "book",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({ type: "openTalk", ...draftOf(context) })),
      on: { "choosing.began": "choosingPackage", ...found },
    },
    choosingPackage: {
      entry: [
        emit(({ context, event }) => ({
          type: "offerPackages",
          back: event.type === "went.back" || event.type === "packages.wanted",
          ...given({
            said: context.asked?.package,
            before: context.packageChoice,
            services: context.asked?.services,
          }),
        })),
        "forgetPackage",
      ],
      on: {
        "package.chosen": {
          target: "choosingService",
          actions: [
            assign(({ context, event }) => ({
              packageChoice: event.choice,
              asked: { ...context.asked, package: undefined },
            })),
          ],
        },
        "session.asked": { target: "choosingPackage", reenter: true, actions: "noteAsked" },
        "went.back": { actions: "goHome" },
        "given.up": { actions: "goHome" },
        "started.over": { actions: "goHome" },
      },
    },
    choosingService: {
      entry: [
        emit(({ context, event }) => ({
          type: "offerServices",
          back: event.type === "went.back",
          ...given({ preset: context.asked?.services, packageChoice: context.packageChoice }),
        })),
        assign({
          serviceId: undefined,
          methodKey: undefined,
          whom: undefined,
          day: undefined,
          page: 0,
          formLink: undefined,
        }),
      ],
      on: {
        "service.chosen": { target: "choosingMethod", actions: assign({ serviceId: ({ event }) => event.serviceId }) },
        "services.none": { target: "nothingOffered", actions: emit({ type: "tellNothingOffered" }) },
        "services.wanted": { actions: "forgetAsked" },
        "went.back": { target: "choosingPackage", actions: "forgetAsked" },
        ...hearing,
        "given.up": { actions: "goHome" },
        "started.over": { actions: "goHome" },
      },
    },
    nothingOffered: { on: { "started.over": { actions: "goHome" }, "went.back": { actions: "goHome" } } },
    choosingMethod: {
      entry: emit(({ context, event }) => ({
        type: "offerMethods",
        back: event.type === "went.back" || event.type === "assumption.dropped",
        ...given({
          serviceId: context.serviceId,
          packageChoice: context.packageChoice,
          preset: context.asked?.methodKey,
          asked: context.asked,
        }),
      })),
      on: {
        "method.chosen": {
          target: "choosingPractitioner",
          actions: assign({
            methodKey: ({ event }) => event.methodKey,
            assumed: ({ event }) => (event.assumed ? ("method" as const) : undefined),
          }),
        },
        "went.back": { target: "choosingService", actions: "forgetAsked" },
        ...hearing,
        ...startOver,
      },
    },
    choosingPractitioner: {
      entry: emit(({ context, event }) => ({
        type: "offerPractitioners",
        back: event.type === "went.back" || event.type === "assumption.dropped",
        ...given({
          serviceId: context.serviceId,
          packageChoice: context.packageChoice,
          preset: context.asked?.whom,
          asked: context.asked,
        }),
      })),
      on: {
        "practitioner.chosen": {
          target: "choosingTime",
          actions: assign({
            whom: ({ event }) => event.whom,
            assumed: ({ context, event }) => (event.assumed ? ("practitioner" as const) : context.assumed),
          }),
        },
        "went.back": "choosingMethod",
        ...hearing,
        ...startOver,
      },
    },
    choosingTime: {
      // A client who returns to choose another time most likely wants the same day.
      entry: [
        assign({
          day: ({ context, event }) =>
            event.type === "times.wanted" || event.type === "went.back" ? context.day : undefined,
          page: 0,
        }),
        "offerTimes",
      ],
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
        "package.chosen": {
          target: "choosingService",
          actions: assign({ packageChoice: ({ event }) => event.choice }),
        },
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
          saidZone: ({ context, event }) =>
            event.type === "slot.chosen" ? zoneSaid(context.asked?.times, event.startsAtMs) : context.saidZone,
          notFree: undefined,
          payNote: undefined,
        }),
        "forgetTimes",
      ],
      on: {
        "hold.granted": {
          target: "answeringForm",
          actions: assign({
            bookingId: ({ event }) => event.bookingId,
            day: ({ event }) => event.day,
            stillWaiting: false,
          }),
        },
        "hold.refused": "offeringNearest",
        "package.lost": "packageLost",
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
    packageLost: {
      on: {
        "package.dropped": {
          target: "holdingTime",
          actions: ["holdSlot", assign({ packageChoice: { without: true } })],
        },
        "packages.wanted": { target: "choosingPackage", actions: "releaseHold" },
        "times.wanted": { target: "choosingTime", actions: ["releaseHold", "forgetTimes"] },
        "went.back": { target: "choosingTime", actions: ["releaseHold", "forgetTimes"] },
        ...hearing,
        ...startOver,
      },
    },
    answeringForm: {
      entry: emit(({ context, event }) => ({
        type: "openForm",
        back: event.type === "went.back" || event.type === "form.reopened" || event.type === "form.missing",
        ...draftOf(context),
      })),
      on: {
        "form.opened": { actions: assign({ formLink: ({ event }) => event.link }) },
        "answers.given": {
          actions: emit(({ context }) => ({ type: "saveAnswers", ...draftOf(context), all: true })),
        },
        "answer.typed": {
          actions: emit(({ context }) => ({ type: "saveAnswers", ...draftOf(context), all: false })),
        },
        "form.filled": { actions: emit(({ context }) => ({ type: "checkForm", ...draftOf(context) })) },
        "answers.kept": {},
        "form.reopened": { target: "answeringForm", reenter: true },
        "form.answered": "paying",
        "slot.lost": { target: "offeringNearest", actions: "noteLoss" },
        "went.back": { target: "choosingTime", actions: "releaseHold" },
        ...otherSession,
        ...startOver,
      },
    },
    paying,
    reviewing: {
      on: {
        "payment.changed": [
          { guard: { type: "paymentIs", params: { state: "lapsed" } }, target: "paying" },
          { guard: { type: "paymentIs", params: { state: "releasing" } }, target: "paying" },
        ],
        "payment.unplaced": { target: "offeringNearest", actions: "noteLoss" },
        "booking.submitted": {
          target: "requesting",
          actions: emit(({ context }) => ({ type: "submitBooking", ...draftOf(context) })),
        },
        "form.reopened": "answeringForm",
        "assumption.dropped": [
          {
            guard: ({ context }) => context.assumed === "practitioner",
            target: "choosingPractitioner",
            actions: ["releaseHold", "askAgain"],
          },
          { target: "choosingMethod", actions: ["releaseHold", "askAgain"] },
        ],
        "times.wanted": { target: "choosingTime", actions: "releaseHold" },
        "slot.chosen": { target: "holdingTime", actions: "holdSlot" },
        ...otherSession,
        "went.back": "paying",
        ...startOver,
      },
    },
    requesting: {
      on: {
        "slot.lost": { target: "offeringNearest", actions: "noteLoss" },
        "package.lost": "packageLost",
        "form.missing": "answeringForm",
        "payment.missing": "paying",
        "services.none": "choosingService",
        ...outcomes,
        ...startOver,
      },
    },
    waiting,
    askingWithdrawal,
    confirmed: { on: { ...paymentNews, ...leadingOn, ...outcomes } },
    declined: { on: { ...tryAgain, ...leadingOn } },
    expired: { on: { ...tryAgain, ...leadingOn } },
    withdrawn: { on: { ...leadingOn } },
    over: { on: outcomes },
  },
});

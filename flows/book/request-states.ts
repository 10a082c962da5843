import { assign, emit } from "xstate";
import { paymentNews } from "./payment-states.ts";
import { book, draftOf, leadingOn, outcomes } from "./setup.ts";

/** Requested: the practitioner has not answered yet. */
export const waiting = book.createStateConfig({
  on: {
    "withdrawal.asked": "askingWithdrawal",
    // The client is only told about the last reminder (D4.1).
    "request.nudged": { guard: ({ event }) => event.part >= 85, actions: assign({ stillWaiting: true }) },
    ...paymentNews,
    ...leadingOn,
    ...outcomes,
  },
});

/** The client is asked whether to withdraw the request. */
export const askingWithdrawal = book.createStateConfig({
  on: {
    "withdrawal.agreed": {
      actions: emit(({ context }) => ({ type: "withdrawBooking", ...draftOf(context) })),
    },
    "withdrawal.dropped": "waiting",
    "went.back": "waiting",
    ...outcomes,
  },
});

import { emit } from "xstate";
import { book, draftOf, startOver } from "./setup.ts";

/** The client says that they paid. The desk asks the provider, which may know of no payment. */
const claims = {
  "payment.claimed": { actions: ["askAfterPayment", "notePayLooking"] },
  "payment.missing": { actions: "notePayMissing" },
} as const;

/** Payment news for a card that shows the payment. The card is only redrawn. */
export const paymentNews = {
  "payment.changed": { actions: "forgetPayNote" },
  "payment.reminded": { actions: "notePayReminded" },
  ...claims,
} as const;

/** Payment before the review (D5.4): the card waits until the provider has authorised it. */
export const paying = book.createStateConfig({
  entry: [
    emit(({ context, event }) => ({
      type: "openPayment",
      back: event.type === "went.back",
      ...draftOf(context),
    })),
    "forgetPayNote",
  ],
  on: {
    "payment.settled": "reviewing",
    "payment.changed": [
      { guard: { type: "paymentIs", params: { state: "authorised" } }, target: "reviewing" },
      { guard: { type: "paymentIs", params: { state: "lapsed" } }, actions: "notePayLapsed" },
    ],
    ...claims,
    "payment.unplaced": { target: "offeringNearest", actions: "noteLoss" },
    "slot.lost": { target: "offeringNearest", actions: "noteLoss" },
    "form.reopened": "answeringForm",
    "times.wanted": { target: "choosingTime", actions: "releaseHold" },
    "session.asked": { target: "choosingPackage", actions: ["releaseHold", "noteAsked"] },
    "went.back": "answeringForm",
    ...startOver,
  },
});

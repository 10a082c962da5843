import { emit } from "xstate";
import { book, startOver } from "./machine-parts.ts";

/** What a person says of a payment, and what is found when it is looked at. */
const claims = {
  "payment.claimed": { actions: ["askAfterPayment", "notePayLooking"] },
  "payment.missing": { actions: "notePayMissing" },
} as const;

/** Where a card shows a payment that goes its way: it is drawn from the books. */
export const paymentNews = {
  "payment.changed": { actions: "forgetPayNote" },
  "payment.reminded": { actions: "notePayReminded" },
  ...claims,
} as const;

/** Paid before the review (D5.4): the card waits until the provider has authorised it. */
export const paying = book.createStateConfig({
  entry: [
    emit(({ context, event }) => ({
      type: "openPayment",
      back: event.type === "went.back",
      bookingId: context.bookingId ?? "",
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
    "wish.said": { target: "choosingPackage", actions: ["releaseHold", "noteWish"] },
    "went.back": "answeringForm",
    ...startOver,
  },
});

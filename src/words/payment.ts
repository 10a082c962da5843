import type { Booking, BookingStatus } from "../domain/booking.ts";
import type { Payment, RefundDecision } from "../domain/payment.ts";
import { money } from "./money.ts";

/** Payment texts; amounts are passed formatted. */
export const paymentWords = {
  title: "Payment",
  amount: "Amount",
  pay: (amount: string) => `Pay ${amount}`,
  iHavePaid: "I have paid",
  whatHappens: "What happens",
  reservedNow: (amount: string, practitioner: string) =>
    `${amount} is reserved on your card now, and charged only when ${practitioner} confirms. If it is declined, not answered in time or withdrawn, nothing is charged.`,
  chargedAtOnce: (amount: string) =>
    `${amount} is reserved on your card now, and charged when you confirm the booking. Until then nothing is charged.`,
  payOutside: "You pay on a page of our payment provider: your card number is never seen here.",
  movesOn: "This card continues when you have paid. You can also type “I have paid”.",
  looking: "We are asking the payment provider. This takes a moment.",
  notYet: "No payment has arrived yet. If you have just paid, please wait a moment and try again.",
  ranOut:
    "The time to pay ran out, so the session is no longer held for you. Nothing was charged. You can still pay if it is free.",
  unplaced:
    "Your time was lost while you were paying. Nothing was charged, and the amount is no longer reserved on your card.",
  review: "Payment",
  reservedUntilConfirmed: (amount: string, practitioner: string) =>
    `${amount} is reserved on your card and charged when ${practitioner} confirms.`,
  reservedChargedNow: (amount: string) => `${amount} is reserved on your card and charged when you confirm & book.`,
  payAfter: (amount: string) => `${amount}, to be paid after your session is confirmed: we send you a link.`,
  payAtPractice: (amount: string) => `${amount}, to be paid at the practice. Nothing is charged here.`,
  fromPackage: "Covered by your package. Nothing is charged.",
  reserved: (amount: string, practitioner: string) =>
    `${amount} is reserved on your card, and charged when ${practitioner} confirms.`,
  taking: (amount: string) => `Taking the payment of ${amount}… This takes a moment.`,
  takingTitle: "Taking the payment…",
  againTitle: "Please pay again",
  againText: (amount: string, until: string) =>
    `Your session can be confirmed, but ${amount} could not be charged to your card. Please pay again by ${until}; until then it is held for you.`,
  reminder: "A reminder: this session is not paid for yet.",
  dueText: (amount: string) => `Please pay ${amount} for this session.`,
  paid: (amount: string) => `${amount} paid`,
  paidOtherwise: (amount: string) => `${amount} paid to the practice`,
  refunded: (amount: string) => `${amount} refunded`,
  refunding: (amount: string) => `${amount} refund on its way`,
  released: "Nothing was charged",
  letGo: "Nothing was charged. The amount is no longer reserved on your card.",
  open: (amount: string) => `${amount} not paid yet`,
  practitionerReserved: (amount: string) => `${amount} reserved, charged when you confirm`,
  practitionerTaking: (amount: string) => `${amount} is being taken`,
  waitingForClient: "Waiting for the client's payment",
  practitionerAgain: (client: string) =>
    `${client}'s card was declined, so we asked them to pay again. The session is confirmed as soon as they do.`,
  markPaid: "Mark as paid",
  refundTheirs: (client: string, amount: string) => `${client} is refunded ${amount}.`,
  refundByHand: (amount: string) => `You took this payment yourself. Please refund ${amount}.`,
  mailDue: (amount: string, url: string) => `Please pay ${amount}: ${url}`,
} as const;

/** What a cancellation gives back, before the tap (D5.6). */
export function refundWords({ refund, kept }: RefundDecision, locale: string): string {
  if (refund.minor === 0) return `${money(kept, locale)} is not refunded.`;
  const back = `You get ${money(refund, locale)} back`;
  return kept.minor === 0 ? `${back}.` : `${back}; ${money(kept, locale)} is kept.`;
}

/** Booking states in which no payment is due. */
const over: readonly BookingStatus[] = ["declined", "expired", "withdrawn", "cancelled", "late_cancelled"];

/** How the payment for a booking stands, in a word or two for one side. */
export function paymentName(
  payment: Payment,
  { status }: Pick<Booking, "status">,
  { role, locale }: { readonly role: "client" | "practitioner"; readonly locale: string },
): string {
  const { currency, state } = payment;
  const of = (minor: number) => money({ minor, currency }, locale);
  const amount = of(payment.amountMinor);
  switch (state) {
    case "authorised":
      return role === "practitioner" ? paymentWords.practitionerReserved(amount) : `${amount} reserved on your card`;
    case "capturing":
      return paymentWords.practitionerTaking(amount);
    case "paid":
      if (payment.refundMinor > payment.refundedMinor) return paymentWords.refunding(of(payment.refundMinor));
      return payment.by === "hand" ? paymentWords.paidOtherwise(amount) : paymentWords.paid(amount);
    case "refunded":
      if (payment.by === "hand" && role === "practitioner") return paymentWords.refundByHand(of(payment.refundedMinor));
      return paymentWords.refunded(of(payment.refundedMinor));
    case "releasing":
    case "released":
      return paymentWords.released;
    case "held":
    case "link_sent":
    case "closing":
    case "lapsed":
    case "failed":
      return over.includes(status) ? paymentWords.released : paymentWords.open(amount);
    default:
      return state satisfies never;
  }
}

/** The desk's own pages around the checkout. */
export const payPages = {
  paid: {
    title: "Thank you",
    text: "We are checking your payment. You can close this page and go back to the chat.",
  },
  back: {
    title: "Nothing was charged",
    text: "You left the payment. Go back to the chat to go on, or open the payment again.",
  },
  again: "Open the payment",
  over: {
    title: "Nothing to pay",
    text: "There is nothing left to pay. Go back to the chat to see your session.",
  },
  already: {
    title: "Already paid",
    text: "Your payment has arrived. You can close this page and go back to the chat.",
  },
  taken: {
    title: "This time is no longer free",
    text: "Nothing was charged. Go back to the chat to choose another time.",
  },
  unknown: {
    title: "This link does not work",
    text: "It may have been cut off when it was copied. Go back to the chat and press the button again.",
  },
  trouble: { title: "The payment page cannot be reached", text: "Nothing was charged. Please try again in a moment." },
} as const;

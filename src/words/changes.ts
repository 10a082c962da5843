import type { LateCost } from "../domain/policy.ts";
import { money } from "./money.ts";

/** What people read when a session is cancelled or moved. */
export const changeWords = {
  which: "Which session do you mean?",
  noneFits: "I found no session like that",
  noneFitsText: "These are yours:",
  none: "There is no session to change",
  noneText: "You have no upcoming session.",
  requestASession: "Request a session",
  myBookings: "My bookings",
  bookAnother: "Book another session",
  moment: "One moment…",
  reason: "Reason",
  reasonOptional: "Reason (optional)",
  message: (client: string) => `Message to ${client} (optional)`,
  reasonNeeded: "Please say why: the practice asks for a reason.",
  reasonTooLong: (most: number) => `Please keep it below ${most} characters.`,
  reasonHint: "Your practitioner reads the reason. Please write nothing about your health.",
  messageHint: "The client reads the message. Please write nothing about their health.",

  cancelTitle: "Cancel this session?",
  freeUntil: (moment: string) => `You can cancel freely until ${moment}.`,
  freeWas: (moment: string) => `It could be cancelled freely until ${moment}. Now it is late.`,
  justPassed: "The time for a free cancellation has passed just now. Please look again.",
  creditComesBack: (name: string) => `The session goes back to ${name}.`,
  creditExpired: (name: string) => `${name} is over, so the session comes back expired.`,
  costsCredit: (name: string) => `If you cancel now, the session from ${name} is lost.`,
  costsFee: (fee: string) => `If you cancel now, a fee of ${fee} applies.`,
  costsPrice: "If you cancel now, what was paid for it is not given back.",
  costsNothing: "It costs nothing all the same.",
  cancelAsPractitioner: (client: string) => `${client} is told in chat and by email. It costs them nothing.`,
  cancelYes: "Cancel session",
  cancelCredit: "Cancel and lose 1 session",
  cancelFee: (fee: string) => `Cancel (fee ${fee})`,
  cancelLate: "Cancel late",
  keep: "Keep it",

  cancelledTitle: "Cancelled",
  undoHint: "You can take this back for a minute.",
  undo: "Undo",
  creditBack: (name: string) => `The session is back in ${name}.`,
  creditLost: (name: string) => `The session from ${name} is lost: this was a late cancellation.`,
  feeOwed: (fee: string) => `A fee of ${fee} applies: this was a late cancellation.`,
  feeWaived: (fee: string) => `The fee of ${fee} was waived.`,
  lateNoted: "This was a late cancellation.",
  mailFollows: "The email with the calendar update follows.",
  toldClient: (client: string) => `${client} is told in a minute, in chat and by email.`,
  wasTold: (client: string) => `${client} has been told in chat and by email.`,
  restoredTitle: "Your session stands",
  restoredText: "The cancellation was taken back, as if it had never been.",

  blockedTitle: "It is too late to cancel here",
  blockedText: (moment: string, contact: string) =>
    `It could be cancelled until ${moment}. Please reach the practice at ${contact}.`,
  startedText: (contact: string) => `The session has begun. Please reach the practice at ${contact}.`,
  askTitle: "It is late to cancel",
  askText: (moment: string, practitioner: string) =>
    `It could be cancelled until ${moment}. You can ask ${practitioner} for an exception: until they answer, your session stays.`,
  ask: "Ask for an exception",
  askedCancelTitle: "You asked for an exception",
  askedMoveTitle: "You asked for another time",
  askedText: (practitioner: string, until: string) => `${practitioner} will answer by ${until}.`,
  oldTimeStays: "Your old time stays until then.",
  sessionStays: "Your session stays until then.",
  withdrawWish: "Withdraw the wish",
  sessions: "Sessions",
  overTitle: "This session has changed",
  standsAs: (status: string) => `It is ${status} now.`,
  gone: "This session is no longer in the books.",
} as const;

/** What a late cancellation means, in a sentence. */
export function costWords(cost: LateCost, packageName: string | undefined, locale: string): string {
  switch (cost.kind) {
    case "fee":
      return changeWords.costsFee(money(cost.amount, locale));
    case "credit":
      return changeWords.costsCredit(packageName ?? "your package");
    case "price":
      return changeWords.costsPrice;
    case "nothing":
      return changeWords.costsNothing;
    default:
      return cost satisfies never;
  }
}

/** The button that cancels: it carries the cost. */
export function cancelLabel(cost: LateCost | undefined, locale: string): string {
  switch (cost?.kind) {
    case "fee":
      return changeWords.cancelFee(money(cost.amount, locale));
    case "credit":
      return changeWords.cancelCredit;
    case "price":
      return changeWords.cancelLate;
    case "nothing":
    case undefined:
      return changeWords.cancelYes;
    default:
      return cost satisfies never;
  }
}

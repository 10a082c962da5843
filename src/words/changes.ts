import type { LateCost, OpenCost } from "../domain/policy.ts";
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
  priceKept: "This was a late cancellation: what was paid is not given back.",
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
  askedText: (practitioner: string, until: string) => `${practitioner} will answer by ${until}.`,
  oldTimeStays: "Your old time stays until then.",
  sessionStays: "Your session stays until then.",
  withdrawWish: "Withdraw the wish",
  reschedule: "Reschedule",
  move: "Move",
  cancel: "Cancel",
  noShow: "No-show",
  noShowUndo: "They did come",
  cameLate: "Came late",
  cameLateNoted: "It is noted that the client came late.",
  waiveFee: "Waive fee",
  feePaid: "Fee was paid",
  waiveCredit: "Give the session back",
  openFee: (fee: string) => `A fee of ${fee} is open.`,
  lostCredit: "The session from the package is lost.",
  keptMoney: (amount: string) => `${amount} of the payment was kept.`,
  giveBack: (amount: string) => `Give ${amount} back`,
  runningLate: "Running late",
  delayTitle: "How late will you be?",
  delayText: (other: string) => `${other} is told in chat.`,
  delay: (minutes: number) => `${minutes} min`,
  delayTold: (other: string, minutes: number) => `${other} knows that you are ${minutes} minutes late.`,
  askedFor: (when: string, until: string) => `You asked to move it to ${when}. You have an answer by ${until}.`,
  askedException: (until: string) => `You asked for an exception to cancel it. You have an answer by ${until}.`,
  wantsMove: (client: string, when: string) => `${client} asks to move it to ${when}.`,
  wantsException: (client: string) => `${client} asks to cancel it late.`,
  answerWish: "Answer",
  moveAsked: (client: string) => `${client} would like another time`,
  exceptionAsked: (client: string) => `${client} asks to cancel late`,
  writes: (name: string, words: string) => `${name} writes: ${words}`,
  answerBy: (until: string) => `Please answer by ${until}.`,
  bothHeld: "Until then both times are held.",
  exceptionMeans: "If you allow it, the session is cancelled at once and costs nothing.",
  newTime: "New time",
  newWay: "New way",
  approve: "Approve",
  keepOld: "Keep the old time",
  allow: "Allow",
  keepSession: "Keep",
  wishGone: "This wish is no longer there",
  wishGoneText: "There is nothing to decide any more.",
  ended: (kind: "move" | "cancel", state: keyof ReturnType<typeof endings>, client: string) =>
    endings(kind, client)[state],
  sessions: "Sessions",
  overTitle: "This session has changed",
  standsAs: (status: string) => `It is ${status} now.`,
  tookPlace: "It has taken place.",
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

/** What is left of a cost, the button that waives it, and the one that says a fee was paid. */
export function openCostWords(
  cost: OpenCost,
  locale: string,
): { readonly text: string; readonly waive: string; readonly paid?: string } {
  switch (cost.kind) {
    case "fee":
      return {
        text: changeWords.openFee(money(cost.amount, locale)),
        waive: changeWords.waiveFee,
        paid: changeWords.feePaid,
      };
    case "credit":
      return { text: changeWords.lostCredit, waive: changeWords.waiveCredit };
    case "kept": {
      const amount = money(cost.amount, locale);
      return { text: changeWords.keptMoney(amount), waive: changeWords.giveBack(amount) };
    }
    default:
      return cost satisfies never;
  }
}

/** How a wish ended, in the practitioner's words. */
function endings(kind: "move" | "cancel", client: string) {
  const told = `${client} has been told in chat and by email.`;
  const isMove = kind === "move";
  return {
    open: { title: "A wish is waiting", text: "It waits for your answer." },
    approved: {
      title: isMove ? "Moved" : "Exception allowed",
      text: isMove ? told : `The session is cancelled. ${told}`,
    },
    refused: { title: isMove ? "The old time stays" : "The session stays", text: told },
    expired: { title: "Not answered in time", text: `The session stays as it is. ${told}` },
    withdrawn: { title: "Taken back", text: `${client} took the wish back, or it was settled otherwise.` },
  } as const;
}

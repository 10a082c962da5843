import type { LateCost, OpenCost } from "../domain/policy.ts";
import { money } from "./money.ts";

/** Texts of cancellations and change requests. */
export const changeWords = {
  which: "Which session do you mean?",
  noneFits: "No session matches that",
  noneFitsText: "These are yours:",
  none: "No session to change",
  noneText: "You have no upcoming session.",
  requestASession: "Request a session",
  myBookings: "My bookings",
  bookAnother: "Book another session",
  moment: "One moment…",
  reason: "Reason",
  reasonOptional: "Reason (optional)",
  message: (client: string) => `Message to ${client} (optional)`,
  reasonNeeded: "Please give a reason. The practice asks for one.",
  reasonTooLong: (most: number) => `Please keep it below ${most} characters.`,
  reasonHint: "Your practitioner reads the reason. Please do not write about your health.",
  messageHint: "The client reads the message. Please do not write about their health.",

  cancelTitle: "Cancel this session?",
  freeUntil: (moment: string) => `You can cancel freely until ${moment}.`,
  freeWas: (moment: string) => `Free cancellation ended ${moment}.`,
  justPassed: "Free cancellation has ended meanwhile. Please check again.",
  creditComesBack: (name: string) => `The session goes back to ${name}.`,
  creditExpired: (name: string) => `${name} has ended, so the session comes back expired.`,
  costsCredit: (name: string) => `If you cancel now, the session from ${name} is lost.`,
  costsFee: (fee: string) => `If you cancel now, a fee of ${fee} applies.`,
  costsPrice: "If you cancel now, your payment is not refunded.",
  priceKept: "This was a late cancellation, so the payment is not refunded.",
  costsNothing: "Cancelling it costs you nothing.",
  cancelAsPractitioner: (client: string) => `${client} will be told in chat and by email. It costs them nothing.`,
  cancelYes: "Cancel session",
  cancelCredit: "Cancel and lose 1 session",
  cancelFee: (fee: string) => `Cancel (fee ${fee})`,
  cancelLate: "Cancel late",
  keep: "Keep it",

  cancelledTitle: "Cancelled",
  undoHint: "You can undo this for one minute.",
  undo: "Undo",
  creditBack: (name: string) => `The session is back in ${name}.`,
  creditLost: (name: string) => `The session from ${name} is lost because this was a late cancellation.`,
  feeOwed: (fee: string) => `A fee of ${fee} applies because this was a late cancellation.`,
  feeWaived: (fee: string) => `The fee of ${fee} was waived.`,
  lateNoted: "This was a late cancellation.",
  mailFollows: "The email with the calendar update follows.",
  toldClient: (client: string) => `${client} will be told in a minute, in chat and by email.`,
  wasTold: (client: string) => `${client} has been told in chat and by email.`,
  restoredTitle: "Your session is back",
  restoredText: "The cancellation was undone. The session is as it was.",
  changeEndsToo: (change: ChangeWaiting) => `${changeNamed(change)} ends with it.`,
  changeIsBack: (change: ChangeWaiting) =>
    change.role === "client"
      ? `${changeNamed(change)} is waiting again. You have an answer by ${change.until}.`
      : `${changeNamed(change)} is waiting for your answer again. Please answer by ${change.until}.`,
  youJustCancelled: "You have just cancelled this session. If you undo that, your request is waiting again.",
  justCancelled: (byPractitioner: boolean, client: string) =>
    byPractitioner
      ? "You have just cancelled this session. If you undo that, you can answer here again."
      : `${client} has just cancelled this session and can undo that for a minute. If they do, you can answer here again.`,

  blockedTitle: "It is too late to cancel here",
  blockedText: (moment: string, contact: string) =>
    `It could be cancelled until ${moment}. Please reach the practice at ${contact}.`,
  startedText: (contact: string) => `The session has already started. Please reach the practice at ${contact}.`,
  askTitle: "It is too late to cancel free of charge",
  askText: (moment: string, practitioner: string) =>
    `It could be cancelled until ${moment}. You can ask ${practitioner} for an exception: until they answer, your session stays.`,
  ask: "Ask for an exception",
  askedCancelTitle: "You asked for an exception",
  askedText: (practitioner: string, until: string) => `${practitioner} will answer by ${until}.`,
  oldTimeStays: "Your old time stays until then.",
  sessionStays: "Your session stays until then.",
  withdrawWish: "Cancel this change",
  reschedule: "Reschedule",
  move: "Move",
  cancel: "Cancel",
  noShow: "No-show",
  noShowUndo: "Undo no-show",
  cameLate: "Came late",
  cameLateNoted: "Noted: the client came late.",
  waiveFee: "Waive fee",
  feePaid: "Fee was paid",
  waiveCredit: "Return the session",
  openFee: (fee: string) => `A fee of ${fee} is open.`,
  lostCredit: "The session from the package is lost.",
  keptMoney: (amount: string) => `${amount} of the payment was kept.`,
  giveBack: (amount: string) => `Refund ${amount}`,
  runningLate: "Running late",
  delayTitle: "How late will you be?",
  delayAsk: (other: string, minutes: number) =>
    `Tell ${other} that you are ${minutes === 1 ? "1 minute" : `${minutes} minutes`} late?`,
  delayTell: (other: string) => `Tell ${other}`,
  delayText: (other: string) => `We will tell ${other} in chat.`,
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
  wishGone: "This request is no longer open",
  wishGoneText: "There is nothing left to decide.",
  ended: (kind: "move" | "cancel", state: keyof ReturnType<typeof endings>, client: string) =>
    endings(kind, client)[state],
  sessions: "Sessions",
  overTitle: "This session has changed",
  standsAs: (status: string) => `It is ${status} now.`,
  tookPlace: "It has taken place.",
  gone: "This session no longer exists.",
} as const;

/** A change request that waits, as sentences name it; `to` is the new time of a move, in words. */
export interface ChangeWaiting {
  readonly role: "client" | "practitioner";
  readonly client: string;
  readonly to?: string;
  readonly until: string;
}

function changeNamed({ role, client, to }: ChangeWaiting): string {
  const whose = role === "client" ? "Your" : `${client}'s`;
  return to === undefined ? `${whose} request for an exception` : `${whose} request to move it to ${to}`;
}

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

/** A button's label. Where a typed reason is on the card, it says that the reason goes to the other side. */
export function labelWithReason(label: string, reason: string | undefined, to: string): string {
  return reason === undefined || reason === "" ? label : `${label} and send this to ${to}`;
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

/** The open cost of a session, the button that waives it, and the one that marks a fee as paid. */
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

/** How a change request ended, for the practitioner. */
function endings(kind: "move" | "cancel", client: string) {
  const told = `${client} has been told in chat and by email.`;
  const isMove = kind === "move";
  return {
    open: { title: "A change request is waiting", text: "It is waiting for your answer." },
    approved: {
      title: isMove ? "Moved" : "Exception allowed",
      text: isMove ? told : `The session is cancelled. ${told}`,
    },
    refused: { title: isMove ? "The old time stays" : "The session stays", text: told },
    expired: { title: "Not answered in time", text: `The session stays as it is. ${told}` },
    withdrawn: { title: "Withdrawn", text: `${client} withdrew the change request, or the session was cancelled.` },
  } as const;
}

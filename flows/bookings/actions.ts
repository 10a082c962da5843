import { type Button, buttonOf } from "../../src/cards/card.ts";
import { joinLink } from "../../src/desk/booking/join-url.ts";
import { cutOffMs } from "../../src/domain/policy.ts";
import { answerWords } from "../../src/words/answers.ts";
import { bookWords } from "../../src/words/book.ts";
import { bookingsWords } from "../../src/words/bookings.ts";
import { changeWords } from "../../src/words/changes.ts";
import { moment } from "../../src/words/instants.ts";
import { money } from "../../src/words/money.ts";
import { paymentWords } from "../../src/words/payment.ts";
import type { DetailFacts } from "./facts.ts";
import type { BookingsEvent } from "./machine.ts";

const button = buttonOf<BookingsEvent>();

/** The actions on a session that this side may take now. */
export function detailActions(facts: DetailFacts): Button<BookingsEvent>[] {
  const { booking, nowMs } = facts;
  const join: Button<BookingsEvent>[] =
    booking.status === "confirmed" && booking.joinUrl !== undefined && booking.endsAtMs > nowMs
      ? [{ label: bookingsWords.join, style: "primary", action: joinLink(booking) }]
      : [];
  return [
    ...join,
    ...payAction(facts),
    ...(facts.role === "client" ? clientActions(facts) : theirActions(facts)),
    ...lateAction(facts),
    ...answersAction(facts),
  ];
}

function clientActions({ booking, nowMs, change }: DetailFacts): Button<BookingsEvent>[] {
  const isAhead = booking.startsAtMs > nowMs;
  const again = button(bookingsWords.bookAgain, { type: "again.wanted", serviceId: booking.serviceId });
  const reschedule = button(changeWords.reschedule, { type: "reschedule.wanted" });
  switch (booking.status) {
    case "requested":
      return [...(isAhead ? [reschedule] : []), button(bookingsWords.withdraw, { type: "withdrawal.asked" })];
    case "proposed":
      return [
        button(bookingsWords.proposedTimes, { type: "review.wanted" }, "primary"),
        button(bookingsWords.withdraw, { type: "withdrawal.asked" }),
      ];
    case "confirmed":
      return [
        ...(isAhead && change !== undefined ? [button(changeWords.withdrawWish, { type: "change.withdrawn" })] : []),
        ...(isAhead ? [reschedule, button(changeWords.cancel, { type: "cancel.wanted" }, "danger")] : []),
        again,
      ];
    default:
      return [again];
  }
}

function theirActions({ booking, nowMs, mayMark, cameLate, cost, change }: DetailFacts): Button<BookingsEvent>[] {
  const { status } = booking;
  if (status === "requested") return [button(bookingsWords.answer, { type: "review.wanted" }, "primary")];
  if (status === "proposed") return [button(bookingsWords.proposedTimes, { type: "review.wanted" })];
  const isHeld = status === "confirmed" || status === "completed";
  const isOpen = status === "confirmed";
  return [
    ...(change === undefined
      ? []
      : [button(changeWords.answerWish, { type: "change.opened", requestId: change.id }, "primary")]),
    ...(isOpen && nowMs < booking.startsAtMs ? [button(changeWords.move, { type: "reschedule.wanted" })] : []),
    ...(isOpen && nowMs < booking.endsAtMs ? [button(changeWords.cancel, { type: "cancel.wanted" }, "danger")] : []),
    ...(isHeld && mayMark ? [button(changeWords.noShow, { type: "absence.noted" })] : []),
    ...(isHeld && mayMark && !cameLate ? [button(changeWords.cameLate, { type: "lateness.noted" })] : []),
    ...(status === "no_show" && mayMark ? [button(changeWords.noShowUndo, { type: "absence.undone" })] : []),
    ...(cost === undefined ? [] : [button(cost.waive, { type: "cost.waived" })]),
  ];
}

/** For the client, the payment link. For the practitioner, the button for a payment outside the desk (D5.6). */
function payAction({ role, booking, payLink, mayMarkPaid, cost, locale }: DetailFacts): Button<BookingsEvent>[] {
  if (role === "practitioner")
    return mayMarkPaid ? [button(cost?.paid ?? paymentWords.markPaid, { type: "payment.marked" })] : [];
  const { price } = booking.frozen;
  if (payLink === undefined || price === undefined) return [];
  return [{ label: paymentWords.pay(money(price, locale)), style: "primary", action: payLink }];
}

function answersAction({ answers }: DetailFacts): Button<BookingsEvent>[] {
  return answers === 0 ? [] : [button(answerWords.show(answers), { type: "answers.wanted" })];
}

function lateAction({ maySayLate }: DetailFacts): Button<BookingsEvent>[] {
  return maySayLate ? [button(changeWords.runningLate, { type: "delay.wanted" })] : [];
}

/** What to know before changing a session: the cut-off, open change requests, and amounts due. */
export function detailNotes(facts: DetailFacts): string[] {
  const { booking, role, nowMs, change, cost, other, ownReader } = facts;
  const untilMs = cutOffMs({ startsAtMs: booking.startsAtMs, policy: booking.frozen.cancellation });
  const mayCancel = role === "client" && booking.status === "confirmed" && booking.startsAtMs > nowMs;
  return [
    ...(mayCancel && nowMs <= untilMs ? [bookWords.cancelUntil(moment(untilMs, ownReader))] : []),
    ...(mayCancel && nowMs > untilMs ? [changeWords.freeWas(moment(untilMs, ownReader))] : []),
    ...(change === undefined ? [] : [changeNote(facts)]),
    ...(cost === undefined ? [] : [cost.text]),
    ...(role === "practitioner" && facts.cameLate ? [changeWords.cameLateNoted] : []),
    ...(facts.toldLate === undefined ? [] : [changeWords.delayTold(other, facts.toldLate)]),
  ];
}

function changeNote({ change, role, other, reader, ownReader }: DetailFacts): string {
  if (change === undefined) return "";
  const when = moment(change.startsAtMs ?? 0, reader);
  const until = moment(change.respondByMs, ownReader);
  if (role === "client")
    return change.kind === "move" ? changeWords.askedFor(when, until) : changeWords.askedException(until);
  return change.kind === "move" ? changeWords.wantsMove(other, when) : changeWords.wantsException(other);
}

import type { ChangeRequest } from "../../db/store.ts";
import { buttonOf, type Card, type CardPart, type Fact } from "../../src/cards/card.ts";
import { reasonInput } from "../../src/choosing/reason.ts";
import { sessionFacts } from "../../src/choosing/session.ts";
import { waysOnPart } from "../../src/choosing/ways-on.ts";
import { withdrawalView } from "../../src/choosing/withdrawal.ts";
import type { BookingStatus } from "../../src/domain/booking.ts";
import { statusNames } from "../../src/words/bookings.ts";
import { type ChangeWaiting, cancelLabel, changeWords, costWords, labelWithReason } from "../../src/words/changes.ts";
import { moment } from "../../src/words/instants.ts";
import { money } from "../../src/words/money.ts";
import { paymentName, paymentWords, refundWords } from "../../src/words/payment.ts";
import type { CancelFacts } from "./facts.ts";
import type { CancelEvent } from "./machine.ts";

const button = buttonOf<CancelEvent>();

type Facts = CancelFacts | undefined;

/** Shown while something is looked up. No talk stays in this state. */
export function momentView(): Card<CancelEvent> {
  return { summary: changeWords.moment, title: changeWords.moment, parts: [waysOnPart("client")] };
}

/** Policy, cut-off and cost before the tap (D4.6, D4.7); the button says the cost too. */
export function reviewingView(facts: Facts): Card<CancelEvent> {
  if (facts === undefined) return overView(facts);
  const { role, other, reasonRequired, reason, locale, cost } = facts;
  const label =
    role === "practitioner"
      ? changeWords.message(other)
      : reasonRequired
        ? changeWords.reason
        : changeWords.reasonOptional;
  return {
    summary: changeWords.cancelTitle,
    title: changeWords.cancelTitle,
    parts: [
      ...(facts.justPassed && cost !== undefined ? [{ type: "text", text: changeWords.justPassed } as const] : []),
      { type: "facts", facts: sessionFacts(facts) },
      { type: "text", text: consequence(facts) },
      ...refundPart(facts),
      {
        type: "inputs",
        inputs: [reasonInput(label, reasonRequired, reason)],
        submit: button(labelWithReason(cancelLabel(cost, locale), reason, other), { type: "cancel.agreed" }, "danger"),
      },
      { type: "hint", text: role === "client" ? changeWords.reasonHint : changeWords.messageHint },
      { type: "buttons", role: "navigation", buttons: [button(changeWords.keep, { type: "cancel.dropped" })] },
    ],
  };
}

/** The refund (D5.6). */
function refundPart({ refund, role, other, locale }: CancelFacts): readonly CardPart<CancelEvent>[] {
  if (refund === undefined) return [];
  const back = money(refund.refund, locale);
  const text = role === "practitioner" ? paymentWords.refundTheirs(other, back) : refundWords(refund, locale);
  return [{ type: "text", text }];
}

function consequence(facts: CancelFacts): string {
  const { role, cost, ownReader, fromPackage, packageIsOver, locale } = facts;
  if (role === "practitioner") return changeWords.cancelAsPractitioner(facts.other);
  const cutOff = moment(facts.cutOffMs, ownReader);
  if (cost !== undefined) return `${changeWords.freeWas(cutOff)} ${costWords(cost, fromPackage?.name, locale)}`;
  const back =
    fromPackage === undefined
      ? []
      : [packageIsOver ? changeWords.creditExpired(fromPackage.name) : changeWords.creditComesBack(fromPackage.name)];
  return [changeWords.freeUntil(cutOff), ...back].join(" ");
}

/** A request is only withdrawn, without policy or cost. */
export function withdrawingView(facts: Facts): Card<CancelEvent> {
  if (facts === undefined) return overView(facts);
  return withdrawalView<CancelEvent>(
    { type: "facts", facts: sessionFacts(facts) },
    { yes: { type: "cancel.agreed" }, no: { type: "cancel.dropped" } },
  );
}

export function blockedView(facts: Facts): Card<CancelEvent> {
  if (facts === undefined) return overView(facts);
  const { booking, nowMs, contact } = facts;
  const text =
    nowMs >= booking.startsAtMs
      ? changeWords.startedText(contact)
      : changeWords.blockedText(moment(facts.cutOffMs, facts.ownReader), contact);
  return {
    summary: changeWords.blockedTitle,
    title: changeWords.blockedTitle,
    tone: "bad",
    parts: [{ type: "facts", facts: sessionFacts(facts) }, { type: "text", text }, waysOnPart(facts.role)],
  };
}

export function askingView(facts: Facts): Card<CancelEvent> {
  if (facts === undefined) return overView(facts);
  const label = facts.reasonRequired ? changeWords.reason : changeWords.reasonOptional;
  return {
    summary: changeWords.askTitle,
    title: changeWords.askTitle,
    parts: [
      { type: "facts", facts: sessionFacts(facts) },
      { type: "text", text: changeWords.askText(moment(facts.cutOffMs, facts.ownReader), facts.practitioner) },
      {
        type: "inputs",
        inputs: [reasonInput(label, facts.reasonRequired, facts.reason)],
        submit: button(
          labelWithReason(changeWords.ask, facts.reason, facts.other),
          { type: "exception.asked" },
          "primary",
        ),
      },
      { type: "hint", text: changeWords.reasonHint },
      { type: "buttons", role: "navigation", buttons: [button(changeWords.keep, { type: "cancel.dropped" })] },
    ],
  };
}

export function askedView(facts: Facts): Card<CancelEvent> {
  if (facts === undefined) return overView(facts);
  const until = moment(facts.change?.respondByMs ?? facts.booking.startsAtMs, facts.ownReader);
  return {
    summary: changeWords.askedCancelTitle,
    title: changeWords.askedCancelTitle,
    tone: "waiting",
    parts: [
      { type: "facts", facts: sessionFacts(facts) },
      { type: "text", text: `${changeWords.askedText(facts.practitioner, until)} ${changeWords.sessionStays}` },
      {
        type: "buttons",
        role: "actions",
        buttons: [button(changeWords.withdrawWish, { type: "change.withdrawn" })],
      },
      waysOnPart(facts.role),
    ],
  };
}

/** The session is cancelled. For a minute it can be undone (D4.9). */
export function cancelledView(facts: Facts): Card<CancelEvent> {
  if (facts === undefined) return overView(facts);
  const text = outcome(facts);
  return {
    summary: changeWords.cancelledTitle,
    title: changeWords.cancelledTitle,
    parts: [
      { type: "facts", facts: [...sessionFacts(facts), ...paymentFacts(facts)] },
      ...(text === "" ? [] : [{ type: "text", text } as const]),
      ...(facts.mayUndo && facts.change !== undefined
        ? [{ type: "text", text: changeWords.changeEndsToo(changeOf(facts, facts.change)) } as const]
        : []),
      ...(facts.mayUndo
        ? ([
            { type: "buttons", role: "actions", buttons: [button(changeWords.undo, { type: "undo.chosen" })] },
            { type: "hint", text: changeWords.undoHint },
          ] as const)
        : []),
      waysOnPart(facts.role),
    ],
  };
}

/** The refund's status. Within the undo minute nothing has been refunded yet. */
function paymentFacts({ payment, booking, role, mayUndo, locale }: CancelFacts): Fact[] {
  if (payment === undefined || mayUndo) return [];
  return [{ label: paymentWords.title, value: paymentName(payment, booking, { role, locale }) }];
}

function outcome(facts: CancelFacts): string {
  const { role, booking, cost, fromPackage, mayUndo, locale, other } = facts;
  if (role === "practitioner") {
    if (booking.cancelledBy !== "practitioner") return "";
    return mayUndo ? changeWords.toldClient(other) : changeWords.wasTold(other);
  }
  const name = fromPackage?.name ?? "";
  if (facts.waivedFee !== undefined) return changeWords.feeWaived(facts.waivedFee);
  switch (cost?.kind) {
    case "fee":
      return changeWords.feeOwed(money(cost.amount, locale));
    case "credit":
      return mayUndo || fromPackage?.standing === "forfeited"
        ? changeWords.creditLost(name)
        : changeWords.creditBack(name);
    case "price":
      return changeWords.priceKept;
    case "nothing":
      return changeWords.lateNoted;
    case undefined:
      if (fromPackage === undefined) return mayUndo ? "" : changeWords.mailFollows;
      if (facts.packageIsOver) return changeWords.creditExpired(name);
      return mayUndo ? changeWords.creditComesBack(name) : changeWords.creditBack(name);
    default:
      return cost satisfies never;
  }
}

export function restoredView(facts: Facts): Card<CancelEvent> {
  if (facts === undefined) return overView(facts);
  return {
    summary: changeWords.restoredTitle,
    title: changeWords.restoredTitle,
    tone: "good",
    parts: [
      { type: "facts", facts: sessionFacts(facts) },
      { type: "text", text: changeWords.restoredText },
      ...(facts.change === undefined
        ? []
        : [{ type: "text", text: changeWords.changeIsBack(changeOf(facts, facts.change)) } as const]),
      waysOnPart(facts.role),
    ],
  };
}

/** A change request as the two sentences about it need it. */
function changeOf({ role, client, ownReader }: CancelFacts, { startsAtMs, respondByMs }: ChangeRequest): ChangeWaiting {
  return {
    role,
    client,
    ...(startsAtMs === undefined ? {} : { to: moment(startsAtMs, ownReader) }),
    until: moment(respondByMs, ownReader),
  };
}

/** The session's present status. It can no longer be cancelled here. */
export function overView(facts: Facts): Card<CancelEvent> {
  return {
    summary: changeWords.overTitle,
    title: changeWords.overTitle,
    parts:
      facts === undefined
        ? [{ type: "text", text: changeWords.gone }]
        : [
            { type: "facts", facts: sessionFacts(facts) },
            { type: "text", text: standsAs(facts.booking.status) },
          ],
  };
}

function standsAs(status: BookingStatus): string {
  return status === "completed" ? changeWords.tookPlace : changeWords.standsAs(statusNames[status]);
}

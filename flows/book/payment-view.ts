import { type Button, buttonOf, type Card, type CardPart } from "../../src/cards/card.ts";
import { isSpent } from "../../src/domain/payment.ts";
import { bookWords } from "../../src/words/book.ts";
import { clockMoment, moment } from "../../src/words/instants.ts";
import { money } from "../../src/words/money.ts";
import { paymentWords } from "../../src/words/payment.ts";
import { momentView, offeringNearestView } from "./choosing-views.ts";
import type { BookContext } from "./context.ts";
import type { BookEvent } from "./events.ts";
import type { BookingFacts, payingFacts } from "./facts.ts";
import { sessionFacts } from "./session-words.ts";
import type { offeringNearestFacts } from "./time-facts.ts";
import { wayOut } from "./ways.ts";

const button = buttonOf<BookEvent>();

/** The payment step: the amount, when it is charged, and the link to the provider's page. */
export function payingView({ facts, progress, note }: Awaited<ReturnType<typeof payingFacts>>): Card<BookEvent> {
  if (facts === undefined) return momentView();
  const amount = amountOf(facts);
  const auto = facts.booking.frozen.confirmation === "auto";
  const held = facts.holdExpiresAtMs;
  return {
    summary: `${facts.booking.frozen.publicName}: ${paymentWords.title}`,
    title: paymentWords.title,
    step: progress,
    parts: [
      ...notePart(note),
      { type: "facts", facts: sessionFacts(facts) },
      {
        type: "text",
        text: auto ? paymentWords.chargedAtOnce(amount) : paymentWords.reservedNow(amount, facts.practitioner),
      },
      {
        type: "buttons",
        role: "actions",
        buttons: [...payButtons(facts), button(bookWords.changeTime, { type: "times.wanted" })],
      },
      {
        type: "hint",
        text: [
          paymentWords.payOutside,
          ...(held === undefined ? [] : [bookWords.heldUntil(clockMoment(held, facts.ownReader))]),
        ].join(" "),
      },
      { type: "hint", text: paymentWords.movesOn },
      wayOut,
    ],
  };
}

/** The result of looking up the payment, or that it is being looked up. */
export function notePart(note: BookContext["payNote"]): readonly CardPart<BookEvent>[] {
  switch (note) {
    case undefined:
      return [];
    case "looking":
      return [{ type: "text", text: paymentWords.looking }];
    case "missing":
      return [{ type: "text", text: paymentWords.notYet }];
    case "lapsed":
      return [{ type: "text", text: paymentWords.ranOut }];
    case "reminded":
      return [{ type: "text", text: paymentWords.reminder }];
    case "unplaced":
      return [{ type: "text", text: paymentWords.unplaced }];
    default:
      return note satisfies never;
  }
}

/** The payment link, and the button for "I have paid". Empty if nothing has to be paid. */
export function payButtons({ booking, payLink, locale }: BookingFacts): readonly Button<BookEvent>[] {
  const { price } = booking.frozen;
  if (payLink === undefined || price === undefined) return [];
  return [
    { label: paymentWords.pay(money(price, locale)), style: "primary", action: payLink },
    button(paymentWords.iHavePaid, { type: "payment.claimed" }),
  ];
}

/** The nearest times instead of a lost one, also if it was lost during payment. */
export function nearestOrUnplacedView({
  facts,
  note,
}: {
  readonly facts: Awaited<ReturnType<typeof offeringNearestFacts>>;
  readonly note: BookContext["payNote"];
}): Card<BookEvent> {
  const card = offeringNearestView(facts);
  return note === "unplaced" ? { ...card, parts: [...notePart(note), ...card.parts] } : card;
}

/** What is charged and when, shown before booking (D5.4). A package covers the price (D6.5). */
export function chargeWords(facts: BookingFacts): string | undefined {
  const { booking, practitioner, fromPackage } = facts;
  if (fromPackage !== undefined) return paymentWords.fromPackage;
  const { payment: rule, confirmation } = booking.frozen;
  switch (rule) {
    case undefined:
      return undefined;
    case "at_practice":
      return paymentWords.payAtPractice(amountOf(facts));
    case "after_approval":
      return paymentWords.payAfter(amountOf(facts));
    case "at_request":
      return confirmation === "auto"
        ? paymentWords.reservedChargedNow(amountOf(facts))
        : paymentWords.reservedUntilConfirmed(amountOf(facts), practitioner);
    default:
      return rule satisfies never;
  }
}

/** The payment's status of a request, if there is something to say. */
export function paymentLine(facts: BookingFacts): string | undefined {
  const { payment, practitioner, booking, ownReader } = facts;
  if (payment === undefined) return undefined;
  const amount = amountOf(facts);
  if (payment.state === "capturing") return paymentWords.taking(amount);
  if (payment.state === "paid") return paymentWords.paid(amount);
  if (payment.state === "releasing" || payment.state === "released") return paymentWords.letGo;
  if (payment.state === "authorised") return paymentWords.reserved(amount, practitioner);
  if (booking.status === "requested" && payment.approved)
    return paymentWords.againText(amount, moment(booking.respondByMs ?? booking.startsAtMs, ownReader));
  if (booking.status === "confirmed" && !isSpent(payment)) return paymentWords.dueText(amount);
  return undefined;
}

/** The title of an open request whose payment needs attention. */
export function paymentTitle({ payment, booking }: BookingFacts): string | undefined {
  if (payment?.state === "capturing") return paymentWords.takingTitle;
  const again = payment?.approved === true && payment.state !== "authorised" && booking.status === "requested";
  return again ? paymentWords.againTitle : undefined;
}

function amountOf({ booking, locale }: BookingFacts): string {
  const { price } = booking.frozen;
  return price === undefined ? "" : money(price, locale);
}

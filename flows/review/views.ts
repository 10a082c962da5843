import { buttonOf, type Card, type Tone } from "../../src/cards/card.ts";
import type { Payment } from "../../src/domain/payment.ts";
import { given } from "../../src/given.ts";
import { answerWords } from "../../src/words/answers.ts";
import { overTitles } from "../../src/words/bookings.ts";
import { moment } from "../../src/words/instants.ts";
import { paymentWords } from "../../src/words/payment.ts";
import { proposeWords } from "../../src/words/propose.ts";
import { reviewWords } from "../../src/words/review.ts";
import type { ReviewFacts } from "./facts.ts";
import { goneView } from "./gone-view.ts";
import type { ReviewEvent } from "./machine.ts";
import { counterParts, proposeButtons } from "./proposal-views.ts";
import { requestFacts } from "./request-facts.ts";

const button = buttonOf<ReviewEvent>();

type Facts = ReviewFacts | undefined;

export function decidingView(facts: Facts): Card<ReviewEvent> {
  if (facts === undefined) return goneView();
  const { booking, client, reader, payment } = facts;
  if (payment?.approved === true && payment.state !== "paid") return takingPaymentView(facts, payment);
  return {
    summary:
      booking.wish === undefined
        ? reviewWords.summary(client, moment(booking.startsAtMs, reader))
        : proposeWords.counterTitle(client),
    title: booking.wish === undefined ? reviewWords.title : proposeWords.counterTitle(client),
    tone: "waiting",
    parts: [
      ...(facts.nudged ? [{ type: "text", text: reviewWords.reminder } as const] : []),
      ...counterParts(facts),
      { type: "facts", facts: requestFacts(facts) },
      {
        type: "text",
        text: (facts.isHeld ? reviewWords.answerBy : reviewWords.answerByOnly)(
          moment(booking.respondByMs ?? booking.startsAtMs, reader),
        ),
      },
      {
        type: "buttons",
        role: "actions",
        buttons: [
          ...(facts.isHeld ? [button(reviewWords.confirm, { type: "confirm.chosen" }, "primary")] : []),
          ...proposeButtons(facts),
          button(reviewWords.decline, { type: "decline.chosen" }, "danger"),
          ...(facts.answers === 0 ? [] : [button(answerWords.show(facts.answers), { type: "answers.wanted" })]),
        ],
      },
    ],
  };
}

/** The practitioner accepted. The payment is being taken, or the client has to pay again. */
function takingPaymentView(facts: ReviewFacts, payment: Payment): Card<ReviewEvent> {
  const taking = payment.state === "capturing" || payment.state === "authorised";
  return {
    summary: `${paymentWords.takingTitle} ${facts.client}, ${moment(facts.booking.startsAtMs, facts.reader)}`,
    title: taking ? paymentWords.takingTitle : paymentWords.waitingForClient,
    tone: "waiting",
    parts: [
      { type: "facts", facts: requestFacts(facts) },
      ...(taking
        ? []
        : ([
            { type: "text", text: paymentWords.practitionerAgain(facts.client) },
            {
              type: "buttons",
              role: "actions",
              buttons: [button(reviewWords.decline, { type: "decline.chosen" }, "danger")],
            },
          ] as const)),
    ],
  };
}

export function givingReasonView(facts: Facts): Card<ReviewEvent> {
  if (facts === undefined) return goneView();
  return {
    summary: reviewWords.reasonTitle(facts.client),
    title: reviewWords.reasonTitle(facts.client),
    parts: [
      { type: "facts", facts: requestFacts(facts) },
      { type: "text", text: reviewWords.reasonText(facts.client) },
      {
        type: "inputs",
        inputs: [
          {
            id: "reason",
            label: reviewWords.reason,
            kind: "long_text",
            required: false,
            ...given({ value: facts.typedReason }),
          },
        ],
        submit: button(
          facts.typedReason === undefined ? reviewWords.decline : reviewWords.declineAndSend(facts.client),
          { type: "decline.agreed" },
          "danger",
        ),
      },
      { type: "buttons", role: "navigation", buttons: [button(reviewWords.back, { type: "went.back" })] },
    ],
  };
}

export function confirmedView(facts: Facts): Card<ReviewEvent> {
  const auto = facts?.booking.frozen.confirmation === "auto";
  const accepted = facts?.proposalEnd === "accepted";
  return ended(facts, "good", {
    title: auto ? reviewWords.autoTitle : reviewWords.confirmedTitle,
    text: auto ? reviewWords.autoText : accepted ? proposeWords.acceptedText : reviewWords.confirmedText,
  });
}

export function declinedView(facts: Facts): Card<ReviewEvent> {
  return ended(facts, "plain", { title: reviewWords.declinedTitle, text: reviewWords.declinedText });
}

export function expiredView(facts: Facts): Card<ReviewEvent> {
  return ended(
    facts,
    "bad",
    facts?.proposalEnd === "expired"
      ? { title: proposeWords.lapsedTitle, text: proposeWords.lapsedText }
      : { title: reviewWords.expiredTitle, text: reviewWords.expiredText },
  );
}

export function withdrawnView(facts: Facts): Card<ReviewEvent> {
  return ended(facts, "plain", { title: reviewWords.withdrawnTitle, text: reviewWords.withdrawnText });
}

export function overView(facts: Facts): Card<ReviewEvent> {
  const title = facts === undefined ? undefined : overTitles[facts.booking.status];
  return ended(facts, "plain", { title: title ?? reviewWords.overTitle });
}

function ended(
  facts: Facts,
  tone: Tone,
  words: { title: string; text?: (client: string) => string },
): Card<ReviewEvent> {
  if (facts === undefined) return goneView();
  return {
    summary: `${words.title}: ${facts.client}, ${moment(facts.booking.startsAtMs, facts.reader)}`,
    title: words.title,
    tone,
    parts: [
      { type: "facts", facts: requestFacts(facts) },
      ...(words.text === undefined ? [] : [{ type: "text", text: words.text(facts.client) } as const]),
    ],
  };
}

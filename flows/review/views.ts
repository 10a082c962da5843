import { button, type Card, type Fact, type Tone } from "../../src/cards/card.ts";
import { moment, otherZoneTime, sessionTime } from "../../src/words/instants.ts";
import { methodDetail, methodFor } from "../../src/words/methods.ts";
import { creditName, packageWords } from "../../src/words/packages.ts";
import { reviewWords } from "../../src/words/review.ts";
import type { ReviewFacts } from "./facts.ts";

type Facts = ReviewFacts | undefined;

export function decidingView(facts: Facts): Card {
  if (facts === undefined) return goneView();
  const { booking, client, reader } = facts;
  return {
    summary: reviewWords.summary(client, moment(booking.startsAtMs, reader)),
    title: reviewWords.title,
    tone: "waiting",
    parts: [
      ...(facts.nudged ? [{ type: "text", text: reviewWords.reminder } as const] : []),
      { type: "facts", facts: requestFacts(facts) },
      { type: "text", text: reviewWords.answerBy(moment(booking.respondByMs ?? booking.startsAtMs, reader)) },
      {
        type: "buttons",
        role: "actions",
        buttons: [
          button(reviewWords.confirm, { type: "confirm.chosen" }, "primary"),
          button(reviewWords.decline, { type: "decline.chosen" }, "danger"),
        ],
      },
    ],
  };
}

export function givingReasonView(facts: Facts): Card {
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
            ...(facts.typedReason === undefined ? {} : { value: facts.typedReason }),
          },
        ],
        submit: button(reviewWords.decline, { type: "decline.agreed" }, "danger"),
      },
      { type: "buttons", role: "navigation", buttons: [button(reviewWords.back, { type: "went.back" })] },
    ],
  };
}

export function confirmedView(facts: Facts): Card {
  const auto = facts?.booking.frozen.confirmation === "auto";
  return ended(facts, "good", {
    title: auto ? reviewWords.autoTitle : reviewWords.confirmedTitle,
    text: auto ? reviewWords.autoText : reviewWords.confirmedText,
  });
}

export function declinedView(facts: Facts): Card {
  return ended(facts, "plain", { title: reviewWords.declinedTitle, text: reviewWords.declinedText });
}

export function expiredView(facts: Facts): Card {
  return ended(facts, "bad", { title: reviewWords.expiredTitle, text: reviewWords.expiredText });
}

export function withdrawnView(facts: Facts): Card {
  return ended(facts, "plain", { title: reviewWords.withdrawnTitle, text: reviewWords.withdrawnText });
}

export function overView(facts: Facts): Card {
  return ended(facts, "plain", { title: reviewWords.overTitle });
}

export function goneView(): Card {
  return {
    summary: reviewWords.goneTitle,
    title: reviewWords.goneTitle,
    parts: [{ type: "text", text: reviewWords.goneText }],
  };
}

function ended(facts: Facts, tone: Tone, words: { title: string; text?: (client: string) => string }): Card {
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

function requestFacts({ booking, client, reader, clientZone, answers, fromPackage }: ReviewFacts): Fact[] {
  const other = otherZoneTime(booking, reader, clientZone);
  const { frozen } = booking;
  return [
    { label: reviewWords.client, value: client },
    { label: reviewWords.session, value: frozen.publicName },
    {
      label: reviewWords.when,
      value: other === undefined ? sessionTime(booking, reader) : `${sessionTime(booking, reader)} · ${other}`,
    },
    { label: reviewWords.how, value: methodFor("practitioner", frozen.method, frozen.location) },
    ...(frozen.location === undefined
      ? []
      : [{ label: reviewWords.where, value: methodDetail(frozen.method, frozen.location) }]),
    ...(fromPackage === undefined ? [] : [{ label: packageWords.fromPackage, value: creditName(fromPackage) }]),
    ...(answers === 0 ? [] : [{ label: reviewWords.form, value: reviewWords.answers(answers) }]),
  ];
}

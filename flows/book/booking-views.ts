import { button, type Card, type CardPart } from "../../src/cards/card.ts";
import { bookWords } from "../../src/words/book.ts";
import { clockMoment, moment } from "../../src/words/instants.ts";
import { cutOffWords, dayTime, leadOn, sessionFacts, someTimes, wayOut } from "./card-parts.ts";
import { momentView } from "./choosing-views.ts";
import type { BookingFacts, requestedFacts, reviewingFacts } from "./facts.ts";
import type { AgainFacts } from "./time-facts.ts";

type Reviewing = Awaited<ReturnType<typeof reviewingFacts>>;
type Requested = Awaited<ReturnType<typeof requestedFacts>>;

/** Everything once more before Confirm & book: what, when, how, what it costs, until when it may be cancelled. */
export function reviewingView({ facts, progress, otherMs }: Reviewing): Card {
  if (facts === undefined) return momentView();
  const { terms, formId } = facts.booking.frozen;
  return {
    summary: `${facts.booking.frozen.publicName}: ${bookWords.reviewTitle}`,
    title: bookWords.reviewTitle,
    step: progress,
    parts: [
      {
        type: "facts",
        facts: [
          ...sessionFacts(facts),
          ...(facts.answers === 0 ? [] : [{ label: bookWords.form, value: bookWords.answers(facts.answers) }]),
          ...(terms === undefined ? [] : [{ label: bookWords.terms, value: terms.text }]),
        ],
      },
      { type: "text", text: cutOffWords(facts) },
      {
        type: "buttons",
        role: "actions",
        buttons: [
          button(bookWords.confirmAndBook, { type: "booking.submitted" }, "primary"),
          ...(otherMs === undefined
            ? []
            : [
                button(bookWords.ratherAt(dayTime(otherMs, facts.reader)), {
                  type: "slot.chosen",
                  startsAtMs: otherMs,
                }),
              ]),
          button(bookWords.changeTime, { type: "times.wanted" }),
          ...(formId === undefined ? [] : [button(bookWords.changeAnswers, { type: "form.reopened" })]),
        ],
      },
      {
        type: "hint",
        text: [
          ...(terms === undefined ? [] : [bookWords.byBooking]),
          ...(facts.holdExpiresAtMs === undefined
            ? []
            : [bookWords.heldUntil(clockMoment(facts.holdExpiresAtMs, facts.ownReader))]),
        ].join(" "),
      },
      wayOut,
    ],
  };
}

export function waitingView({ facts, stillWaiting }: Requested): Card {
  if (facts === undefined) return goneView();
  const until = moment(facts.booking.respondByMs ?? facts.booking.startsAtMs, facts.ownReader);
  return {
    summary: stillWaiting
      ? bookWords.stillWaiting(facts.practitioner)
      : bookWords.waitingSummary(facts.booking.frozen.publicName, until),
    title: bookWords.waitingTitle,
    tone: "waiting",
    parts: [
      ...(stillWaiting ? [{ type: "text", text: bookWords.stillWaiting(facts.practitioner) } as const] : []),
      { type: "facts", facts: sessionFacts(facts) },
      { type: "text", text: bookWords.waitingText(facts.practitioner, until) },
      { type: "buttons", role: "actions", buttons: [button(bookWords.withdraw, { type: "withdrawal.asked" })] },
      leadOn,
    ],
  };
}

export function askingWithdrawalView({ facts }: Requested): Card {
  if (facts === undefined) return goneView();
  return {
    summary: bookWords.withdrawTitle,
    title: bookWords.withdrawTitle,
    parts: [
      { type: "facts", facts: sessionFacts(facts) },
      { type: "text", text: bookWords.withdrawText },
      {
        type: "buttons",
        role: "actions",
        buttons: [
          button(bookWords.withdrawYes, { type: "withdrawal.agreed" }, "danger"),
          button(bookWords.withdrawNo, { type: "withdrawal.dropped" }),
        ],
      },
    ],
  };
}

export function confirmedView({ facts }: Requested): Card {
  if (facts === undefined) return goneView();
  const { joinUrl } = facts.booking;
  return {
    summary: `${bookWords.confirmedTitle}: ${moment(facts.booking.startsAtMs, facts.reader)}`,
    title: bookWords.confirmedTitle,
    tone: "good",
    parts: [
      { type: "facts", facts: sessionFacts(facts) },
      { type: "text", text: `${bookWords.confirmedText} ${cutOffWords(facts)}` },
      ...(joinUrl === undefined
        ? []
        : [
            {
              type: "buttons",
              role: "actions",
              buttons: [{ label: bookWords.join, action: { url: joinUrl } }],
            } as const,
          ]),
      leadOn,
    ],
  };
}

export function declinedView({ facts, times }: AgainFacts): Card {
  if (facts === undefined) return goneView();
  const { reason } = facts.booking;
  return againCard(facts, times, {
    title: bookWords.declinedTitle,
    text: bookWords.declinedText(facts.practitioner),
    ...(reason === undefined ? {} : { more: bookWords.writes(facts.practitioner, reason) }),
  });
}

export function expiredView({ facts, times }: AgainFacts): Card {
  if (facts === undefined) return goneView();
  return againCard(facts, times, { title: bookWords.expiredTitle, text: bookWords.expiredText(facts.practitioner) });
}

export function withdrawnView({ facts }: Requested): Card {
  if (facts === undefined) return goneView();
  return {
    summary: bookWords.withdrawnTitle,
    title: bookWords.withdrawnTitle,
    parts: [{ type: "facts", facts: sessionFacts(facts) }, { type: "text", text: bookWords.withdrawnText }, leadOn],
  };
}

export function overView({ facts }: Requested): Card {
  return {
    summary: bookWords.overTitle,
    title: bookWords.overTitle,
    parts: facts === undefined ? [] : [{ type: "facts", facts: sessionFacts(facts) }],
  };
}

function againCard(
  facts: BookingFacts,
  times: readonly number[],
  words: { title: string; text: string; more?: string },
): Card {
  const fresh: CardPart[] =
    times.length === 0
      ? [{ type: "text", text: bookWords.noFresh(facts.contact) }]
      : [{ type: "text", text: bookWords.freshTimes }, ...someTimes(times, facts.reader, bookWords.freshTimes)];
  return {
    summary: words.title,
    title: words.title,
    tone: "bad",
    parts: [
      { type: "text", text: words.text },
      ...(words.more === undefined ? [] : [{ type: "text", text: words.more } as const]),
      { type: "facts", facts: sessionFacts(facts) },
      ...fresh,
      leadOn,
    ],
  };
}

/** A talk about a booking that is no longer in the books: nothing to show but a way on. */
function goneView(): Card {
  return { summary: bookWords.momentTitle, title: bookWords.momentTitle, parts: [leadOn] };
}

import { type Button, buttonOf, type Card, type CardPart } from "../../src/cards/card.ts";
import { dayTime, someTimes } from "../../src/choosing/time-views.ts";
import { withdrawalEvents, withdrawalView } from "../../src/choosing/withdrawal.ts";
import { joinLink } from "../../src/desk/booking/join-url.ts";
import { given } from "../../src/given.ts";
import { bookWords } from "../../src/words/book.ts";
import { overTitles } from "../../src/words/bookings.ts";
import { clockMoment, moment } from "../../src/words/instants.ts";
import { contactWords } from "../../src/words/people.ts";
import { proposalWords } from "../../src/words/propose.ts";
import { momentView } from "./choosing-views.ts";
import type { BookEvent } from "./events.ts";
import type { BookingFacts, requestedFacts, reviewingFacts } from "./facts.ts";
import { chargeWords, notePart, payButtons, paymentLine, paymentTitle } from "./payment-view.ts";
import { cutOffWords, sessionFacts } from "./session-words.ts";
import type { AgainFacts } from "./time-facts.ts";
import { leadOn, wayOut } from "./ways.ts";

const button = buttonOf<BookEvent>();

type Reviewing = Awaited<ReturnType<typeof reviewingFacts>>;
type Requested = Awaited<ReturnType<typeof requestedFacts>>;

/** Everything once more before Confirm & book: what, when, how, the price, and the cancellation cut-off. */
export function reviewingView({ facts, progress, otherMs, assumed }: Reviewing): Card<BookEvent> {
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
      ...textPart(chargeWords(facts)),
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
          ...(assumed === undefined ? [] : [button(bookWords.changeAssumed[assumed], { type: "assumption.dropped" })]),
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

export function waitingView({ facts, stillWaiting, note, further }: Requested): Card<BookEvent> {
  if (facts === undefined) return goneView();
  const aboutPayment = paymentTitle(facts);
  if (aboutPayment !== undefined) return paymentMatterView(facts, aboutPayment, note);
  const { wish } = facts.booking;
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
      ...textPart(paymentLine(facts)),
      ...textPart(wish === undefined ? undefined : proposalWords.wishedBefore(wish)),
      { type: "text", text: bookWords.waitingText(facts.practitioner, until) },
      ...furtherPart(further),
      {
        type: "buttons",
        role: "actions",
        buttons: [
          button(bookWords.withdraw, { type: "withdrawal.asked" }),
          button(contactWords.open, { type: "message.wanted" }),
        ],
      },
      leadOn,
    ],
  };
}

/** A request that its practitioner accepted. Its payment is being taken, or has to be made again. */
function paymentMatterView(facts: BookingFacts, title: string, note: Requested["note"]): Card<BookEvent> {
  const pay = payButtons(facts);
  return {
    summary: `${facts.booking.frozen.publicName}: ${title}`,
    title,
    tone: pay.length === 0 ? "waiting" : "bad",
    parts: [
      ...notePart(note),
      ...textPart(paymentLine(facts)),
      { type: "facts", facts: sessionFacts(facts) },
      ...(pay.length === 0
        ? []
        : [
            {
              type: "buttons",
              role: "actions",
              buttons: [...pay, button(bookWords.withdraw, { type: "withdrawal.asked" })],
            } as const,
          ]),
      leadOn,
    ],
  };
}

/** The further session that the same message wanted (W12). */
function furtherPart(further: string | undefined): readonly CardPart<BookEvent>[] {
  if (further === undefined) return [];
  const label = bookWords.further(further);
  return [{ type: "buttons", role: "choices", buttons: [button(label, { type: "further.wanted" })] }];
}

function textPart(text: string | undefined): readonly CardPart<BookEvent>[] {
  return text === undefined ? [] : [{ type: "text", text }];
}

export function askingWithdrawalView({ facts }: Requested): Card<BookEvent> {
  return facts === undefined
    ? goneView()
    : withdrawalView({ type: "facts", facts: sessionFacts(facts) }, withdrawalEvents);
}

export function confirmedView({ facts, note, further }: Requested): Card<BookEvent> {
  if (facts === undefined) return goneView();
  const { joinUrl } = facts.booking;
  const actions: Button<BookEvent>[] = [
    ...payButtons(facts),
    ...(joinUrl === undefined ? [] : [{ label: bookWords.join, action: joinLink(facts.booking) }]),
  ];
  return {
    summary: `${bookWords.confirmedTitle}: ${moment(facts.booking.startsAtMs, facts.reader)}`,
    title: bookWords.confirmedTitle,
    tone: "good",
    parts: [
      ...notePart(note),
      { type: "facts", facts: sessionFacts(facts) },
      ...textPart(paymentLine(facts)),
      { type: "text", text: `${bookWords.confirmedText} ${cutOffWords(facts)}` },
      ...furtherPart(further),
      ...(actions.length === 0 ? [] : [{ type: "buttons", role: "actions", buttons: actions } as const]),
      leadOn,
    ],
  };
}

export function declinedView({ facts, times }: AgainFacts): Card<BookEvent> {
  if (facts === undefined) return goneView();
  const { reason } = facts.booking;
  return againCard(facts, times, {
    title: bookWords.declinedTitle,
    text: bookWords.declinedText(facts.practitioner),
    ...given({ more: reason === undefined ? undefined : bookWords.writes(facts.practitioner, reason) }),
  });
}

export function expiredView({ facts, times, lapsed }: AgainFacts): Card<BookEvent> {
  if (facts === undefined) return goneView();
  if (lapsed) {
    const text = proposalWords.lapsedText(facts.practitioner);
    return againCard(facts, times, { title: proposalWords.lapsedTitle, text });
  }
  return againCard(facts, times, { title: bookWords.expiredTitle, text: bookWords.expiredText(facts.practitioner) });
}

export function withdrawnView({ facts }: Requested): Card<BookEvent> {
  if (facts === undefined) return goneView();
  return {
    summary: bookWords.withdrawnTitle,
    title: bookWords.withdrawnTitle,
    parts: [
      { type: "facts", facts: sessionFacts(facts) },
      { type: "text", text: bookWords.withdrawnText },
      ...textPart(paymentLine(facts)),
      leadOn,
    ],
  };
}

export function overView({ facts }: Requested): Card<BookEvent> {
  const status = facts?.booking.status ?? "completed";
  const title = overTitles[status] ?? bookWords.overTitle;
  return {
    summary: title,
    title,
    parts: facts === undefined ? [] : [{ type: "facts", facts: sessionFacts(facts) }],
  };
}

function againCard(
  facts: BookingFacts,
  times: readonly number[],
  words: { title: string; text: string; more?: string },
): Card<BookEvent> {
  const fresh: CardPart<BookEvent>[] =
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
      ...textPart(paymentLine(facts)),
      ...fresh,
      leadOn,
    ],
  };
}

/** A talk about a booking that no longer exists shows only navigation. */
function goneView(): Card<BookEvent> {
  return { summary: bookWords.momentTitle, title: bookWords.momentTitle, parts: [leadOn] };
}

import { type Button, buttonOf, type Card, type CardPart, type Input } from "../../src/cards/card.ts";
import { given } from "../../src/given.ts";
import { moment } from "../../src/words/instants.ts";
import { proposeWords } from "../../src/words/propose.ts";
import { reviewWords } from "../../src/words/review.ts";
import { causeWords } from "../../src/words/why-not-free.ts";
import { timeLabel } from "./best-times.ts";
import type { ProposingFacts, ReviewFacts } from "./facts.ts";
import { goneView } from "./gone-view.ts";
import type { ReviewEvent } from "./machine.ts";
import { requestFacts } from "./request-facts.ts";

const button = buttonOf<ReviewEvent>();

/** The client's reply to the times proposed before, and free times that fit it. */
export function counterParts(facts: ReviewFacts): CardPart<ReviewEvent>[] {
  const { booking, client, best } = facts;
  if (booking.wish === undefined) return [];
  const times = best?.best.map((ms) => timeLabel(ms, facts)).join("; ") ?? "";
  const fits = best?.fits === true ? proposeWords.fits(times) : best?.fits === false ? proposeWords.noneFits : "";
  return [
    { type: "text", text: [proposeWords.wish(client, booking.wish), fits].filter(Boolean).join(" ") },
    ...(facts.isHeld ? [] : [{ type: "text", text: askedGoneText(facts) } as const]),
    ...(facts.roundsLeft > 0 ? [] : [{ type: "text", text: proposeWords.roundsOver(client) } as const]),
  ];
}

function askedGoneText({ askedGone, reader }: ReviewFacts): string {
  if (askedGone === undefined) return proposeWords.askedGone;
  const { cause, startsAtMs } = askedGone;
  return `${proposeWords.askedGone} ${causeWords(cause, { ...given({ startsAtMs }), reader, side: "practitioner" })}`;
}

/** Why clients are not offered the selected times that they cannot book (D3.10). */
function outsideTexts({ outside, picked, reader }: ProposingFacts): string {
  return outside
    .filter(({ startsAtMs }) => picked.includes(startsAtMs))
    .flatMap(({ cause, startsAtMs }) =>
      cause === undefined ? [] : causeWords(cause, { startsAtMs, reader, side: "practitioner" }),
    )
    .join(" ");
}

/** The buttons for other times: those the client asked for with one tap, or a card to choose on. */
export function proposeButtons({ roundsLeft, best }: ReviewFacts): Button<ReviewEvent>[] {
  if (roundsLeft <= 0) return [];
  const fitting = best?.fits === true ? best.best : [];
  return [
    ...(fitting.length === 0
      ? []
      : [
          button(proposeWords.proposeThese(fitting.length), {
            type: "best.proposed",
            picked: fitting,
          }),
        ]),
    button(proposeWords.propose, { type: "propose.chosen" }),
  ];
}

/** The three best times, selected. Others may be typed. */
export function proposingView(facts: ProposingFacts | undefined): Card<ReviewEvent> {
  if (facts === undefined) return goneView();
  const { client, offered, refused, reader } = facts;
  const title = proposeWords.title(client);
  const outside = outsideTexts(facts);
  const why =
    refused?.cause && causeWords(refused.cause, { startsAtMs: refused.startsAtMs, reader, side: "practitioner" });
  const parts: CardPart<ReviewEvent>[] = [
    ...(refused === undefined
      ? []
      : [{ type: "text", text: [why ?? "", proposeWords.chooseAgain].join(" ").trim() } as const]),
    { type: "facts", facts: requestFacts(facts) },
    { type: "text", text: offered.length === 0 ? proposeWords.noTimes : proposeWords.text(client) },
    ...(outside === "" ? [] : [{ type: "text", text: outside } as const]),
    ...(offered.length === 0
      ? []
      : [
          {
            type: "inputs",
            inputs: proposalInputs(facts),
            submit: button(proposeWords.send, { type: "proposal.sent" }, "primary"),
          } as const,
        ]),
    { type: "hint", text: proposeWords.hint },
    { type: "buttons", role: "navigation", buttons: [button(proposeWords.back, { type: "went.back" })] },
  ];
  return { summary: title, title, parts };
}

function proposalInputs(facts: ProposingFacts): Input[] {
  const { offered, picked, isHeld, keepAsked, message } = facts;
  return [
    {
      id: "times",
      label: proposeWords.times,
      kind: "choices",
      required: true,
      help: proposeWords.upTo,
      options: offered.map((ms) => timeLabel(ms, facts)),
      value: offered.filter((ms) => picked.includes(ms)).map((ms) => timeLabel(ms, facts)),
    },
    ...(isHeld
      ? [
          {
            id: "keep",
            label: proposeWords.keep,
            kind: "choices",
            required: false,
            options: [proposeWords.keepOption],
            ...(keepAsked ? { value: [proposeWords.keepOption] } : {}),
          } as const,
        ]
      : []),
    {
      id: "message",
      label: proposeWords.message,
      kind: "long_text",
      required: false,
      ...(message === undefined || message === "" ? {} : { value: message }),
    },
  ];
}

/** Times outside one's own hours, notice or limits need this confirmation (D3.8). */
export function warningView(facts: ProposingFacts | undefined): Card<ReviewEvent> {
  if (facts === undefined) return goneView();
  const outside = facts.outside.map(({ startsAtMs }) => startsAtMs);
  const times = facts.picked.filter((ms) => outside.includes(ms)).map((ms) => timeLabel(ms, facts));
  return {
    summary: proposeWords.warningTitle,
    title: proposeWords.warningTitle,
    tone: "bad",
    parts: [
      { type: "text", text: `${outsideTexts(facts)} ${proposeWords.warningText(facts.client, times.length)}`.trim() },
      ...(facts.beyond === undefined ? [] : [{ type: "text", text: facts.beyond } as const]),
      ...(times.length === 0
        ? []
        : [{ type: "facts", facts: [{ label: proposeWords.times, value: times.join("; ") }] } as const]),
      {
        type: "buttons",
        role: "actions",
        buttons: [
          button(proposeWords.anyway, { type: "force.agreed" }, "danger"),
          button(proposeWords.back, { type: "went.back" }),
        ],
      },
    ],
  };
}

/**
 * The client has the times. Until they answer, the request can be declined, or confirmed if its own time is still held.
 */
export function proposedView(facts: ReviewFacts | undefined): Card<ReviewEvent> {
  if (facts === undefined) return goneView();
  const { booking, client, proposals, reader, isHeld } = facts;
  const times = proposals.map(({ startsAtMs }) => timeLabel(startsAtMs, facts));
  return {
    summary: proposeWords.proposedSummary(client),
    title: proposeWords.proposedTitle,
    tone: "waiting",
    parts: [
      {
        type: "facts",
        facts: [
          ...requestFacts(facts),
          ...(times.length === 0 ? [] : [{ label: proposeWords.proposedTimes, value: times.join("; ") }]),
          ...(booking.reason === undefined ? [] : [{ label: proposeWords.yourMessage, value: booking.reason }]),
        ],
      },
      {
        type: "text",
        text: [
          proposeWords.proposedText(client, moment(booking.respondByMs ?? booking.startsAtMs, reader)),
          ...(isHeld ? [proposeWords.askedKept] : []),
        ].join(" "),
      },
      {
        type: "buttons",
        role: "actions",
        buttons: [
          ...(isHeld ? [button(proposeWords.confirmAsked, { type: "confirm.chosen" }, "primary")] : []),
          button(reviewWords.decline, { type: "decline.chosen" }, "danger"),
        ],
      },
    ],
  };
}

import { type Button, buttonOf, type Card, type CardPart, type Fact } from "../../src/cards/card.ts";
import { sessionFacts, whenOf } from "../../src/choosing/session.ts";
import { dayTime } from "../../src/choosing/time-views.ts";
import { withdrawalEvents, withdrawalView } from "../../src/choosing/withdrawal.ts";
import { bookWords } from "../../src/words/book.ts";
import { changeWords } from "../../src/words/changes.ts";
import { moment, otherZoneTime } from "../../src/words/instants.ts";
import { contactWords } from "../../src/words/people.ts";
import { proposalWords } from "../../src/words/propose.ts";
import type { ProposalFacts } from "./facts.ts";
import type { ProposalEvent } from "./machine.ts";

const button = buttonOf<ProposalEvent>();

type Facts = ProposalFacts | undefined;

/** The proposed times, with a button each, and the alternatives to them. */
export function choosingView(facts: Facts): Card<ProposalEvent> {
  if (facts === undefined) return goneView();
  const { booking, practitioner } = facts;
  const title = proposalWords.title(practitioner);
  const parts: CardPart<ProposalEvent>[] = [
    ...(booking.reason === undefined
      ? []
      : [{ type: "text", text: proposalWords.writes(practitioner, booking.reason) } as const]),
    { type: "facts", facts: askedFacts(facts) },
    ...timeParts(facts),
    {
      type: "buttons",
      role: "actions",
      buttons: [
        button(proposalWords.none, { type: "none.suits" }),
        button(proposalWords.withdraw, { type: "withdrawal.asked" }),
      ],
    },
  ];
  return { summary: title, title, tone: "waiting", parts };
}

/** A time that words chose. Taking it needs a yes. */
export function agreeingView(facts: Facts): Card<ProposalEvent> {
  if (facts === undefined) return goneView();
  const { chosen } = facts;
  if (chosen === undefined) return choosingView(facts);
  return {
    summary: proposalWords.agreeTitle,
    title: proposalWords.agreeTitle,
    parts: [
      {
        type: "facts",
        facts: sessionFacts(facts).map((fact) =>
          fact.label === bookWords.when ? { label: proposalWords.time, value: whenOf(chosen, facts) } : fact,
        ),
      },
      {
        type: "buttons",
        role: "actions",
        buttons: [
          button(proposalWords.agree, { type: "time.accepted", startsAtMs: chosen.startsAtMs }, "primary"),
          button(proposalWords.back, { type: "went.back" }),
        ],
      },
    ],
  };
}

/** "Which times suit you?": typed, or one button for a direction such as earlier. */
export function suitingView(facts: Facts): Card<ProposalEvent> {
  if (facts === undefined) return goneView();
  const { practitioner, wish } = facts;
  const suits = (label: string) => button(label, { type: "wish.sent", wish: label.toLowerCase() });
  return {
    summary: proposalWords.suitTitle,
    title: proposalWords.suitTitle,
    parts: [
      { type: "text", text: proposalWords.suitText(practitioner) },
      ...(wish === undefined
        ? [
            {
              type: "buttons",
              role: "choices",
              label: proposalWords.suitTitle,
              buttons: [suits(proposalWords.earlier), suits(proposalWords.later), suits(proposalWords.otherDays)],
            } as const,
          ]
        : ([
            { type: "text", text: proposalWords.wished(wish) },
            {
              type: "buttons",
              role: "actions",
              buttons: [button(proposalWords.send, { type: "wish.sent", wish }, "primary")],
            },
          ] as const)),
      { type: "hint", text: proposalWords.suitHint },
      { type: "buttons", role: "navigation", buttons: [button(proposalWords.back, { type: "went.back" })] },
    ],
  };
}

/** After three rounds the times can still be taken. Otherwise the two people write to each other. */
export function lastRoundView(facts: Facts): Card<ProposalEvent> {
  if (facts === undefined) return goneView();
  return {
    summary: proposalWords.lastTitle,
    title: proposalWords.lastTitle,
    tone: "waiting",
    parts: [
      { type: "text", text: proposalWords.lastText(facts.practitioner, facts.contact) },
      { type: "facts", facts: askedFacts(facts) },
      ...timeParts(facts),
      {
        type: "buttons",
        role: "actions",
        buttons: [
          button(contactWords.open, { type: "message.wanted" }),
          button(proposalWords.withdraw, { type: "withdrawal.asked" }),
        ],
      },
    ],
  };
}

export function askingWithdrawalView(facts: Facts): Card<ProposalEvent> {
  return facts === undefined
    ? goneView()
    : withdrawalView({ type: "facts", facts: askedFacts(facts) }, withdrawalEvents);
}

/** Shown while something is looked up. No talk stays in this state. */
export function momentView(): Card<ProposalEvent> {
  return { summary: bookWords.momentTitle, title: bookWords.momentTitle, parts: [] };
}

export function goneView(): Card<ProposalEvent> {
  return {
    summary: changeWords.overTitle,
    title: changeWords.overTitle,
    parts: [{ type: "text", text: changeWords.gone }],
  };
}

function askedFacts(facts: ProposalFacts): Fact[] {
  return sessionFacts(facts).map((fact) =>
    fact.label === bookWords.when ? { label: proposalWords.asked, value: fact.value } : fact,
  );
}

function timeParts(facts: ProposalFacts): CardPart<ProposalEvent>[] {
  const { booking, times, ownReader } = facts;
  if (times.length === 0) return [{ type: "text", text: proposalWords.noneLeft }];
  const until = moment(booking.respondByMs ?? booking.startsAtMs, ownReader);
  return [
    { type: "text", text: proposalWords.text(until) },
    {
      type: "buttons",
      role: "choices",
      label: proposalWords.choices,
      buttons: times.map((time): Button<ProposalEvent> => acceptButton(time, facts)),
    },
  ];
}

function acceptButton(time: ProposalFacts["times"][number], facts: ProposalFacts): Button<ProposalEvent> {
  const own = dayTime(time.startsAtMs, facts.reader);
  const other = otherZoneTime(time, facts.reader, facts.otherZone);
  const label = proposalWords.accept(other === undefined ? own : `${own} · ${other}`);
  return {
    ...button(label, { type: "time.accepted", startsAtMs: time.startsAtMs }),
    spoken: proposalWords.accept(whenOf(time, facts)),
  };
}

import { type Button, buttonOf, type Card, type CardPart, type Fact } from "../../src/cards/card.ts";
import { newPriceFacts } from "../../src/choosing/new-price.ts";
import { reasonInput } from "../../src/choosing/reason.ts";
import { sessionFacts, whenOf } from "../../src/choosing/session.ts";
import { dayTime, fitsView, nearestView, timesView } from "../../src/choosing/time-views.ts";
import { waysOnPart } from "../../src/choosing/ways-on.ts";
import { methodKey } from "../../src/domain/practice.ts";
import { given } from "../../src/given.ts";
import { changeWords, labelWithReason } from "../../src/words/changes.ts";
import { moment } from "../../src/words/instants.ts";
import { methodDetail, methodFor, methodName } from "../../src/words/methods.ts";
import { movingWords } from "../../src/words/moving.ts";
import { packageWords } from "../../src/words/packages.ts";
import { causeWords } from "../../src/words/why-not-free.ts";
import type { RescheduleEvent } from "./events.ts";
import type { MethodsFacts, MovingFacts } from "./facts.ts";
import { overView } from "./outcome-views.ts";
import { seenAt } from "./seen-at.ts";

const button = buttonOf<RescheduleEvent>();

type Facts = MovingFacts | undefined;

/** The navigation of every step. */
const wayOut: CardPart<RescheduleEvent> = {
  type: "buttons",
  role: "navigation",
  buttons: [button(movingWords.back, { type: "went.back" }), button(movingWords.keep, { type: "move.dropped" })],
};

/** Shown while something is looked up. No talk stays in this state. */
export function momentView(): Card<RescheduleEvent> {
  return { summary: changeWords.moment, title: changeWords.moment, parts: [wayOut] };
}

/** Free times by day. */
export const choosingTimeView = timesView(wayOut);

/** The free times that fit the words. */
export const offeringFitsView = fitsView(wayOut);

/** The nearest times, if the wanted one is not free. */
export const offeringNearestView = nearestView(wayOut);

export function choosingMethodView({ service, methods, now }: MethodsFacts): Card<RescheduleEvent> {
  const present = methods.find(({ method }) => now !== undefined && methodKey(method) === methodKey(now.method));
  return {
    summary: `${service}: ${movingWords.methodTitle}`,
    title: movingWords.methodTitle,
    parts: [
      {
        type: "facts",
        facts: methods.map(({ method, location }) => ({
          label: methodName(method, location),
          value: methodDetail(method, location),
        })),
      },
      {
        type: "buttons",
        role: "choices",
        buttons: methods.map(({ method, location }) =>
          button(methodName(method, location), { type: "method.chosen", methodKey: methodKey(method) }),
        ),
      },
      ...(present === undefined
        ? []
        : [{ type: "hint", text: movingWords.methodNow(methodName(present.method, present.location)) } as const]),
      wayOut,
    ],
  };
}

export function noTimesView(facts: Facts): Card<RescheduleEvent> {
  const text =
    facts?.seen.role === "practitioner"
      ? movingWords.noTimesTheirs
      : movingWords.noTimesText(facts?.seen.contact ?? "");
  return {
    summary: movingWords.noTimes,
    title: movingWords.noTimes,
    parts: [
      { type: "text", text },
      { type: "buttons", role: "actions", buttons: [button(movingWords.lookAgain, { type: "times.wanted" })] },
      wayOut,
    ],
  };
}

/** Too late, or too often: the reason, and how to contact the practice. */
export function refusedView(facts: Facts): Card<RescheduleEvent> {
  if (facts === undefined) return overView(facts);
  const { seen, why } = facts;
  const because =
    why === "too-late"
      ? movingWords.tooLate(moment(facts.cutOffMs, seen.ownReader))
      : why === "too-often"
        ? movingWords.tooOften
        : movingWords.started;
  return {
    summary: movingWords.refusedTitle,
    title: movingWords.refusedTitle,
    tone: "bad",
    parts: [
      { type: "facts", facts: sessionFacts(seen) },
      { type: "text", text: seen.role === "client" ? `${because} ${movingWords.reach(seen.contact)}` : because },
      waysOnPart(facts.seen.role),
    ],
  };
}

/** From … to …, in both zones, before anything happens. */
export function reviewingView(facts: Facts): Card<RescheduleEvent> {
  if (facts === undefined) return overView(facts);
  const { seen, reason, reasonRequired, otherMs } = facts;
  const isClient = seen.role === "client";
  const label = isClient
    ? reasonRequired
      ? changeWords.reason
      : changeWords.reasonOptional
    : changeWords.message(seen.other);
  const others: Button<RescheduleEvent>[] = [
    ...(otherMs === undefined
      ? []
      : [button(movingWords.rather(dayTime(otherMs, seen.reader)), { type: "slot.chosen", startsAtMs: otherMs })]),
    button(movingWords.otherTimes, { type: "times.wanted" }),
  ];
  const moves = asks(facts) ? movingWords.ask : movingWords.confirm;
  const submit = button(labelWithReason(moves, reason, seen.other), { type: "move.agreed" }, "primary");
  return {
    summary: movingWords.reviewTitle,
    title: movingWords.reviewTitle,
    parts: [
      { type: "facts", facts: moveFacts(facts) },
      { type: "text", text: consequence(facts) },
      // An open request is only corrected, so no reason is asked for.
      ...(isClient && seen.booking.status === "requested"
        ? [{ type: "buttons", role: "actions", buttons: [submit, ...others] } as const]
        : ([
            { type: "inputs", inputs: [reasonInput(label, reasonRequired, reason)], submit },
            { type: "hint", text: isClient ? changeWords.reasonHint : changeWords.messageHint },
            { type: "buttons", role: "actions", buttons: others },
          ] as const)),
      wayOut,
    ],
  };
}

/** Whether the practitioner must answer before the session moves. */
function asks({ seen: { role, booking } }: MovingFacts): boolean {
  return role === "client" && booking.status === "confirmed" && booking.frozen.confirmation === "request";
}

function consequence(facts: MovingFacts): string {
  const { role, booking, practitioner, other } = facts.seen;
  if (role === "practitioner") return movingWords.tellsClient(other);
  if (booking.status === "requested") return movingWords.requestMoves(practitioner);
  return asks(facts) ? movingWords.isAsked(practitioner) : movingWords.movesAtOnce;
}

function moveFacts({ seen, to, frozen }: MovingFacts): Fact[] {
  const { booking, role, other } = seen;
  return [
    { label: movingWords.session, value: booking.frozen.publicName },
    { label: role === "client" ? movingWords.with : movingWords.client, value: other },
    { label: movingWords.from, value: whenOf(booking, seen) },
    ...(to === undefined ? [] : [{ label: movingWords.to, value: whenOf(to, seenAt(seen, frozen)) }]),
    { label: movingWords.how, value: methodFor(role, frozen.method, frozen.location) },
    ...newPriceFacts(seen, frozen),
  ];
}

/** A practitioner's second tap for a time that clients are not offered (D3.8). */
export function forcingView(facts: Facts): Card<RescheduleEvent> {
  if (facts === undefined) return overView(facts);
  const { beyond, notFree, seen, frozen } = facts;
  const title = beyond === undefined ? movingWords.forceTitle : packageWords.beyondTitle;
  const { reader } = seenAt(seen, frozen);
  const why =
    notFree &&
    causeWords(notFree.cause, { ...given({ startsAtMs: notFree.startsAtMs }), reader, side: "practitioner" });
  return {
    summary: title,
    title,
    tone: "bad",
    parts: [
      { type: "facts", facts: moveFacts(facts) },
      { type: "text", text: beyond ?? [why ?? "", movingWords.forceText].join(" ").trim() },
      {
        type: "buttons",
        role: "actions",
        buttons: [
          button(movingWords.force, { type: "move.forced" }, "danger"),
          button(movingWords.otherTimes, { type: "times.wanted" }),
        ],
      },
      wayOut,
    ],
  };
}

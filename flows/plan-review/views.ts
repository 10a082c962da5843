import { buttonOf, type Card, type Fact } from "../../src/cards/card.ts";
import { dayTime } from "../../src/choosing/time-views.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { given } from "../../src/given.ts";
import { moment } from "../../src/words/instants.ts";
import { methodDetail, methodFor } from "../../src/words/methods.ts";
import { planStatus, planWords, timeInZones } from "../../src/words/plan.ts";
import { reviewWords } from "../../src/words/review.ts";
import type { PlanReviewFacts } from "./facts.ts";
import type { PlanReviewEvent } from "./machine.ts";

const button = buttonOf<PlanReviewEvent>();

type Facts = PlanReviewFacts | undefined;

const isWaiting = ({ status }: Booking) => status === "requested";

/** All sessions of the plan, and the three ways to answer. After some were answered, the remaining ones. */
export function decidingView(facts: Facts): Card<PlanReviewEvent> {
  if (facts === undefined) return goneView();
  const { bookings, client, reader } = facts;
  const waiting = bookings.filter(isWaiting);
  const until = Math.min(...waiting.map(({ respondByMs, startsAtMs }) => respondByMs ?? startsAtMs));
  const isWhole = waiting.length === bookings.length;
  return {
    summary: planWords.reviewSummary(client, bookings.length),
    title: planWords.reviewTitle(bookings.length),
    tone: "waiting",
    parts: [
      ...(facts.nudged && waiting.length > 0
        ? [{ type: "text", text: planWords.reminder(waiting.length) } as const]
        : []),
      { type: "facts", facts: planFactsOf(facts) },
      ...(waiting.length === 0
        ? []
        : [
            { type: "text", text: planWords.answerBy(moment(until, reader)) } as const,
            {
              type: "buttons",
              role: "actions",
              buttons: [
                button(
                  isWhole ? planWords.confirmAll : planWords.confirmRest(waiting.length),
                  { type: "all.confirmed" },
                  "primary",
                ),
                button(planWords.oneByOne, { type: "one.wanted" }),
                button(
                  isWhole ? planWords.declineAll : planWords.declineRest(waiting.length),
                  { type: "decline.chosen" },
                  "danger",
                ),
              ],
            } as const,
          ]),
    ],
  };
}

/** Each open session, with a button that opens it. */
export function oneByOneView(facts: Facts): Card<PlanReviewEvent> {
  if (facts === undefined) return goneView();
  const { bookings, reader } = facts;
  const waiting = bookings.filter(isWaiting);
  return {
    summary: planWords.oneByOne,
    title: planWords.oneByOne,
    tone: "waiting",
    parts: [
      { type: "facts", facts: planFactsOf(facts) },
      { type: "text", text: planWords.oneByOneText },
      ...(waiting.length === 0
        ? []
        : [
            {
              type: "buttons",
              role: "choices",
              buttons: waiting.map(({ id, startsAtMs }) =>
                button(dayTime(startsAtMs, reader), { type: "request.opened", bookingId: id }),
              ),
            } as const,
          ]),
      { type: "buttons", role: "navigation", buttons: [button(planWords.back, { type: "went.back" })] },
    ],
  };
}

export function givingReasonView(facts: Facts): Card<PlanReviewEvent> {
  if (facts === undefined) return goneView();
  const { client, typedReason } = facts;
  const title = planWords.declineTitle(client);
  return {
    summary: title,
    title,
    parts: [
      { type: "facts", facts: planFactsOf(facts) },
      { type: "text", text: planWords.declineText(client) },
      {
        type: "inputs",
        inputs: [
          {
            id: "reason",
            label: planWords.reason,
            kind: "long_text",
            required: false,
            ...given({ value: typedReason }),
          },
        ],
        submit: button(reviewWords.decline, { type: "decline.agreed" }, "danger"),
      },
      { type: "buttons", role: "navigation", buttons: [button(planWords.back, { type: "went.back" })] },
    ],
  };
}

/** No session of it is open any more. */
export function answeredView(facts: Facts): Card<PlanReviewEvent> {
  if (facts === undefined) return goneView();
  const { bookings, client } = facts;
  const yes = bookings.filter(({ status }) => status === "confirmed" || status === "completed").length;
  const isAuto = bookings[0]?.frozen.confirmation === "auto";
  const isTakenBack = bookings.every(({ status }) => status === "withdrawn");
  const isAll = yes === bookings.length;
  const title = isTakenBack
    ? planWords.tookBackTitle
    : isAll
      ? (isAuto ? planWords.autoTitle : planWords.allConfirmed)(yes)
      : planWords.answered(yes, bookings.length);
  const text = isTakenBack ? planWords.tookBackText : isAuto ? planWords.autoText : planWords.answeredText;
  return {
    summary: `${title}: ${client}`,
    title,
    tone: isAll ? "good" : "plain",
    parts: [
      { type: "facts", facts: planFactsOf(facts) },
      { type: "text", text: text(client) },
    ],
  };
}

export function goneView(): Card<PlanReviewEvent> {
  return {
    summary: reviewWords.goneTitle,
    title: reviewWords.goneTitle,
    parts: [{ type: "text", text: reviewWords.goneText }],
  };
}

/** Who, what, how, and every session in both zones with its status. */
function planFactsOf(facts: PlanReviewFacts): Fact[] {
  const { bookings, client, reader, clientZone } = facts;
  const [first] = bookings;
  if (first === undefined) return [];
  const { frozen } = first;
  const isSettled = bookings.every(({ status }) => status === "confirmed");
  return [
    { label: planWords.client, value: client },
    { label: planWords.session, value: frozen.publicName },
    { label: planWords.how, value: methodFor("practitioner", frozen.method, frozen.location) },
    ...(frozen.location === undefined
      ? []
      : [{ label: planWords.where, value: methodDetail(frozen.method, frozen.location) }]),
    ...(facts.package === "" ? [] : [{ label: planWords.package, value: facts.package }]),
    ...bookings.map((booking, at) => {
      const time = timeInZones(booking, reader, clientZone);
      const status = isSettled ? undefined : planStatus[booking.status];
      return {
        label: planWords.numbered(at + 1, bookings.length),
        value: status === undefined ? time : `${time}: ${status}`,
      };
    }),
  ];
}

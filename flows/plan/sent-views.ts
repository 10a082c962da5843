import { buttonOf, type Card, type CardPart, type Fact } from "../../src/cards/card.ts";
import { moment } from "../../src/words/instants.ts";
import { methodFor } from "../../src/words/methods.ts";
import { planStatus, planWords, timeInZones } from "../../src/words/plan.ts";
import type { SentFacts } from "./facts.ts";
import type { PlanEvent } from "./machine.ts";

const button = buttonOf<PlanEvent>();

const isOpen = ({ status }: { status: string }) => status === "requested" || status === "proposed";

/** The requested sessions, each with its status. */
export function waitingView(facts: SentFacts): Card<PlanEvent> {
  const { bookings, practitioner, ownReader } = facts;
  const open = bookings.filter(isOpen);
  const until = Math.min(...open.map(({ respondByMs, startsAtMs }) => respondByMs ?? startsAtMs));
  const title = planWords.waitingTitle(open.length);
  return {
    summary: title,
    title,
    tone: "waiting",
    parts: [
      { type: "facts", facts: sentFactsOf(facts) },
      ...reasons(facts),
      ...(facts.stillWaiting ? [{ type: "text", text: planWords.stillWaiting(practitioner) } as const] : []),
      ...(open.length === 0
        ? []
        : [{ type: "text", text: planWords.waitingText(practitioner, moment(until, ownReader)) } as const]),
      {
        type: "buttons",
        role: "actions",
        buttons: [button(planWords.withdrawAll, { type: "withdrawal.asked" })],
      },
      bookingsPart,
    ],
  };
}

export function askingWithdrawalView({ bookings }: SentFacts): Card<PlanEvent> {
  const title = planWords.withdrawTitle(bookings.filter(isOpen).length);
  return {
    summary: title,
    title,
    parts: [
      { type: "text", text: planWords.withdrawText },
      {
        type: "buttons",
        role: "actions",
        buttons: [
          button(planWords.withdrawYes, { type: "withdrawal.agreed" }, "danger"),
          button(planWords.withdrawNo, { type: "withdrawal.dropped" }),
        ],
      },
    ],
  };
}

/** Every session is answered. */
export function answeredView(facts: SentFacts): Card<PlanEvent> {
  const { bookings } = facts;
  const yes = bookings.filter(({ status }) => status === "confirmed" || status === "completed").length;
  const isAll = yes === bookings.length && yes > 0;
  const isTakenBack = bookings.every(({ status }) => status === "withdrawn");
  const title = isTakenBack
    ? planWords.withdrawnTitle
    : isAll
      ? planWords.confirmedTitle(yes)
      : planWords.endedTitle(yes, bookings.length);
  return {
    summary: title,
    title,
    tone: isAll ? "good" : "plain",
    parts: [
      { type: "facts", facts: sentFactsOf(facts) },
      ...reasons(facts),
      ...(isTakenBack ? [{ type: "text", text: planWords.withdrawnText } as const] : []),
      ...(yes === 0 ? [] : [{ type: "text", text: planWords.confirmedText } as const]),
      ...(isAll
        ? []
        : [
            {
              type: "buttons",
              role: "actions",
              buttons: [button(planWords.planAgain, { type: "again.wanted" })],
            } as const,
          ]),
      bookingsPart,
    ],
  };
}

/** The practitioner's reasons for declining, without duplicates. */
function reasons({ bookings, practitioner }: SentFacts): CardPart<PlanEvent>[] {
  const written = new Set(bookings.flatMap(({ status, reason }) => (status === "declined" ? (reason ?? []) : [])));
  return [...written].map((reason) => ({ type: "text", text: planWords.writes(practitioner, reason) }));
}

function sentFactsOf({ bookings, practitioner, reader, otherZone }: SentFacts): Fact[] {
  const [first] = bookings;
  if (first === undefined) return [];
  const { frozen } = first;
  const allYes = bookings.every(({ status }) => status === "confirmed");
  return [
    { label: planWords.session, value: frozen.publicName },
    { label: planWords.with, value: practitioner },
    { label: planWords.how, value: methodFor("client", frozen.method, frozen.location) },
    ...bookings.map((booking, at) => {
      const status = allYes ? undefined : planStatus[booking.status];
      const time = timeInZones(booking, reader, otherZone);
      return {
        label: planWords.numbered(at + 1, bookings.length),
        value: status === undefined ? time : `${time}: ${status}`,
      };
    }),
  ];
}

const bookingsPart: CardPart<PlanEvent> = {
  type: "buttons",
  role: "navigation",
  buttons: [button(planWords.myBookings, { type: "bookings.wanted" }), button(planWords.home, { type: "home.wanted" })],
};

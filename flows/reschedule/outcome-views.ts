import { buttonOf, type Card } from "../../src/cards/card.ts";
import { sessionFacts, whenOf } from "../../src/choosing/session.ts";
import { waysOnPart } from "../../src/choosing/ways-on.ts";
import { overTitles, statusNames } from "../../src/words/bookings.ts";
import { changeWords } from "../../src/words/changes.ts";
import { moment } from "../../src/words/instants.ts";
import { movingWords } from "../../src/words/moving.ts";
import type { RescheduleEvent } from "./events.ts";
import type { MovingFacts } from "./facts.ts";
import { seenAt } from "./seen-at.ts";

const button = buttonOf<RescheduleEvent>();

type Facts = MovingFacts | undefined;

/** The session has its new time. */
export function movedView(facts: Facts): Card<RescheduleEvent> {
  if (facts === undefined) return overView(facts);
  const { seen } = facts;
  return {
    summary: `${movingWords.movedTitle}: ${moment(seen.booking.startsAtMs, seen.reader)}`,
    title: movingWords.movedTitle,
    tone: "good",
    parts: [
      { type: "facts", facts: sessionFacts(seen) },
      {
        type: "text",
        text: seen.role === "client" ? movingWords.movedText : movingWords.movedTheirs(seen.other),
      },
      waysOnPart(facts.seen.role),
    ],
  };
}

/** The change request waits for the practitioner. The old time stays until then. */
export function askedView(facts: Facts): Card<RescheduleEvent> {
  if (facts === undefined) return overView(facts);
  const { seen, open } = facts;
  const { booking, practitioner, ownReader } = seen;
  if (booking.status === "requested" || open?.startsAtMs === undefined) {
    const until = moment(booking.respondByMs ?? booking.startsAtMs, ownReader);
    return {
      summary: movingWords.requestMovedTitle,
      title: movingWords.requestMovedTitle,
      tone: "waiting",
      parts: [
        { type: "facts", facts: sessionFacts(seen) },
        { type: "text", text: movingWords.requestMovedText(practitioner, until) },
        waysOnPart(facts.seen.role),
      ],
    };
  }
  const to = { startsAtMs: open.startsAtMs, endsAtMs: open.endsAtMs ?? open.startsAtMs };
  const until = moment(open.respondByMs, ownReader);
  return {
    summary: movingWords.askedTitle,
    title: movingWords.askedTitle,
    tone: "waiting",
    parts: [
      {
        type: "facts",
        facts: [
          ...sessionFacts(seen),
          {
            label: movingWords.newTime,
            value: whenOf(to, open.frozen === undefined ? seen : seenAt(seen, open.frozen)),
          },
        ],
      },
      // The client's own cancellation that can still be undone (D4.9).
      ...(booking.cancelledBy === "client"
        ? ([{ type: "text", text: changeWords.youJustCancelled }] as const)
        : ([
            { type: "text", text: `${changeWords.askedText(practitioner, until)} ${changeWords.oldTimeStays}` },
            {
              type: "buttons",
              role: "actions",
              buttons: [button(changeWords.withdrawWish, { type: "change.withdrawn" })],
            },
          ] as const)),
      waysOnPart(facts.seen.role),
    ],
  };
}

/** The change request is closed: shows the session's present status. */
export function settledView(facts: Facts): Card<RescheduleEvent> {
  if (facts === undefined) return overView(facts);
  const { status } = facts.seen.booking;
  const title = status === "confirmed" ? movingWords.settledTitle : (overTitles[status] ?? changeWords.overTitle);
  return {
    summary: title,
    title,
    parts: [
      { type: "facts", facts: sessionFacts(facts.seen) },
      {
        type: "text",
        text: status === "confirmed" ? movingWords.settledText : changeWords.standsAs(statusNames[status]),
      },
      waysOnPart(facts.seen.role),
    ],
  };
}

export function overView(facts: Facts): Card<RescheduleEvent> {
  return {
    summary: changeWords.overTitle,
    title: changeWords.overTitle,
    parts:
      facts === undefined
        ? [{ type: "text", text: changeWords.gone }]
        : [
            { type: "facts", facts: sessionFacts(facts.seen) },
            { type: "text", text: changeWords.standsAs(statusNames[facts.seen.booking.status]) },
          ],
  };
}

import { type Button, buttonOf, type Card, type CardPart } from "../../src/cards/card.ts";
import { withdrawalEvents, withdrawalView } from "../../src/choosing/withdrawal.ts";
import { lateMinutes } from "../../src/desk/telling/running-late.ts";
import { bookWords } from "../../src/words/book.ts";
import { bookingsWords, statusNames } from "../../src/words/bookings.ts";
import { changeWords } from "../../src/words/changes.ts";
import { homeWords } from "../../src/words/home.ts";
import { moment, otherZoneTime, sessionTime, shortDay, slotLabel, zoneName } from "../../src/words/instants.ts";
import { methodDetail, methodFor } from "../../src/words/methods.ts";
import { money } from "../../src/words/money.ts";
import { bookedUse, packageWords } from "../../src/words/packages.ts";
import { paymentName, paymentWords } from "../../src/words/payment.ts";
import { detailActions, detailNotes } from "./actions.ts";
import type { DetailFacts, Listed, ListFacts } from "./facts.ts";
import type { BookingsEvent } from "./machine.ts";

const button = buttonOf<BookingsEvent>();

export function listingView(facts: ListFacts): Card<BookingsEvent> {
  const title = facts.past ? bookingsWords.pastTitle : bookingsWords.upcomingTitle;
  const empty = facts.past ? bookingsWords.nonePast : bookingsWords.noneUpcoming;
  const list: CardPart<BookingsEvent> =
    facts.sessions.length === 0
      ? { type: "text", text: empty }
      : { type: "buttons", role: "choices", buttons: sessionButtons(facts) };
  return {
    summary: facts.sessions.length === 0 ? empty : title,
    title,
    parts: [
      list,
      ...(facts.sessions.length === 0 ? [] : [{ type: "hint", text: zoneLine(facts) } as const]),
      {
        type: "buttons",
        role: "navigation",
        buttons: [
          ...(facts.page > 0 ? [button(bookingsWords.fewer, { type: "list.paged", page: 0 })] : []),
          ...(facts.hasMore ? [button(bookingsWords.more, { type: "list.paged", page: facts.page + 1 })] : []),
          facts.past
            ? button(bookingsWords.showUpcoming, { type: "upcoming.wanted" })
            : button(bookingsWords.showPast, { type: "past.wanted" }),
          ...(facts.role === "client" ? [button(bookingsWords.requestASession, { type: "book.wanted" })] : []),
          button(bookingsWords.home, { type: "home.wanted" }),
        ],
      },
    ],
  };
}

export function showingView(facts: DetailFacts | undefined): Card<BookingsEvent> {
  if (facts === undefined) return gonePart();
  const { booking } = facts;
  const open = booking.status === "requested";
  const actions = detailActions(facts);
  return {
    summary: `${booking.frozen.publicName}: ${statusNames[booking.status]}`,
    title: booking.frozen.publicName,
    tone: open ? "waiting" : booking.status === "confirmed" ? "good" : "plain",
    parts: [
      ...(facts.note === undefined ? [] : [{ type: "text", text: bookingsWords.notes[facts.note] } as const]),
      detailPart(facts),
      ...detailNotes(facts).map((text) => ({ type: "text", text }) as const),
      ...(actions.length === 0 ? [] : [{ type: "buttons", role: "actions", buttons: actions } as const]),
      {
        type: "buttons",
        role: "navigation",
        buttons: [
          button(bookingsWords.back, { type: "went.back" }),
          button(bookingsWords.home, { type: "home.wanted" }),
        ],
      },
    ],
  };
}

export function askingWithdrawalView(facts: DetailFacts | undefined): Card<BookingsEvent> {
  return facts === undefined ? gonePart() : withdrawalView(detailPart(facts), withdrawalEvents);
}

function detailPart({
  booking,
  other,
  role,
  colleague,
  reader,
  ownReader,
  otherZone,
  locale,
  fromPackage,
  payment,
}: DetailFacts): CardPart<never> {
  const { frozen } = booking;
  const elsewhere = otherZoneTime(booking, reader, otherZone);
  const when = sessionTime(booking, reader);
  return {
    type: "facts",
    facts: [
      { label: bookingsWords.status, value: statusNames[booking.status] },
      { label: role === "client" ? bookWords.practitioner : bookingsWords.client, value: other },
      ...(colleague === undefined ? [] : [{ label: bookWords.practitioner, value: colleague }]),
      { label: bookWords.when, value: elsewhere === undefined ? when : `${when} · ${elsewhere}` },
      { label: bookWords.how, value: methodFor(role, frozen.method, frozen.location) },
      ...(frozen.location === undefined
        ? []
        : [{ label: bookWords.where, value: methodDetail(frozen.method, frozen.location) }]),
      ...(fromPackage !== undefined
        ? [{ label: packageWords.package, value: bookedUse(fromPackage) }]
        : frozen.price === undefined
          ? []
          : [{ label: bookWords.price, value: money(frozen.price, locale) }]),
      ...(payment === undefined
        ? []
        : [{ label: paymentWords.title, value: paymentName(payment, booking, { role, locale }) }]),
      ...(booking.status === "requested" && booking.respondByMs !== undefined
        ? [{ label: bookingsWords.answerBy, value: moment(booking.respondByMs, ownReader) }]
        : []),
      ...(booking.reason === undefined ? [] : [{ label: bookingsWords.reason, value: booking.reason }]),
    ],
  };
}

/** The choice of a delay. The other side is notified. */
export function choosingDelayView(facts: DetailFacts | undefined): Card<BookingsEvent> {
  if (facts === undefined) return gonePart();
  const { saidLate, other } = facts;
  const title = saidLate === undefined ? changeWords.delayTitle : changeWords.delayAsk(other, saidLate);
  const chosen = (minutes: number) => ({ type: "delay.chosen", minutes }) as const;
  const said =
    saidLate === undefined
      ? []
      : [
          {
            type: "buttons",
            role: "actions",
            buttons: [button(changeWords.delayTell(other), chosen(saidLate), "primary")],
          } as const,
        ];
  return {
    summary: title,
    title,
    parts: [
      detailPart(facts),
      { type: "text", text: changeWords.delayText(other) },
      ...said,
      {
        type: "buttons",
        role: "choices",
        buttons: lateMinutes
          .filter((minutes) => minutes !== saidLate)
          .map((minutes) => button(changeWords.delay(minutes), chosen(minutes))),
      },
      { type: "buttons", role: "navigation", buttons: [button(bookingsWords.back, { type: "went.back" })] },
    ],
  };
}

/** One line for each session: when, what, with whom, and its status. */
function sessionButtons({ sessions, reader, past, nowMs }: ListFacts): Button<BookingsEvent>[] {
  const labels = sessions.map(({ booking, other }: Listed) => {
    const when = `${shortDay(booking.startsAtMs, reader)}, ${slotLabel(booking.startsAtMs, reader)}`;
    const isNow = !past && booking.startsAtMs < nowMs;
    const standing = isNow
      ? ` · ${bookingsWords.now}`
      : booking.status === "confirmed"
        ? ""
        : ` · ${statusNames[booking.status]}`;
    return `${when} · ${booking.frozen.publicName} · ${other}${standing}`;
  });
  return sessions.map(({ booking }, at) => {
    const label = labels[at] ?? "";
    const before = labels.slice(0, at).filter((earlier) => earlier === label).length;
    return button(before === 0 ? label : `${label} (${before + 1})`, { type: "booking.opened", bookingId: booking.id });
  });
}

function zoneLine({ reader }: ListFacts): string {
  return homeWords.timesIn(zoneName(reader.zone));
}

function gonePart(): Card<BookingsEvent> {
  return {
    summary: bookingsWords.gone,
    title: bookingsWords.details,
    parts: [
      { type: "text", text: bookingsWords.gone },
      { type: "buttons", role: "navigation", buttons: [button(bookingsWords.back, { type: "went.back" })] },
    ],
  };
}

import { type Button, buttonOf, type Card, type CardEvent, type CardPart } from "../cards/card.ts";
import { given } from "../given.ts";
import { bookWords } from "../words/book.ts";
import { clockTime, moment, type Reader, sameMoment, shortDay, slotLabel, zoneName } from "../words/instants.ts";
import { causeWords } from "../words/why-not-free.ts";
import type { FitsFacts, NearestFacts, TimesFacts } from "./time-facts.ts";

/** The events that the buttons of free times send. */
export type TimesEvent =
  | { type: "slot.chosen"; startsAtMs: number }
  | { type: "times.wanted" }
  | { type: "day.chosen"; day: string }
  | { type: "times.paged"; page: number };

const button = buttonOf<TimesEvent>();

/** Times of one day as choices: "09:00", spoken with their day. */
function timeButtons(startsAtMs: readonly number[], reader: Reader): Button<TimesEvent>[] {
  return startsAtMs.map((ms) => ({
    ...button(slotLabel(ms, reader), { type: "slot.chosen", startsAtMs: ms }),
    spoken: dayTime(ms, reader),
  }));
}

/** A few times on several days as choices, "Tue 3 Mar, 09:00", and a button to all other times. */
export function someTimes(startsAtMs: readonly number[], reader: Reader, label?: string): CardPart<TimesEvent>[] {
  const choices = startsAtMs.map((ms) => button(dayTime(ms, reader), { type: "slot.chosen", startsAtMs: ms }));
  return [
    ...(choices.length === 0
      ? []
      : [{ type: "buttons", role: "choices", ...given({ label }), buttons: choices } as const]),
    { type: "buttons", role: "actions", buttons: [button(bookWords.otherTimes, { type: "times.wanted" })] },
  ];
}

/** "Tue 3 Mar, 09:00". */
export function dayTime(ms: number, reader: Reader): string {
  return `${shortDay(ms, reader)}, ${slotLabel(ms, reader)}`;
}

/** Free times by day, with a strip of days above. `wayOut` is the last part of the card. */
export function timesView<Event extends CardEvent>(wayOut: CardPart<Event>) {
  return (facts: TimesFacts): Card<Event | TimesEvent> => {
    const { reader, times, days, otherZone } = facts;
    const shown = days.find((day) => day.shown);
    const dayName = shortDay(shown?.firstMs ?? 0, reader);
    const [first] = times;
    const other =
      otherZone === undefined || otherZone === reader.zone || first === undefined
        ? undefined
        : { zone: otherZone, locale: reader.locale };
    return {
      summary: bookWords.summaryOf(facts.service, bookWords.chooseTime),
      title: bookWords.chooseTime,
      ...given({ step: facts.progress }),
      parts: [
        ...(facts.away === undefined ? [] : [{ type: "text", text: facts.away } as const]),
        ...(facts.nextFreeMs === undefined
          ? []
          : [{ type: "text", text: bookWords.nextFree(moment(facts.nextFreeMs, reader)) } as const]),
        {
          type: "buttons",
          role: "switch",
          label: bookWords.days,
          buttons: [
            ...(facts.earlierDay === undefined
              ? []
              : [button(bookWords.earlierDays, { type: "day.chosen", day: facts.earlierDay })]),
            ...days.map(({ day, firstMs, shown: selected }) => ({
              ...button(shortDay(firstMs, reader), { type: "day.chosen", day }),
              ...(selected ? { selected: true as const } : {}),
            })),
            ...(facts.laterDay === undefined
              ? []
              : [button(bookWords.laterDays, { type: "day.chosen", day: facts.laterDay })]),
          ],
        },
        { type: "buttons", role: "choices", label: bookWords.times(dayName), buttons: timeButtons(times, reader) },
        ...(facts.page === 0 && !facts.hasMore
          ? []
          : [
              {
                type: "buttons",
                role: "navigation",
                buttons: [
                  ...(facts.page === 0
                    ? []
                    : [button(bookWords.earlierTimes, { type: "times.paged", page: facts.page - 1 })]),
                  ...(facts.hasMore
                    ? [button(bookWords.moreTimes, { type: "times.paged", page: facts.page + 1 })]
                    : []),
                ],
              } as const,
            ]),
        {
          type: "hint",
          text: [
            bookWords.timesIn(zoneName(reader.zone)),
            ...(other === undefined || first === undefined
              ? []
              : [bookWords.alsoIn(zoneName(other.zone), clockTime(first, other))]),
            bookWords.typeTime,
          ].join(" "),
        },
        wayOut,
      ],
    };
  };
}

/** The nearest free times, and why the wanted one is not free (D3.10). */
export function nearestView<Event extends CardEvent>(wayOut: CardPart<Event>) {
  return (facts: NearestFacts): Card<Event | TimesEvent> => {
    const { times, reader, said } = facts;
    const title = nearestTitle(facts);
    const rest = times.length === 0 ? bookWords.noNearest : said ? bookWords.nearestFree : bookWords.nearest;
    return {
      summary: bookWords.summaryOf(facts.service, title),
      title,
      tone: "bad",
      parts: [
        { type: "text", text: [...whyWords(facts), rest].join(" ") },
        ...someTimes(times, reader),
        { type: "hint", text: bookWords.timesIn(zoneName(reader.zone)) },
        wayOut,
      ],
    };
  };
}

function nearestTitle({ said, why }: NearestFacts): string {
  if (why?.cause.because === "not-offered") return bookWords.notOffered;
  if (said) return why?.startsAtMs === undefined ? bookWords.notFree : bookWords.timeNotFree;
  switch (why?.cause.because) {
    case undefined:
      return bookWords.chooseTime;
    case "just-booked":
    case "held":
      return bookWords.taken;
    case "too-soon":
      return bookWords.tooSoon;
    case "past":
      return bookWords.past;
    default:
      return bookWords.timeNotFree;
  }
}

/** The wanted time, unless the cause names it, and the cause. */
function whyWords({ said, understood, why, side, reader }: NearestFacts): string[] {
  const cause =
    why === undefined ? "" : causeWords(why.cause, { ...given({ startsAtMs: why.startsAtMs }), reader, side });
  const isNamed = !said || (cause !== "" && why?.startsAtMs !== undefined);
  const wanted = understood === "" ? bookWords.notFreeText : bookWords.notFreeAt(understood);
  return [...(isNamed ? [] : [wanted]), cause].filter((text) => text !== "");
}

/** The free times that fit a person's words: a few, each with its day and one button. */
export function fitsView<Event extends CardEvent>(wayOut: CardPart<Event>) {
  return (facts: FitsFacts): Card<Event | TimesEvent> => {
    const { times, reader } = facts;
    const title = facts.ambiguous ? bookWords.whichTime : bookWords.fitting;
    return {
      summary: bookWords.summaryOf(facts.service, title),
      title,
      ...given({ step: facts.progress }),
      parts: [
        ...(facts.understood === "" ? [] : [{ type: "text", text: bookWords.understood(facts.understood) } as const]),
        ...someTimes(times, reader),
        {
          type: "hint",
          text: [
            bookWords.timesIn(zoneName(reader.zone)),
            ...facts.saidIn.map(({ startsAtMs, zone }) => sameMoment(startsAtMs, reader, zone)),
            ...(facts.more ? [bookWords.moreFit] : []),
          ].join(" "),
        },
        wayOut,
      ],
    };
  };
}

import type { ParsedComponents, ParsedResult } from "chrono-node";
import { Chrono, configuration } from "chrono-node/en";
import { monthNames, monthOf, monthPattern } from "../names/vocabulary.ts";
import { civilOf, type Days, dayOf, monthDays, monthsAfter, nextDate, oneDay } from "./calendar.ts";
import type { Moment } from "./moment.ts";
import { type DaysFact, type Fact, type MissingFact, mark, markRange, rewrite, type Sentence } from "./sentence.ts";

/*
 * chrono only reads written dates ("3 March", "Oct. 23rd 2026", "5/17", "2026-03-04"): strict parsers, no clock, no
 * forward date, and only the components are used. The year and everything relative are computed here on the person's
 * calendar. chrono's day-first configuration reads "march 10" as March of 2010, so the month-first one always reads
 * month names.
 */
const monthFirst = new Chrono(configuration.createConfiguration(true, false));
const dayFirst = new Chrono(configuration.createConfiguration(true, true));
/**
 * The reference day for chrono. Any day works, because nothing relative is parsed. A leap year, so that 29 February
 * exists.
 */
const reference = new Date(Date.UTC(2028, 0, 1, 12));

/** Dates with a month: "March 3rd", "the 14th of April 2026", "5/17", "1-8 September", "3.4.", "in May". */
export function dates(sentence: Sentence, moment: Moment): Sentence {
  let read = dotted(oneForm(sentence), moment);
  for (const result of writtenDates(hideMarks(read.text), moment)) {
    if (!result.start.isCertain("month") || !standsAlone(read.text, result)) continue;
    const { index, text } = result;
    read = markRange(read, index, index + text.length, factsOf(result, moment));
  }
  return monthsAlone(missingDates(read, moment), moment);
}

/** The dates chrono finds, last first, so that replacing one keeps the positions of those before it. */
function writtenDates(text: string, moment: Moment): readonly ParsedResult[] {
  if (!/\d/.test(text)) return [];
  const named = monthFirst.parse(text, reference);
  const found = moment.dayFirst
    ? [
        ...named.filter((result) => /[a-z]/.test(result.text)),
        ...dayFirst.parse(text, reference).filter((result) => !/[a-z]/.test(result.text)),
      ]
    : named;
  return found.toSorted((a, b) => b.index - a.index);
}

const month = monthPattern;
/**
 * Spellings of a date that chrono does not know, each with the form it knows: "16. Nov. 2016", "May/22", "the 23rd day
 * of", "July the 8th".
 */
const forms: readonly (readonly [RegExp, (groups: readonly (string | undefined)[]) => string])[] = [
  [new RegExp(`\\b(\\d{1,2})(?:\\.|-) ?(?=(?:${month})\\b)`, "g"), ([, day]) => `${day} `],
  [new RegExp(`\\b(${month})(?:[.,/-] ?| , )(?=\\d)`, "g"), ([, name]) => `${name} `],
  [new RegExp(`\\b(${month}) the (?=\\d)`, "g"), ([, name]) => `${name} `],
  [new RegExp(`\\b(${month}) (\\d{1,2})(?:st|nd|rd|th)?,? of (?=\\d{4})`, "g"), ([, name, day]) => `${name} ${day} `],
  [/\b(\d{1,2}(?:st|nd|rd|th)) day of /g, ([, day]) => `${day} of `],
  [/(\d(?:st|nd|rd|th)?) (?:through|until|to|-) (?:the )?(?=\d{1,2}(?![\d:.]))/g, ([, day]) => `${day} to `],
  [
    new RegExp(
      `\\bbetween (?:the )?(\\d{1,2}(?:st|nd|rd|th)?) and (?:the )?(?=\\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:${month}))`,
      "g",
    ),
    ([, day]) => `${day} to `,
  ],
  [/(?<=\d)-(?=\d{1,2}\/\d)/g, () => " - "],
];

function oneForm(sentence: Sentence): Sentence {
  return forms.reduce((read, [pattern, to]) => rewrite(read, pattern, to), sentence);
}

const dateInWords = new RegExp(
  `\\b(?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?: of)? (${month})\\b(?:,? (\\d{4}))?|\\b(${month}) (\\d{1,2})(?:st|nd|rd|th)?(?![\\d:.]| ?[ap]m)(?:,? (\\d{4}))?`,
  "g",
);
const dateInNumbers =
  /(?<=^|\b(?:on|for|by|until|from|to|before|after|or|and)(?: the)? |<d\d+>,? )(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?(?![\d/])/g;

/** What looks like a date but was not read does not exist: "30 feb", "31/4". */
function missingDates(sentence: Sentence, moment: Moment): Sentence {
  const named = mark(sentence, dateInWords, ([, d1, m1, y1, m2, d2, y2]) =>
    missing(Number(d1 ?? d2), monthOf(m1 ?? m2), y1 ?? y2, moment),
  );
  return mark(named, dateInNumbers, ([, a, b, year]) => {
    const [first, second] = [Number(a), Number(b)];
    const [date, month] = (moment.dayFirst && second <= 12) || first > 12 ? [first, second] : [second, first];
    return missing(date, month, year, moment);
  });
}

/** A day beyond the end of its month, with the last day of that month as the nearest; undefined for other numbers. */
function missing(
  date: number,
  month: number,
  yearSaid: string | undefined,
  { today }: Moment,
): MissingFact | undefined {
  if (date < 1 || date > 39 || month < 1 || month > 12) return undefined;
  const now = civilOf(today);
  const year = yearSaid === undefined ? now.year + (month < now.month ? 1 : 0) : Number(yearSaid);
  const last = monthDays(year, month).to - 1;
  return date <= civilOf(last).day || last < today
    ? undefined
    : { kind: "missing", nearest: { kind: "days", ...oneDay(last), named: "date" } };
}

/** Replaces marks, and time words that are no dates, with as many characters that occur in no date. */
function hideMarks(text: string): string {
  return text.replace(
    /<[a-z]\d+>|\b(?:at|around|from|in|for|on|days?|weeks?|months?|years?|hours?|minutes?)\b/g,
    (found) => "_".repeat(found.length),
  );
}

/** A slash number within something longer ("8/1.5", "112/2108", "24/7") is no date. */
function standsAlone(text: string, { index, text: found }: ParsedResult): boolean {
  const before = text[index - 1] ?? " ";
  const after = text.slice(index + found.length);
  if (/[\d./$\w-]/.test(before) || /^(?:[./-]?\d|%|\w)/.test(after)) return false;
  return found !== "24/7" && !/^ (?:of|an?|hours?|cups?)\b/.test(after);
}

/** The days of a date. A past date is removed and wants nothing. */
function factsOf(result: ParsedResult, moment: Moment): readonly Fact[] {
  const from = isBackwards(result) ? monthBefore(result, moment) : daysOf(result.start, moment);
  if (from === undefined) return [{ kind: "nothing", why: "past" }];
  const start: DaysFact = { kind: "days", ...from, named: from.to - from.from > 1 ? "period" : "date" };
  if (result.end) {
    const to = daysOf(result.end, { ...moment, today: from.from });
    // "April 27th to the 3rd" ends in May. A parser of single dates does not see that.
    const end = to && to.from - from.from > 300 ? oneDay(monthsAfter(to.from, -11)) : to;
    return end ? [start, { kind: "days", ...end, named: "date" }] : [start];
  }
  const other = otherOrder(result, from, moment);
  return [other === undefined ? start : { ...start, other: { why: "day-month", ...other } }];
}

/** "28 to 3 March": both days stand before one month, and the first is the later one. */
function isBackwards({ text, start, end }: ParsedResult): boolean {
  const [first, last] = [start.get("day"), end?.get("day") ?? null];
  return (
    /^(?:the )?\d{1,2}[a-z]{0,2} ?(?:-|to) ?(?:the )?\d/.test(text) && first !== null && last !== null && first > last
  );
}

/** In days. A longer range across two months is named with both. */
const longestAcross = 15;

/**
 * The first of two days that stand in the wrong order is in the month before: 28 February. Undefined: it is past, or
 * so long before the last that the days were rather mixed up.
 */
function monthBefore({ start, end }: ParsedResult, moment: Moment): Days | undefined {
  const last = end && daysOf(end, moment);
  const { year, month } = civilOf(last?.from ?? moment.today);
  const day = last && dayOf(year, month - 1, start.get("day") ?? 0);
  const isMeant = last !== undefined && day !== undefined && day >= moment.today && last.to - day <= longestAcross;
  return isMeant ? oneDay(day) : undefined;
}

function daysOf(components: ParsedComponents, { today }: Moment): Days | undefined {
  const month = components.get("month");
  const date = components.get("day");
  if (month === null || !components.isCertain("month")) return undefined;
  const year = components.isCertain("year") ? components.get("year") : null;
  if (!components.isCertain("day") || date === null) {
    return year === null ? undefined : monthDays(year, month);
  }
  const day = year === null ? nextDate(today, month, date) : dayOf(year, month, date);
  // A past date, or a number that only looks like a date of long ago, is never meant.
  return day === undefined || day < today ? undefined : oneDay(day);
}

/** "3/4" in the other order of day and month, if that is a future day too. */
function otherOrder(result: ParsedResult, { from }: Days, { today }: Moment): Days | undefined {
  const numbers = /^(\d{1,2})[/.-](\d{1,2})\b/.exec(result.text)?.slice(1, 3).map(Number);
  if (numbers === undefined || /[a-z]/.test(result.text)) return undefined;
  const { month, day: date } = civilOf(from);
  if (month === date || date > 12) return undefined;
  const day = nextDate(today, date, month);
  return day === undefined ? undefined : oneDay(day);
}

/** "3.4." and "on 5.12": chrono knows dotted dates with a year only. */
function dotted(sentence: Sentence, moment: Moment): Sentence {
  return mark(
    sentence,
    /\b(\d{1,2})\.(\d{1,2})\.(?!\d)(?: ?(\d{4}))?|(?<=\b(?:on|for|in|by) )(\d{1,2})\.(\d{1,2})(?![\d.%]| ?(?:[ap]m|<|-))/g,
    ([, a1, b1, year, a2, b2]) => {
      const [first, second] = [Number(a1 ?? a2), Number(b1 ?? b2)];
      // A dot after the month marks the day-first order.
      const dayComesFirst = a1 !== undefined || moment.dayFirst;
      const [date, month] = (dayComesFirst && second <= 12) || first > 12 ? [first, second] : [second, first];
      const day = year === undefined ? nextDate(moment.today, month, date) : dayOf(Number(year), month, date);
      return month > 12 || day === undefined ? undefined : { kind: "days", ...oneDay(day), named: "date" };
    },
  );
}

/** "in March", "next December", "October 2026". "May" and "March" are months only after a word that introduces one. */
function monthsAlone(sentence: Sentence, { today }: Moment): Sentence {
  const plain = monthNames.filter((name) => name !== "may" && name !== "march").join("|");
  const pattern = new RegExp(
    `(?<=\\b(?:in|during|of|by|until|before|after|since|mid|early|late|through|month of|to|from)[ -])(?:(next|this) )?(${month})\\b(?:,? (?:of )?(\\d{4}))?(?! \\d)|\\b(next|this) (march|may)\\b(?= ?(?:$|[.,?!]|<))|\\b(?:(next|this) )?(${plain}|(?:march|may)(?=,? \\d{4}\\b))\\b(?:,? (?:of )?(\\d{4})\\b)?(?! \\d)`,
    "g",
  );
  const years = mark(sentence, /(?<=\b(?:of|in) )(20\d{2})\b(?! \d)/g, ([, year]) => ({
    kind: "days",
    from: monthDays(Number(year), 1).from,
    to: monthDays(Number(year) + 1, 1).from,
    named: "period",
  }));
  return mark(years, pattern, ([, , m1, y1, , m2, , m3, y3]) => {
    const month = monthOf(m1 ?? m2 ?? m3);
    const { year, month: current } = civilOf(today);
    const said = y1 ?? y3;
    const days = monthDays(said === undefined ? year + (month < current ? 1 : 0) : Number(said), month);
    return days.to > today ? { kind: "days", ...days, named: "period" } : { kind: "nothing", why: "past" };
  });
}

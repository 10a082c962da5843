import type { ParsedComponents, ParsedResult } from "chrono-node";
import { Chrono, configuration } from "chrono-node/en";
import { monthNames, monthOf, monthPattern } from "../names/vocabulary.ts";
import { civilOf, type Days, dayOf, monthDays, monthsAfter, nextDate, oneDay } from "./calendar.ts";
import type { Moment } from "./moment.ts";
import { type DaysFact, type Fact, mark, type Sentence } from "./sentence.ts";

/*
 * chrono reads dates written out ("3 March", "Oct. 23rd 2026", "5/17", "2026-03-04"), and only those: the strict
 * parsers, no clock, no forward date, and only components are read. Which year is meant, and everything relative,
 * is this room's own arithmetic on the person's calendar.
 */
const monthFirst = new Chrono(configuration.createConfiguration(true, false));
const dayFirst = new Chrono(configuration.createConfiguration(true, true));
/** Any fixed day will do, as nothing relative is asked; of a leap year, so that 29 February exists. */
const reference = new Date(Date.UTC(2028, 0, 1, 12));

/** Dates with a month: "March 3rd", "the 14th of April 2026", "5/17", "1-8 September", "3.4.". */
export function dates(sentence: Sentence, moment: Moment): Sentence {
  const parser = moment.dayFirst ? dayFirst : monthFirst;
  let read = dotted(unpunctuated(sentence), moment);
  for (const result of parser.parse(hideMarks(read.text), reference).toReversed()) {
    if (!result.start.isCertain("month")) continue;
    const facts = factsOf(result, moment);
    if (standsAlone(read.text, result)) read = replaceAt(read, result, facts);
  }
  return monthsAlone(read, moment);
}

/** "16. Nov. 2016", "September.16th", "the 23rd day of", "July the 8th": written so that chrono knows them. */
function unpunctuated(sentence: Sentence): Sentence {
  const month = monthPattern;
  return {
    ...sentence,
    text: sentence.text
      .replace(new RegExp(`\\b(\\d{1,2})\\. ?(?=(?:${month})\\b)`, "g"), "$1 ")
      .replace(new RegExp(`\\b(${month})[.,/-] ?(?=\\d)`, "g"), "$1 ")
      .replace(new RegExp(`\\b(${month}) (?:the )(?=\\d)`, "g"), "$1 ")
      .replace(new RegExp(`\\b(${month}) (\\d{1,2})(?:st|nd|rd|th)?,? of (?=\\d{4})`, "g"), "$1 $2 ")
      .replace(/\b(\d{1,2}(?:st|nd|rd|th)) day of /g, "$1 of ")
      .replace(/\b2th\b/g, "2nd")
      .replace(/(\d(?:st|nd|rd|th)?) (?:through|until|to|-) (?:the )?(?=\d{1,2}(?![\d:.]))/g, "$1 to ")
      .replace(
        new RegExp(
          `\\bbetween (?:the )?(\\d{1,2}(?:st|nd|rd|th)?) and (?:the )?(?=\\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:${month}))`,
          "g",
        ),
        "$1 to ",
      )
      .replace(/(?<=\d)-(?=\d{1,2}\/\d)/g, " - "),
  };
}

/** Marks, and words of time that are not dates, become characters no date has, of the same length. */
function hideMarks(text: string): string {
  return text.replace(
    /<[a-z]\d+>|\b(?:at|around|from|in|for|on|days?|weeks?|months?|years?|hours?|minutes?)\b/g,
    (found) => "_".repeat(found.length),
  );
}

/** The ends of a range become marks of their own, so that "from … to …" is read in one place. */
function replaceAt(sentence: Sentence, { index, text }: ParsedResult, found: readonly Fact[]): Sentence {
  const put = found.reduce<Sentence>(
    (read, fact) => {
      const { text: placed, facts } = mark({ text: "_", facts: read.facts }, /_/g, () => fact);
      return { text: read.text === "" ? placed : `${read.text} to ${placed}`, facts };
    },
    { text: "", facts: sentence.facts },
  );
  return {
    text: sentence.text.slice(0, index) + put.text + sentence.text.slice(index + text.length),
    facts: put.facts,
  };
}

/** A slash number that is part of something longer ("8/1.5", "112/2108", "24/7") is no date. */
function standsAlone(text: string, { index, text: found }: ParsedResult): boolean {
  const before = text[index - 1] ?? " ";
  const after = text.slice(index + found.length);
  if (/[\d./$\w-]/.test(before) || /^(?:[./-]?\d|%|\w)/.test(after)) return false;
  return found !== "24/7" && !/^ (?:of|an?|hours?|cups?)\b/.test(after);
}

/** What a date comes to; one gone by, or that does not exist, is taken out and says nothing. */
function factsOf(result: ParsedResult, moment: Moment): readonly Fact[] {
  const from = daysOf(result.start, moment);
  if (from === undefined) return [{ kind: "nothing" }];
  const start: DaysFact = { kind: "days", ...from, named: from.to - from.from > 1 ? "period" : "date" };
  if (result.end) {
    const to = daysOf(result.end, { ...moment, today: from.from });
    // "April 27th to the 3rd" ends in May, which no parser of single dates sees.
    const end = to && to.from - from.from > 300 ? oneDay(monthsAfter(to.from, -11)) : to;
    return end ? [start, { kind: "days", ...end, named: "date" }] : [start];
  }
  const other = otherOrder(result, from, moment);
  return [other === undefined ? start : { ...start, other: { why: "day-month", ...other } }];
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
  // A date gone by, or long ago for a number that only looks like one, is never meant.
  return day === undefined || day < today ? undefined : oneDay(day);
}

/** "3/4" the other way round, where that is a day to come too. */
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
      // A dot after the month is how those write who put the day first.
      const dayComesFirst = a1 !== undefined || moment.dayFirst;
      const [date, month] = (dayComesFirst && second <= 12) || first > 12 ? [first, second] : [second, first];
      const day = year === undefined ? nextDate(moment.today, month, date) : dayOf(Number(year), month, date);
      return month > 12 || day === undefined ? undefined : { kind: "days", ...oneDay(day), named: "date" };
    },
  );
}

/** "in March", "next December", "October 2026". "May" and "March" need a word that makes them months. */
function monthsAlone(sentence: Sentence, { today }: Moment): Sentence {
  const plain = monthNames.filter((name) => name !== "may" && name !== "march").join("|");
  const short = monthPattern;
  const pattern = new RegExp(
    `(?<=\\b(?:in|during|of|by|until|before|after|since|mid|early|late|through|month of|to|from)[ -])(?:(next|this) )?(${short})\\b(?:,? (?:of )?(\\d{4}))?(?! \\d)|\\b(next|this) (march|may)\\b(?= ?(?:$|[.,?!]|<))|\\b(?:(next|this) )?(${plain}|(?:march|may)(?=,? \\d{4}\\b))\\b(?:,? (?:of )?(\\d{4})\\b)?(?! \\d)`,
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
    return days.to > today ? { kind: "days", ...days, named: "period" } : { kind: "nothing" };
  });
}

import { weekdayNames } from "../names/vocabulary.ts";
import {
  civilOf,
  dayOf,
  monthDays,
  monthsAfter,
  nextDayOfMonth,
  nthWeekday,
  oneDay,
  onOrAfter,
  weekStart,
} from "./calendar.ts";
import { amountOf } from "./lengths.ts";
import type { Moment } from "./moment.ts";
import { type DaysFact, factAt, mark, type Sentence } from "./sentence.ts";

const weekday = `(${weekdayNames.join("|")})`;

function indexOf(name: string | undefined): number {
  return (weekdayNames as readonly string[]).indexOf(name ?? "");
}

function date(day: number | undefined): DaysFact | undefined {
  return day === undefined ? undefined : { kind: "days", ...oneDay(day), named: "date" };
}

/** Days without a date: today, tomorrow, weekdays with and without "next", "in 3 days". */
export function relativeDays(sentence: Sentence, moment: Moment): Sentence {
  const { today } = moment;
  let read = sentence;
  const rule = (pattern: string, to: (groups: readonly (string | undefined)[]) => DaysFact | undefined) => {
    read = mark(read, new RegExp(pattern, "g"), to);
  };
  rule("\\b(?:the )?day after tomorrow\\b|\\bovermorrow\\b|\\b2 days from (?:today|now)\\b", () => date(today + 2));
  rule("(?<=\\btomorrow,? (?:or|and) )(?:on )?the (?:day after|next day)\\b(?! <)", () => date(today + 2));
  rule("\\btomorrow\\b|\\bthe (?:very )?next day\\b|\\bnext day\\b", () => date(today + 1));
  rule("\\b(?:later |earlier )?today\\b|\\bthis (?:very )?day\\b", () => date(today));
  rule(
    `\\b(?<!\\bin )(an?|(?:a )?\\d{1,2}|(?:a )?couple(?: of)?|(?:a )?few) weeks? (?:from|on|after) (?:next |this |coming )?${weekday}\\b`,
    ([, count, name]) =>
      date(onOrAfter(today + 1, indexOf(name)) + 7 * amountOf(count?.replace(/^a (?=\d)/, "") ?? "1")),
  );
  rule(
    `\\bin (an?|(?:a )?\\d{1,2}|(?:a )?couple(?: of)?|(?:a )?few) weeks?(?:' time)?,? on (?:the |a )?${weekday}\\b`,
    ([, count, name]) => date(weekStart(today) + 7 * amountOf(count?.replace(/^a (?=\d)/, "") ?? "1") + indexOf(name)),
  );
  rule(
    "\\b(?<!\\bfor )(?:in )?(\\d{1,3}|an?|(?:a )?couple(?: of)?|(?:a )?few) (day|week|month|year)s?(?:'s?)? (?:from (?:now|today)|hence|time)\\b|\\bin (?:about |another )?(\\d{1,3}|an?|(?:a )?couple(?: of)?|(?:a )?few) (day|week|month|year)s?(?:' time)?\\b(?! (?:long|slot))",
    ([, n1, u1, n2, u2]) => date(later(today, amountOf(n1 ?? n2 ?? "1"), u1 ?? u2)),
  );
  rule(`\\b(\\d{1,2}) ${weekday}s from (?:now|today)\\b`, ([, count, name]) =>
    date(onOrAfter(today + 1, indexOf(name)) + (Number(count) - 1) * 7),
  );
  rule(`\\b${weekday} week\\b`, ([, name]) => date(onOrAfter(today + 1, indexOf(name)) + 7));
  rule(
    `\\b${weekday} after next\\b(?! (?:week|month|${weekdayNames.join("|")}))|\\bthe ${weekday} after\\b(?! (?:next|this|the|coming|<|\\d|[a-z]+day))`,
    ([, a, b]) => date(onOrAfter(today + 1, indexOf(a ?? b)) + 7),
  );
  rule(
    `\\b(\\d)(?:st|nd|rd|th) (?:to )?(last )?${weekday} (?:of|in) (?:the )?(next|this|coming)? ?month\\b|\\b(?:the )?(last) ${weekday} (?:of|in) (?:the )?(next|this|coming)? ?month\\b`,
    ([, n, , d1, w1, last, d2, w2]) => {
      const { year, month } = civilOf(today);
      const next = (w1 ?? w2) === "next" || (w1 ?? w2) === "coming" ? 1 : 0;
      return date(nthWeekday(monthDays(year, month + next), indexOf(d1 ?? d2), last ? -1 : Number(n)));
    },
  );
  rule(`\\b(?:the )?next ${weekday}\\b`, ([, name]) => nextWeekday(today, indexOf(name)));
  rule(`\\b(?:the |this )?following ${weekday}\\b`, ([, name]) => ({
    kind: "days",
    ...oneDay(onOrAfter(today + 1, indexOf(name))),
    named: "weekday",
    weekday: indexOf(name),
  }));
  rule(`\\b(?:this coming|this upcoming|coming|upcoming|this)? ?${weekday}(?!s?[a-z])`, ([whole, name]) =>
    weekdayFact(moment, indexOf(name), /this|coming/.test(whole ?? "")),
  );
  return everyWeekday(read);
}

/** "Mondays", "every Tuesday", "weekdays". */
function everyWeekday(sentence: Sentence): Sentence {
  const plural = mark(sentence, new RegExp(`\\b(?:any |every |all |on )?${weekday}s\\b`, "g"), ([, name]) => ({
    kind: "weekdays",
    days: [indexOf(name)],
  }));
  const every = mark(plural, /\b(?:any|every|each|all) <d(\d+)>/g, ([, index]) => {
    const fact = factAt(plural, index);
    return fact.kind === "days" && fact.weekday !== undefined ? { kind: "weekdays", days: [fact.weekday] } : undefined;
  });
  const working = mark(
    every,
    /\b(?:any |every |on |a )?(?:weekdays?|working days?|work days?|business days?)\b/g,
    () => ({ kind: "weekdays", days: [0, 1, 2, 3, 4] }),
  );
  return mark(
    working,
    /\b(?:any |every |on )?weekends\b|\b(?:(?:on |at )?(?:any|every)|(?:on|at) a) weekend\b/g,
    () => ({ kind: "weekdays", days: [5, 6] }),
  );
}

function later(today: number, count: number, unit: string | undefined): number {
  if (unit === "day") return today + Math.round(count);
  if (unit === "week") return today + Math.round(count * 7);
  return monthsAfter(today, Math.round(count) * (unit === "year" ? 12 : 1));
}

/**
 * A bare weekday is the next one after today. Today's own weekday is today while something is free, otherwise a week
 * later.
 */
function weekdayFact({ today }: Moment, name: number, qualified: boolean): DaysFact {
  const day = onOrAfter(today, name);
  const fact: DaysFact = { kind: "days", ...oneDay(day), named: qualified ? "date" : "weekday", weekday: name };
  return day === today && !qualified ? { ...fact, otherwise: oneDay(day + 7) } : fact;
}

/** "Next Tuesday" is next week's. If a Tuesday comes before that, it is the other reading. */
function nextWeekday(today: number, name: number): DaysFact {
  const coming = onOrAfter(today + 1, name);
  const nextWeeks = weekStart(today) + 7 + name;
  const fact: DaysFact = { kind: "days", ...oneDay(nextWeeks), named: "date", weekday: name };
  return coming === nextWeeks ? fact : { ...fact, other: { why: "next-week", ...oneDay(coming) } };
}

const ordinal = String.raw`(\d{1,2})(?:st|nd|rd|th)`;
/** An ordinal before a noun is a count ("the second one", "the first half"). Alone it is a day of the month. */
const notCounting = String.raw`(?= ?(?:$|[.,?!;)"']|<|-|(?:at|on|in|from|to|and|or|between|around|after|before|please|instead|if|works?|would|is|with|for|through|until|because|but|so|by|about|this|next|that|when|thanks|thank|called|also|ok|okay|then|now|all|i|we|can|should|will|anymore|not|preferably|maybe|only|just|looks?|sounds?|suits?|was)\b))`;

/** "the 8th of this month", "20th of next month". */
export function daysOfThisMonth(sentence: Sentence, { today }: Moment): Sentence {
  return mark(
    sentence,
    /\b(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: day)? (?:of|in) (?:the )?(this|next|coming|following|current)? ?month\b|\b(?:the )?(\d{1,2})(?:st|nd|rd|th) (next|this) month\b/g,
    ([, d1, m1, d2, m2]) => {
      const { year, month } = civilOf(today);
      const ahead = /next|coming|following/.test(m1 ?? m2 ?? "") ? 1 : 0;
      return date(dayOf(year, month + ahead, Number(d1 ?? d2)));
    },
  );
}

/** Days of the month without a month: "the 13th", "Friday the 26th". */
export function daysOfMonth(sentence: Sentence, moment: Moment): Sentence {
  const { today } = moment;
  const withWeekday = mark(
    sentence,
    new RegExp(
      `<d(\\d+)>,? (?:on )?(?:the )?(?:${ordinal}${notCounting}|(1[3-9]|2\\d|3[01])(?=$|[.,?!;]| (?:at|<|from|please)))|\\b(?:the )?${ordinal},? (?:on |is )?(?:a )?<d(\\d+)>`,
      "g",
    ),
    ([, i1, a, b, c, i2]) => {
      const fact = factAt(sentence, i1 ?? i2);
      if (fact.kind !== "days" || fact.weekday === undefined) return undefined;
      return weekdayAndDate(today, fact.weekday, Number(a ?? b ?? c));
    },
  );
  const near = `(?<=(?:^|[ ,;.!?"'(])(?:(?:on|for|by|until|from|to|and|or|is|be|between|after|before|through|about|with|it|of|since|-) |- ?)?)`;
  const alone = mark(
    withWeekday,
    new RegExp(`${near}(?:the |this )?${ordinal}${notCounting}`, "g"),
    ([whole, said], { before }) => {
      const number = Number(said);
      const named =
        whole?.startsWith("the") ||
        whole?.startsWith("this") ||
        /(?:^|\b(?:on|for|by|until|from|to|and|or|between|after|before|through|of|since|,))\s?$/.test(before);
      return named ? dayOfMonthFact(today, number) : undefined;
    },
  );
  return mark(
    alone,
    /(?<=\b(?:on|for) )(?:the )?(\d{1,2})(?=$|[?!;]| at <| <t| from <| at \d| from \d)(?! in)/g,
    ([, said], { before }) => (/\b(?:on|for) $/.test(before) ? dayOfMonthFact(today, Number(said)) : undefined),
  );
}

/** "Wed, 22 of Jan", "Sat, Sep 21", "today, March 5th", "tomorrow (Tuesday)": two names for one day, if they agree. */
export function twiceNamedDays(sentence: Sentence): Sentence {
  return mark(sentence, /<d(\d+)>(?:,? ?-? ?\(?(?:the |on )?)<d(\d+)>\)?/g, ([whole = "", i1, i2], { before }) => {
    const [a, b] = [factAt(sentence, i1), factAt(sentence, i2)];
    if (a.kind !== "days" || b.kind !== "days" || a.range || b.range) return undefined;
    if (a.named === "period" || b.named === "period" || (a.named === "weekday" && b.named === "weekday"))
      return undefined;
    const [name, exact] = a.named === "weekday" ? [a, b] : [b, a];
    // "Tue 10/3": only one of the two orders of day and month is a Tuesday.
    const { other } = exact;
    if (other?.why === "day-month" && (other.from - name.from) % 7 === 0)
      return { ...exact, from: other.from, to: other.to, other: { why: "day-month", from: exact.from, to: exact.to } };
    if (exact.from === name.from || (exact.from - name.from) % 7 === 0) return exact;
    // "not tomorrow, Friday": the first is excluded, the second is wanted.
    if (whole.includes(",") && /\bnot (?:on )?$/.test(before)) return undefined;
    // "today, March 5th": the explicit date counts.
    if (name.named !== "weekday") return b;
    return { ...exact, other: { why: "weekday-date", from: name.from, to: name.to } };
  });
}

function dayOfMonthFact(today: number, number: number): DaysFact | undefined {
  const fact = number <= 31 ? date(nextDayOfMonth(today, number)) : undefined;
  return fact && { ...fact, dayOfMonth: number };
}

/** "Friday the 26th": the next day that is both, if one is near. Otherwise the two disagree and neither is used. */
function weekdayAndDate(today: number, name: number, number: number): DaysFact | undefined {
  const byDate = nextDayOfMonth(today, number);
  if (byDate === undefined) return undefined;
  const { year, month } = civilOf(today);
  for (let ahead = 0; ahead <= 3; ahead += 1) {
    const day = dayOf(year, month + ahead, number);
    if (day !== undefined && day >= today && (day + 3) % 7 === name) return date(day);
  }
  const byWeekday = onOrAfter(today, name);
  return { kind: "days", ...oneDay(byWeekday), named: "date", other: { why: "weekday-date", ...oneDay(byDate) } };
}

/** "2 weeks from <day>", "3 days after <day>", "the Sunday after <day>", "a few days from tomorrow". */
export function daysFromDays(sentence: Sentence): Sentence {
  const weekdayAfter = mark(sentence, /<d(\d+)>,? (\d{1,2} weeks? )?after <d(\d+)>/g, ([, i1, weeks, i2]) => {
    const [name, base] = [factAt(sentence, i1), factAt(sentence, i2)];
    if (name.kind !== "days" || name.weekday === undefined || base.kind !== "days") return undefined;
    return date(onOrAfter(base.from + (weeks ? 7 * Number.parseInt(weeks, 10) : 1), name.weekday));
  });
  return mark(
    weekdayAfter,
    /(?<!\bfor )\b(\d{1,3}|an?|(?:a )?couple(?: of)?|(?:a )?few) (day|week|month)s? (?:from|after|following)(?: the)? <d(\d+)>/g,
    ([, count, unit, index]) => {
      const base = factAt(weekdayAfter, index);
      return base.kind === "days" ? date(later(base.from, amountOf(count ?? "1"), unit)) : undefined;
    },
  );
}

/** "the first Tuesday of <month>". */
export function weekdaysOfMonths(sentence: Sentence): Sentence {
  return mark(
    sentence,
    /\b(?:the )?(?:(\d)(?:st|nd|rd|th)|(last)) <d(\d+)> (?:of|in) <d(\d+)>/g,
    ([, nth, last, i1, i2]) => {
      const [name, month] = [factAt(sentence, i1), factAt(sentence, i2)];
      if (name.kind !== "days" || name.weekday === undefined || month.kind !== "days") return undefined;
      return date(nthWeekday(month, name.weekday, last ? -1 : Number(nth)));
    },
  );
}

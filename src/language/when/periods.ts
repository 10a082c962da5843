import { civilOf, type Days, monthDays, weekStart } from "./calendar.ts";
import { amountOf } from "./lengths.ts";
import type { Moment } from "./moment.ts";
import { type DaysFact, factAt, mark, type Sentence } from "./sentence.ts";

function period(days: Days): DaysFact {
  return { kind: "days", ...days, named: "period" };
}

/** Stretches of days: weeks, weekends, months, "the next 10 days". Weeks run Monday to Sunday. */
export function periods(sentence: Sentence, { today }: Moment): Sentence {
  const week = weekStart(today);
  const { year, month } = civilOf(today);
  let read = sentence;
  const rule = (pattern: string, to: (groups: readonly (string | undefined)[]) => DaysFact | undefined) => {
    read = mark(read, new RegExp(`\\b(?:${pattern})(?!\\w)`, "g"), to);
  };
  rule("(?:the )?week after(?: the)? next(?: week)?", () => period({ from: week + 14, to: week + 21 }));
  rule("(?<=next week\\b.*)\\b(?:the )?week after", () => period({ from: week + 14, to: week + 21 }));
  rule("(?<=this week,? (?:or|and) )(?:maybe )?next", () => period({ from: week + 7, to: week + 14 }));
  rule("(?:the )?weekend after(?: the)? next(?: weekend)?", () => period({ from: week + 19, to: week + 21 }));
  rule("(?:the )?month after(?: the)? next(?: month)?", () => period(monthDays(year, month + 2)));
  rule("(?:the )?rest of (?:the|this) week|rest this week|(?:later|sometime) (?:in the|this) week|left this week", () =>
    period({ from: today, to: week + 7 }),
  );
  rule("(?:the )?rest of (?:the|this) month|later this month", () =>
    period({ from: today, to: monthDays(year, month).to }),
  );
  rule("this (?:working|work|business) week", () => period({ from: week, to: week + 5 }));
  rule("(?:the )?next (?:working|work|business) week", () => period({ from: week + 7, to: week + 12 }));
  rule("(?:the |this )?(?:next|following|coming week's|coming) weekend", ([whole]) =>
    period(/coming/.test(whole ?? "") ? { from: week + 5, to: week + 7 } : { from: week + 12, to: week + 14 }),
  );
  rule("(?:this |the |my |on |over the |at the )*(?<!\\ba )weekend", () => period({ from: week + 5, to: week + 7 }));
  rule(
    "(?:(?:in|for|over|during|within) )?(?:the )?(?:next|coming|following) (\\d{1,2}|couple of|couple|few|several) (days?|weeks?|months?)",
    ([, count, unit]) => coming(today, amountOf(count ?? "3"), unit ?? ""),
  );
  rule(
    "(?:within|in less than|less than) (\\d{1,2}|an?|(?:a )?couple of|(?:a )?few) (days?|weeks?|months?)(?: (?:from|after) (?:today|now|<d\\d+>))?",
    ([, count, unit]) => ({ ...period({ from: today, to: coming(today, amountOf(count ?? "3"), unit ?? "").to }) }),
  );
  rule("(?:all |any ?time |some ?time |the )?(?:next|following) week|the coming week|coming week|week next", () =>
    period({ from: week + 7, to: week + 14 }),
  );
  rule(
    "(?:all |any ?time |some ?time )?(?:this|this upcoming|upcoming|this coming|current) week|all week|(?:during|in|through) the week",
    () => period({ from: week, to: week + 7 }),
  );
  rule("the week after(?! (?:the|that|my|next|<|\\d))", () => period({ from: week + 7, to: week + 14 }));
  rule("(?:the )?(?:next|following|coming) month", () => period(monthDays(year, month + 1)));
  rule("this month|of the month|of month", () => period(monthDays(year, month)));
  rule("(?:the )?next year", () => period({ from: monthDays(year + 1, 1).from, to: monthDays(year + 2, 1).from }));
  rule("this year", () => period({ from: today, to: monthDays(year + 1, 1).from }));
  return read;
}

function coming(today: number, count: number, unit: string): DaysFact {
  if (unit.startsWith("week")) return period({ from: weekStart(today) + 7, to: weekStart(today) + 7 + 7 * count });
  if (unit.startsWith("month")) return period({ from: today, to: today + 30 * count });
  return period({ from: today + 1, to: today + 1 + count });
}

/** "the week of <day>", "first week of <month>", "end of <period>", "early <period>", "<day> for 3 days". */
export function partsOfPeriods(sentence: Sentence): Sentence {
  const nthWeek = mark(
    sentence,
    /\b(?:the )?(?:(\d)(?:st|nd|rd|th)( to last| last)?|(last)) (\d )?weeks? (?:of|in) (?:the )?<d(\d+)>/g,
    ([, nth, fromEnd, last, count, index]) => {
      const days = daysAt(sentence, index);
      return days && weekOfPeriod(days, last || fromEnd ? -Number(nth ?? 1) : Number(nth), Number(count ?? 1));
    },
  );
  const weekOf = mark(
    nthWeek,
    /\b(?:the )?(?:week|wk) (?:of|beginning|starting|commencing|from)(?: on)?(?: the)? <d(\d+)>/g,
    ([, index]) => {
      const days = daysAt(nthWeek, index);
      return days && period({ from: weekStart(days.from), to: weekStart(days.from) + 7 });
    },
  );
  const monthOf = mark(weekOf, /\b(?:the )?month of <d(\d+)>/g, ([, index]) => {
    const days = daysAt(weekOf, index);
    if (days === undefined) return undefined;
    const { year, month } = civilOf(days.from);
    return period(monthDays(year, month));
  });
  const portion = mark(
    monthOf,
    /\b(?:(?:towards? |at |near |around )?(?:the )?(early|late|mid|middle|beginning|start|end|first half|1st half|2nd half)(?: part)?(?:-| |)(?:of |in |around )?(?:the )?)<d(\d+)>/g,
    ([, part, index]) => {
      const days = daysAt(monthOf, index);
      return days && days.named === "period" ? period(portionOf(days, part ?? "")) : undefined;
    },
  );
  return mark(
    portion,
    /<d(\d+)>,? for (\d{1,2}|an?) (days?|weeks?)\b|\bfor (\d{1,2}|an?) (days?|weeks?),? (?:from|starting(?: from)?|beginning)(?: on)? <d(\d+)>|\b(an?|\d{1,2}) (days?|weeks?) (?:starting|beginning)(?: on| from)? <d(\d+)>/g,
    ([, i1, n1, u1, n2, u2, i2, n3, u3, i3]) => {
      const days = daysAt(portion, i1 ?? i2 ?? i3);
      const count = amountOf(n1 ?? n2 ?? n3 ?? "1") * ((u1 ?? u2 ?? u3)?.startsWith("week") ? 7 : 1);
      return days && period({ from: days.from, to: days.from + count });
    },
  );
}

/** The full weeks of a period count from its first Monday. */
function weekOfPeriod({ from, to }: Days, nth: number, count: number): DaysFact {
  const first = weekStart(from + 6);
  const start = nth > 0 ? first + (nth - 1) * 7 : weekStart(to - 7) + (nth + 1) * 7;
  return period({ from: start, to: start + 7 * count });
}

function portionOf({ from, to }: Days, part: string): Days {
  const length = to - from;
  if (length <= 1) return { from, to };
  const third = length <= 7 ? 3 : Math.min(Math.round(length / 3), 92);
  if (/first|1st/.test(part)) return { from, to: from + Math.ceil(length / 2) };
  if (/2nd/.test(part)) return { from: from + Math.floor(length / 2), to };
  if (/early|beginning|start/.test(part)) return { from, to: from + third };
  if (/mid/.test(part)) return length <= 7 ? { from: from + 1, to: from + 4 } : { from: from + third, to: to - third };
  return { from: to - third, to };
}

function daysAt(sentence: Sentence, index: string | undefined): DaysFact | undefined {
  const fact = factAt(sentence, index);
  return fact.kind === "days" ? fact : undefined;
}

import { civilOf, type Days, monthDays, weekStart } from "./calendar.ts";
import { amountOf } from "./lengths.ts";
import type { Moment } from "./moment.ts";
import { type DaysFact, factAt, mark, type Sentence } from "./sentence.ts";

type Unit = "week" | "working week" | "weekend" | "month" | "year";

const unit = "((?:working |work |business )?week|weekend|month|year)";
const count = "(\\d{1,3}|an?|(?:a )?couple(?: of)?|(?:a )?few|several)";
const countable = "(days?|weeks?|weekends?|months?)";
const next = "(?:next|following|coming)";
/** The periods that a part can be taken of. */
const part =
  "(?:rest|remainder|end|beginning|start|middle|half|part|(?:last|\\d(?:st|nd|rd|th)) (?:\\d )?(?:day|week|working day|[a-z]+day)s?)";
const some = "(?:all |any ?time |some ?time |during |over |on |at |my )*";

/** Stretches of days: weeks, weekends, months, "the next 10 days", "week 31". Weeks run Monday to Sunday. */
export function periods(sentence: Sentence, { today }: Moment): Sentence {
  let read = sentence;
  const rule = (pattern: string, to: (groups: readonly (string | undefined)[]) => DaysFact | undefined) => {
    read = mark(read, new RegExp(`\\b(?:${pattern})(?!\\w)`, "g"), to);
  };
  const named = (said: string | undefined, ahead: number) => period(unitDays(unitOf(said), today, ahead));
  rule(`(?:the )?${unit} after(?: the)? next(?: (?:week|weekend|month|year))?`, ([, said]) => named(said, 2));
  rule(`(?<=next ${unit}\\b[^<>]*)\\b(?:the )?\\1 after`, ([, said]) => named(said, 2));
  rule(`(?<=this ${unit},? (?:or|and) )(?:maybe )?(?:the )?next`, ([, said]) => named(said, 1));
  rule(`(?:(?:in|for|over|during|within) )?(?:the )?${next} ${count} ${countable}`, ([, amount, said]) =>
    coming(today, amountOf(amount ?? ""), said ?? ""),
  );
  rule(
    `(?:within|in less than|less than|in under) (?:the (?:next )?)?${count} ${countable}(?: (?:from|after) (?:today|now|<d\\d+>))?`,
    ([, amount, said]) => period({ from: today, to: later(today, amountOf(amount ?? ""), said ?? "") }),
  );
  rule(`${some}(?:the |this )?(?:${next} ${unit}|(week) next)`, ([, a, b]) => named(a ?? b, 1));
  rule(`${some}(?:this|this upcoming|upcoming|this coming|current) ${unit}`, ([, said]) => named(said, 0));
  rule(`(?<=\\b(?:in|left|during|through|all|${part} of) )(?:the )?${unit}`, ([, said]) => named(said, 0));
  rule("my week", () => named("week", 0));
  rule("(?:the )?(?<!\\ba )weekend", () => named("weekend", 0));
  rule("the week after(?! (?:the|that|my|next|<|\\d))", () => named("week", 1));
  rule("(?:calendar )?week (?:no\\.? ?|number )?([1-9]|[1-4]\\d|5[0-3])", ([, number]) =>
    numberedWeek(today, Number(number)),
  );
  return read;
}

function unitOf(said: string | undefined): Unit {
  if (said?.endsWith(" week")) return "working week";
  return said === "weekend" || said === "month" || said === "year" ? said : "week";
}

/** The calendar unit that is so many units after that of a day. */
function unitDays(unit: Unit, day: number, ahead: number): Days {
  const { year, month } = civilOf(day);
  const week = weekStart(day) + 7 * ahead;
  switch (unit) {
    case "week":
      return { from: week, to: week + 7 };
    case "working week":
      return { from: week, to: week + 5 };
    case "weekend":
      return { from: week + 5, to: week + 7 };
    case "month":
      return monthDays(year, month + ahead);
    case "year":
      return { from: monthDays(year + ahead, 1).from, to: monthDays(year + ahead + 1, 1).from };
    default:
      return unit satisfies never;
  }
}

/** ISO 8601: week 1 contains the first Thursday of the year. A past week is next year's. */
function numberedWeek(today: number, number: number): DaysFact {
  const { year } = civilOf(today);
  const start = (ofYear: number) => weekStart(monthDays(ofYear, 1).from + 3) + 7 * (number - 1);
  const from = start(year) + 7 > today ? start(year) : start(year + 1);
  return period({ from, to: from + 7 });
}

/** "The next 2 weeks" are whole weeks from Monday. "The next 10 days" begin tomorrow. */
function coming(today: number, amount: number, said: string): DaysFact {
  if (said.startsWith("weekend")) return period({ from: weekStart(today) + 5, to: weekStart(today) + 7 * amount });
  if (said.startsWith("week")) return period({ from: weekStart(today) + 7, to: weekStart(today) + 7 + 7 * amount });
  if (said.startsWith("month")) return period({ from: today, to: today + 30 * amount });
  return period({ from: today + 1, to: today + 1 + amount });
}

function later(today: number, amount: number, said: string): number {
  return today + (said.startsWith("week") ? 7 : said.startsWith("month") ? 30 : 1) * Math.round(amount) + 1;
}

function period(days: Days): DaysFact {
  return { kind: "days", ...days, named: "period" };
}

/** "the rest of <period>", "the week of <day>", "first 2 weeks of <month>", "end of <period>", "<day> for 3 days". */
export function partsOfPeriods(sentence: Sentence, { today }: Moment): Sentence {
  let read = sentence;
  const rule = (
    pattern: string,
    to: (days: DaysFact, groups: readonly (string | undefined)[]) => DaysFact | undefined,
  ) => {
    const before = read;
    read = mark(before, new RegExp(pattern, "g"), (groups) => {
      const fact = factAt(before, groups.at(-1));
      return fact.kind === "days" ? to(fact, groups) : undefined;
    });
  };
  const of = "(?:of|in|to|for) (?:the )?";
  const nth = "(?:(\\d)(?:st|nd|rd|th)( to last| last)?|(last))";
  rule(
    `\\b(?:the )?${nth} (?:(\\d|couple of|few) )?(days?|weeks?) ${of}<d(\\d+)>`,
    (days, [, n, end, last, some, said]) => {
      if (days.named !== "period") return undefined;
      const place = last || end ? -Number(n ?? 1) : Number(n);
      return partAt(days, said?.startsWith("day") ? 1 : 7, place, amountOf(some ?? "1"));
    },
  );
  rule(
    "\\b(?:the )?(week|month) (?:of|beginning|starting|commencing|from)(?: on)?(?: the)? <d(\\d+)>",
    ({ from }, [, said]) => period(unitDays(unitOf(said), from, 0)),
  );
  rule(
    "\\b(?:(?:the )?(?:rest|remainder|remaining|what is left)(?: of)?|(?:later|sometime|some time|left)(?: on)?(?: in)?)(?: the)? <d(\\d+)>",
    (days) => (days.named === "period" ? period({ from: Math.max(today, days.from), to: days.to }) : undefined),
  );
  rule(
    "\\b(?:(?:towards? |at |near |around |in )?(?:the )?(early|earlier|late|mid|middle|beginning|start|end|1st half|2nd half)(?: part)?[- ](?:of |in |on )?(?:around )?(?:the )?)<d(\\d+)>",
    (days, [, part]) => (days.named === "period" ? period(portionOf(days, part ?? "")) : undefined),
  );
  const days = "(\\d{1,2}|an?) (days?|weeks?)";
  const from = "(?:from|starting(?: from)?|beginning)(?: on)?";
  const lasting = ({ from }: DaysFact, amount: string | undefined, said: string | undefined) =>
    period({ from, to: from + amountOf(amount ?? "1") * (said?.startsWith("week") ? 7 : 1) });
  rule(`(?:\\bfor )?\\b(?:the )?${days},? (?:starting|beginning)(?: on| from)? <d(\\d+)>`, (fact, [, n, said]) =>
    lasting(fact, n, said),
  );
  rule(`\\bfor ${days},? ${from} <d(\\d+)>`, (fact, [, n, said]) => lasting(fact, n, said));
  return mark(read, new RegExp(`<d(\\d+)>,? for ${days}\\b`, "g"), ([, index, n, said]) => {
    const fact = factAt(read, index);
    return fact.kind === "days" ? lasting(fact, n, said) : undefined;
  });
}

/** Days or full weeks counted from the start of a period, or from its end for a negative place. */
function partAt({ from, to }: Days, length: 1 | 7, place: number, amount: number): DaysFact {
  const first = length === 1 ? from : weekStart(from + 6);
  const last = length === 1 ? to : weekStart(to - 7) + 7;
  const start = place > 0 ? first + (place - 1) * length : last + place * length;
  const begin = place < 0 ? start - (amount - 1) * length : start;
  return { ...period({ from: begin, to: begin + length * amount }), ...(length * amount === 1 && { named: "date" }) };
}

/** The first, middle or last third of a period; three days of a week. */
function portionOf({ from, to }: Days, part: string): Days {
  const length = to - from;
  if (length <= 1) return { from, to };
  const third = length <= 7 ? 3 : Math.min(Math.round(length / 3), 92);
  if (part === "1st half") return { from, to: from + Math.ceil(length / 2) };
  if (part === "2nd half") return { from: from + Math.floor(length / 2), to };
  if (/early|earlier|beginning|start/.test(part)) return { from, to: from + third };
  if (/mid/.test(part)) return length <= 7 ? { from: from + 1, to: from + 4 } : { from: from + third, to: to - third };
  return { from: to - third, to };
}

import { onOrAfter } from "./calendar.ts";
import { type DaysFact, factAt, mark, type Sentence, type WeekdaysFact } from "./sentence.ts";

const day = "<d\\d+>";
const list = `(?:(?:,? (?:or|and|to|until|through)(?: on)?|,| ?/|-) ?${day})*`;
const of = "(?:(?:in|of|on|the) )*";
const ideally =
  "(?:,|\\.|\\?)? ?(?:(?:in|of|on|the|a|any|some|either|ideally|preferably|maybe|perhaps|possibly|say|from|between|best|works) )*";

/**
 * A period applies to every weekday of the list it follows or precedes: "tuesday or wednesday next week", "next week,
 * ideally Tue or Wed". In a longer period the weekday stays open: "next month on a friday" is any Friday of it.
 */
export function qualifiedDays(sentence: Sentence): Sentence {
  const before = mark(
    sentence,
    new RegExp(`(?<=<d(\\d+)>${ideally}(?:${day}(?:,? (?:or|and) (?:on )?|, ?| ?/ ?|-| to ))*)<d(\\d+)>`, "g"),
    ([, period, name]) => within(sentence, name, period),
  );
  const after = mark(before, new RegExp(`<d(\\d+)>(?=${list},? ?${of}<d(\\d+)>)`, "g"), ([, name, period]) =>
    within(before, name, period),
  );
  const absorbed = mark(after, new RegExp(`<d(\\d+)>,? ?${of}<d(\\d+)>`, "g"), ([, name, period]) =>
    dayOf(after, name, period),
  );
  return mark(absorbed, new RegExp(`<d(\\d+)>${ideally}<d(\\d+)>`, "g"), ([, period, name]) =>
    dayOf(absorbed, name, period),
  );
}

/** A bare weekday within a period. */
function within(
  sentence: Sentence,
  name: string | undefined,
  index: string | undefined,
): DaysFact | WeekdaysFact | undefined {
  const [fact, period] = [factAt(sentence, name), periodAt(sentence, index)];
  if (fact.kind !== "days" || fact.named !== "weekday" || fact.weekday === undefined || period === undefined)
    return undefined;
  if (period.to - period.from > 7) return { kind: "weekdays", days: [fact.weekday] };
  const from = onOrAfter(period.from, fact.weekday);
  return from < period.to ? { kind: "days", from, to: from + 1, named: "date", weekday: fact.weekday } : undefined;
}

/** The day, if it lies in the period. The period then adds nothing. */
function dayOf(sentence: Sentence, name: string | undefined, index: string | undefined): DaysFact | undefined {
  const [fact, period] = [factAt(sentence, name), periodAt(sentence, index)];
  if (fact.kind !== "days" || fact.to - fact.from !== 1 || fact.open || period === undefined) return undefined;
  return period.from <= fact.from && fact.to <= period.to ? fact : undefined;
}

function periodAt(sentence: Sentence, index: string | undefined): DaysFact | undefined {
  const fact = factAt(sentence, index);
  return fact.kind === "days" && fact.named === "period" && fact.open === undefined ? fact : undefined;
}

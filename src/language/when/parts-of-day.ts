import { oneDay } from "./calendar.ts";
import type { Moment } from "./moment.ts";
import { type ClockFact, factAt, mark, type Sentence, type WindowFact } from "./sentence.ts";

type PartName = "morning" | "afternoon" | "evening" | "night" | "lunch";

/** The hours of a part of the day, clipped to the practice's hours where those are its natural end. */
function windowOf(part: PartName, modifier: string | undefined, { opens, closes }: Moment): WindowFact {
  const open = Math.min(opens, 660);
  const close = Math.max(closes, 1140);
  const plain: Record<PartName, [number, number]> = {
    morning: [open, 720],
    afternoon: [720, 1020],
    evening: [1020, close],
    night: [1080, 1440],
    lunch: [690, 810],
  };
  const early: Record<PartName, [number, number]> = {
    ...plain,
    morning: [open, Math.max(open + 60, 540)],
    afternoon: [720, 870],
    evening: [1020, 1140],
  };
  const late: Record<PartName, [number, number]> = {
    ...plain,
    morning: [600, 720],
    afternoon: [900, 1050],
    evening: [1140, Math.max(close, 1200)],
  };
  const middle: Record<PartName, [number, number]> = { ...plain, morning: [570, 660], afternoon: [840, 960] };
  const [from, to] = (modifier === "early" ? early : modifier === "late" ? late : modifier ? middle : plain)[part];
  return { kind: "window", from, to, half: part === "morning" ? "am" : "pm" };
}

/** Parts of the day: "in the morning", "late afternoon", "tonight", "at lunchtime", "first thing", "after work", "pm". */
export function partsOfDay(sentence: Sentence, moment: Moment): Sentence {
  let read = mark(
    sentence,
    /\bgood (?:morning|afternoon|evening|night|day)\b|\bhave a [a-z ]{0,20}(?:day|week|weekend|evening|night|month)\b/g,
    () => ({ kind: "nothing", why: "greeting" }),
  );
  const rule = (pattern: string, to: (groups: readonly (string | undefined)[]) => WindowFact | undefined) => {
    read = mark(read, new RegExp(`\\b(?:${pattern})`, "g"), to);
  };
  rule("(?:the )?1st thing(?: in the (?:morning|am))?\\b", () => ({
    kind: "window",
    from: moment.opens,
    to: moment.opens + 60,
    half: "am",
  }));
  rule(
    "(?:the )?(?:end|late in|late) (?:of )?(?:the )?(?:working |work |business )?day\\b|close of business\\b|(?:eod|cob)\\b|last thing\\b",
    () => ({ kind: "window", from: Math.max(moment.closes - 180, 900), to: moment.closes, half: "pm" }),
  );
  rule("(?:earlier|early) in the day\\b", () => ({ ...windowOf("morning", undefined, moment) }));
  rule("(?:later|late) in the day\\b", () => ({ kind: "window", from: 840, to: moment.closes, half: "pm" }));
  rule("after (?:work(?: hours)?|office hours|school|hours)\\b", () => ({
    kind: "window",
    from: 1020,
    to: 1440,
    open: "after",
    half: "pm",
  }));
  rule("before (?:work|school|office hours)\\b", () => ({
    kind: "window",
    from: 0,
    to: 540,
    open: "before",
    half: "am",
  }));
  rule("after (?:lunch(?: ?time)?|luncheon)\\b", () => ({
    kind: "window",
    from: 810,
    to: 1440,
    open: "after",
    half: "pm",
  }));
  rule("(?:before|until|till|til|by|up to) (?:the |my )?lunch(?: ?time| break)?\\b", () => ({
    kind: "window",
    from: 0,
    to: 720,
    open: "before",
    half: "am",
  }));
  rule(
    "(?:around |during |over |at |in )(?:the |my )?lunch(?: ?time| hour| break)?\\b|lunch ?time\\b(?! to\\b)|lunch (?:hour|break)\\b(?! to\\b)",
    () => windowOf("lunch", undefined, moment),
  );
  rule(
    "(?:in |during |on |at )?(?:the |an? )?(?:(early|late|mid)[ -](?:hours of the |in the )?)?(morning|afternoon|evening)s?(?:'s)?\\b",
    ([, modifier, part]) => windowOf(part as PartName, modifier, moment),
  );
  rule(
    "(?:at|in the|per|on|during the) nights?\\b|week ?nights\\b|nights(?= (?:only|are|work|please|or|and)\\b|[.?!]|$)|late night\\b|tonight\\b",
    ([whole]) => (whole === "tonight" ? undefined : windowOf("night", undefined, moment)),
  );
  const tonight = mark(read, /\b(?:later )?tonight(?:'s)?\b/g, () => ({
    kind: "pair",
    days: { kind: "days", ...oneDay(moment.today), named: "date" },
    times: [windowOf("night", undefined, moment)],
  }));
  const nights = mark(tonight, /(?<=<d\d+> )(late )?night(?:'s)?\b/g, () => windowOf("night", undefined, moment));
  const halves = mark(
    nights,
    /(?<=<d\d+> |\b(?:in|any|only|the|some) |^)(am|pm)s?\b(?= ?(?:$|[.,?!;]|<|(?:please|only|or|and|if|for|is|works?|would)\b))/g,
    ([, half]) => windowOf(half === "am" ? "morning" : "afternoon", undefined, moment),
  );
  return thisPart(halves, moment);
}

/** "This morning" is today's. The bare "morning" belongs to any day. */
function thisPart(sentence: Sentence, { today }: Moment): Sentence {
  return mark(sentence, /\b(?:later )?this (early |late )?<p(\d+)>/g, ([, , index]) => {
    const part = factAt(sentence, index);
    return part.kind === "window"
      ? { kind: "pair", days: { kind: "days", ...oneDay(today), named: "date" }, times: [part] }
      : undefined;
  });
}

/** "5 in the evening", "morning 10", "tomorrow night at 6": the part decides the half of the day of the hour. */
export function clocksInParts(sentence: Sentence): Sentence {
  const after = mark(sentence, /<t(\d+)>,? (?:on |early |late )?<p(\d+)>/g, ([, t, p]) => inPart(sentence, t, p));
  return mark(
    after,
    /<p(\d+)>,?-? ?(?:(?:at|around|about|by|say|like|for|from|the|,) )*<t(\d+)>(?! ?(?:-|to|until|through|and) ?<t)/g,
    ([, p, t]) => inPart(after, t, p),
  );
}

function inPart(
  sentence: Sentence,
  clockIndex: string | undefined,
  partIndex: string | undefined,
): ClockFact | undefined {
  const [clock, part] = [factAt(sentence, clockIndex), factAt(sentence, partIndex)];
  return clock.kind === "clock" && part.kind === "window" ? settled(clock, part) : undefined;
}

/** The clock time in the half of the day of the part. A time that is already sure is kept. */
export function settled(clock: ClockFact, part: WindowFact): ClockFact {
  if (clock.sure && clock.minutes >= 780) return clock;
  if (clock.sure && !(clock.minutes >= 720 && part.half === "am")) return clock;
  const hour = clock.minutes % 720;
  const night = part.from >= 1080 && part.to === 1440;
  if (part.half === "am") return { kind: "clock", minutes: hour, sure: true };
  if (night && hour < 300) return { kind: "clock", minutes: hour, sure: true };
  if (part.from === 690 && hour >= 600) return { kind: "clock", minutes: hour, sure: true };
  return { kind: "clock", minutes: hour + 720, sure: true };
}

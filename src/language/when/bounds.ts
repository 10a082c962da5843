import { civilOf, onOrAfter } from "./calendar.ts";
import type { Moment } from "./moment.ts";
import { type ClockFact, type DaysFact, type Fact, factAt, mark, type Sentence, type WindowFact } from "./sentence.ts";

/** How many days "after Friday" covers: more than any booking horizon. */
const farAhead = 366;

/** "from 3 to 5", "3-5pm", "between 12:30 and 2", "Tue to Thu", "the 13th through the 15th of July". */
export function ranges(sentence: Sentence, moment: Moment): Sentence {
  const clocks = mark(
    sentence,
    /(?<!\w)(?:(?:from|between|at|for|anywhere from|anytime between) )*<t(\d+)>(?: <z\d+>)?(?: ?o'clock)?,? ?(?:-|to|until|through|up to|to about|(?:and )?(?:ending|finishing)(?: at| by)?) ?(?:at |about )?<t(\d+)>(?:-? ?<p(\d+)>)?|\bbetween (?:the hours of )?<t(\d+)> (?:and|or|-|to|until) <t(\d+)>(?: <p(\d+)>)?/g,
    ([, a1, b1, p1, a2, b2, p2]) => {
      const [from, to] = [factAt(sentence, a1 ?? a2), factAt(sentence, b1 ?? b2)];
      const part = p1 ?? p2;
      const half = part === undefined ? undefined : factAt(sentence, part);
      return from.kind === "clock" && to.kind === "clock"
        ? clockRange(from, to, moment, half?.kind === "window" ? half : undefined)
        : undefined;
    },
  );
  // "between 2:00 tomorrow and 4:00": the day stands between the ends.
  const around = mark(
    clocks,
    /\b(?:from|between) <t(\d+)> (?:on )?<d(\d+)> (?:-|to|until|and) <t(\d+)>(?! ?(?:on )?<d)/g,
    ([, a, d, b]) => {
      const [from, days, to] = [factAt(clocks, a), factAt(clocks, d), factAt(clocks, b)];
      return from.kind === "clock" && to.kind === "clock" && days.kind === "days"
        ? { kind: "pair", days, times: [clockRange(from, to, moment)] }
        : undefined;
    },
  );
  const backed = mark(around, /<p(\d+)>,? (?:from |between )?<w(\d+)>/g, ([, p, w]) => {
    const [part, window] = [factAt(around, p), factAt(around, w)];
    return part.kind === "window" && window.kind === "window" ? inHalf(window, part) : undefined;
  });
  return mark(
    backed,
    /(?<!\w)(?:(?:from|between|starting|starting from) )?(?:the )?<d(\d+)>,? ?(?:-|to|until|through|till|thru|up to|(?:and )?(?:ending|lasting|going) (?:on|until|to)) ?(?:the )?<d(\d+)>|\bbetween (?:the )?<d(\d+)> (?:and|-|to) (?:the )?<d(\d+)>/g,
    ([, a1, b1, a2, b2]) => {
      const [from, to] = [factAt(backed, a1 ?? a2), factAt(backed, b1 ?? b2)];
      return from.kind === "days" && to.kind === "days" ? dayRange(from, to) : undefined;
    },
  );
}

function dayRange(from: DaysFact, to: DaysFact): DaysFact {
  const start = from.dayOfMonth !== undefined && from.from > to.from ? sameMonth(from, to) : from.from;
  const end = to.weekday !== undefined && to.named === "weekday" ? onOrAfter(start + 1, to.weekday) + 1 : to.to;
  // "From the 27th of April to the 3rd": the 3rd after it.
  const later = end <= start && to.dayOfMonth !== undefined ? laterDate(start, to.dayOfMonth) : end;
  return { kind: "days", from: start, to: later > start ? later : start + 1, named: "period", range: true };
}

/** "the 13th to the 15th of July": the 13th has the same month. */
function sameMonth(from: DaysFact, to: DaysFact): number {
  const start = to.from - 31;
  for (let day = start; day < to.from; day += 1) if (dateOf(day) === from.dayOfMonth) return day;
  return from.from;
}

function laterDate(start: number, dayOfMonth: number): number {
  for (let day = start; day < start + 62; day += 1) if (dateOf(day) === dayOfMonth) return day + 1;
  return start + 1;
}

/**
 * The hours from one clock time to another. The end with a half of the day decides for the other: "3 to 5pm", "10am
 * until 2", "11 to 1pm".
 */
export function clockRange(from: ClockFact, to: ClockFact, moment: Moment, part?: WindowFact): WindowFact {
  if (part !== undefined) return inHalf({ kind: "window", from: from.minutes % 720, to: to.minutes % 720 }, part);
  if (from.sure && to.sure) return windowFrom(from.minutes, to.minutes === 0 ? 1440 : to.minutes);
  if (to.sure) {
    const near =
      from.minutes % 720 < to.minutes % 720 || to.minutes % 720 === 0
        ? to.minutes - (to.minutes % 720)
        : to.minutes - (to.minutes % 720) - 720;
    const start = (to.minutes % 720 === 0 ? to.minutes - 720 : near) + (from.minutes % 720);
    return windowFrom(Math.max(start, from.minutes % 720), to.minutes);
  }
  if (from.sure) return windowFrom(from.minutes, nextAfter(from.minutes, to.minutes));
  const morning = windowFrom(from.minutes % 720, nextAfter(from.minutes % 720, to.minutes));
  const evening = windowFrom((from.minutes % 720) + 720, nextAfter((from.minutes % 720) + 720, to.minutes));
  const fits = (window: WindowFact) => window.from >= moment.opens && window.to <= moment.closes;
  const hour = Math.floor((from.minutes % 720) / 60);
  const likely = hour <= 7 || hour === 12 ? evening : morning;
  const other = likely === evening ? morning : evening;
  if (fits(likely) === fits(other)) return { ...likely, other: { from: other.from, to: other.to } };
  return fits(likely) ? likely : other;
}

function nextAfter(from: number, clock: number): number {
  const first = clock % 720;
  return first + Math.ceil((from + 1 - first) / 720) * 720;
}

function windowFrom(from: number, to: number): WindowFact {
  return { kind: "window", from, to: to > from ? to : to + 1440 };
}

function inHalf(window: WindowFact, part: WindowFact): WindowFact {
  const shift = part.half === "pm" ? 720 : 0;
  const from = (window.from % 720) + shift;
  return windowFrom(from, nextAfter(from, window.to));
}

const beforeWords =
  "(?:(?:any ?time|some ?time|no time) )?(?:before|prior to|earlier than|by|until|till|between now and|no later than|not later than|not after|nothing after|never after|no(?:thing)? later than|at or before|on or before|as late as|before or (?:at|on|in)|through)";
const afterWords =
  "(?:(?:any ?time|some ?time) )?(?:after|past|later than|since|from|starting(?: from| at| on)?|beginning(?: on| at)?|as of|no earlier than|not earlier than|not before|nothing before|never before|not until|at or after|on or after|after or (?:at|on)|any ?time from)";

/** "after 3", "no later than 4", "until Friday", "before Tuesday 5pm", "3pm or later", "from Monday on". */
export function openEnds(sentence: Sentence, moment: Moment): Sentence {
  const clock = (read: Sentence, index: string | undefined): ClockFact | undefined => {
    const fact = factAt(read, index);
    return fact.kind === "clock" ? { ...likelyClock(fact, moment), sure: fact.sure } : undefined;
  };
  const orLater = mark(
    sentence,
    /(?<!\w)(?:from |at )?<t(\d+)>,? (?:(?:or|and) (?:later|after|thereafter)|onwards?|on)\b(?! <)|<t(\d+)>\+/g,
    ([, a, b]) => {
      const time = clock(sentence, a ?? b);
      return time && openWindow(time, "after");
    },
  );
  const orEarlier = mark(orLater, /(?<!\w)(?:at )?<t(\d+)>,? (?:or|and) (?:earlier|before|sooner)\b/g, ([, index]) => {
    const time = clock(orLater, index);
    return time && openWindow(time, "before");
  });
  // "for 3 hours from 10am" has both ends: its first hour and its length.
  const begun = mark(
    orEarlier,
    /(?<=<m\d+>,? )(?:starting )?from <t(\d+)>|(?<!\w)from <t(\d+)>(?=,? (?:for )?<m)/g,
    ([, a, b]) => factAt(orEarlier, a ?? b),
  );
  const before = mark(
    begun,
    new RegExp(
      `(?<!\\b(?:not|nothing|never|no) )\\b${beforeWords} (?:about |around )?(?:<d(\\d+)>,? (?:at )?)?<t(\\d+)>`,
      "g",
    ),
    ([whole = "", d, t]) => {
      const time = clock(begun, t);
      if (time === undefined) return undefined;
      const window: WindowFact = {
        ...openWindow(time, "before"),
        ...(/^(?:until|through)/.test(whole) && { until: true }),
      };
      return onDay(begun, d, window);
    },
  );
  const ended = mark(
    before,
    /\b(?:and )?(?:(?:ends?|ending|finish(?:es|ing)?|be done)(?: (?:by|at|to|until))?|(?:go(?:es)?|going|lasts?|lasting) (?:to|until)) <t(\d+)>/g,
    ([, t]) => {
      const time = clock(before, t);
      return time && { ...openWindow(time, "before"), until: true };
    },
  );
  const after = mark(
    ended,
    new RegExp(`(?<!\\b(?:not|nothing|never|no) )\\b${afterWords} (?:about |around )?<t(\\d+)>`, "g"),
    ([whole, t]) => {
      const time = clock(ended, t);
      if (time === undefined || /^(?:starting at|beginning at|starting|beginning)/.test(whole ?? "")) return undefined;
      return openWindow(time, "after");
    },
  );
  return openDays(after, moment);
}

function openWindow({ minutes, sure }: ClockFact, open: "after" | "before"): WindowFact {
  const [from, to] = open === "after" ? [minutes, 1440] : [0, minutes];
  return { kind: "window", from, to, open, ...(!sure && { unsure: true }) };
}

function onDay(sentence: Sentence, index: string | undefined, window: WindowFact): Fact | undefined {
  if (index === undefined) return window;
  const days = factAt(sentence, index);
  return days.kind === "days" ? { kind: "pair", days, times: [window] } : undefined;
}

function openDays(sentence: Sentence, { today }: Moment): Sentence {
  const on = mark(
    sentence,
    /(?<!\w)(?:(?:from|starting|as of|since|beginning)(?: on| from)? )?(?:the )?<d(\d+)>,? (?:onwards?|or later|and later|or after|and after|and on(?! (?:the )?<d))\b/g,
    ([, index]) => openFrom(sentence, index, "from", today),
  );
  const earlier = mark(on, /<d(\d+)>,? (?:or|and) (?:earlier|before|sooner)\b/g, ([, index]) =>
    openTo(on, index, "to", today),
  );
  const before = mark(
    earlier,
    /\b(?:(?:any ?time|some ?time) )?(?<!\bnot )(before|prior to|earlier than)(?: the)? <d(\d+)>(?! ?<t)/g,
    ([, , index]) => openTo(earlier, index, "from", today),
  );
  const until = mark(
    before,
    /\b(?:(?:any ?time|some ?time) )?(by|until|till|on or before|not after|before or (?:in|on)|no later than|not later than|as late as|between now and)(?: the)? <d(\d+)>(?! ?(?:at |around )?<[twp])/g,
    ([, , index]) => openTo(before, index, "to", today),
  );
  const after = mark(
    until,
    /\b(?:(?:any ?time|some ?time) )?(?<!\bnot )(after|later than|past)(?: the)? <d(\d+)>(?! ?(?:at )?<t)/g,
    ([, , index]) => openFrom(until, index, "to", today),
  );
  return mark(
    after,
    /\b(from|starting(?: from| on)?|beginning(?: on)?|as of|since|on or after|no earlier than|not before|not until)(?: the)? <d(\d+)>(?! ?(?:at |from |around |- ?|to )?<[twp])/g,
    ([, , index]) => openFrom(after, index, "from", today),
  );
}

function openTo(
  sentence: Sentence,
  index: string | undefined,
  edge: "from" | "to",
  today: number,
): DaysFact | undefined {
  const days = factAt(sentence, index);
  if (days.kind !== "days") return undefined;
  const to = days[edge];
  return to > today ? { kind: "days", from: today, to, named: "period", open: "before" } : undefined;
}

function openFrom(
  sentence: Sentence,
  index: string | undefined,
  edge: "from" | "to",
  today: number,
): DaysFact | undefined {
  const days = factAt(sentence, index);
  if (days.kind !== "days" || days.range) return undefined;
  return { kind: "days", from: days[edge], to: Math.max(days[edge], today) + farAhead, named: "period", open: "after" };
}

/**
 * The half of the day of a bare hour: the one inside opening hours. Where both or neither are, the usual one: 1 to 7 in
 * the afternoon, 8 to 11 in the morning, 12 at noon.
 */
export function likelyClock(clock: ClockFact, { opens, closes }: Moment): ClockFact {
  if (clock.sure) return clock;
  const [morning, evening] = [clock.minutes % 720, (clock.minutes % 720) + 720];
  const open = (minutes: number) => minutes >= opens && minutes < closes;
  if (open(morning) !== open(evening)) return { kind: "clock", minutes: open(morning) ? morning : evening, sure: true };
  return { ...clock, minutes: morning < 480 ? evening : morning };
}

function dateOf(day: number): number {
  return civilOf(day).day;
}

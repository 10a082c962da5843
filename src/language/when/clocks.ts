import { monthPattern } from "../names/vocabulary.ts";
import { correcting } from "./corrections.ts";
import { type ClockFact, type MissingFact, mark, rewrite, type Sentence } from "./sentence.ts";

/** Words and clock times typed without the space between them: "6pmtoday", "friday3pm", "at1". */
export function unglued(sentence: Sentence): Sentence {
  const after = rewrite(sentence, /(\d ?[ap]m)(?=[a-z]{2})(?!ish)/g, ([time]) => `${time} `);
  return rewrite(
    after,
    /\b(?:at|by|until|after|before|today|tomorrow|tonight|[a-z]{3,6}day)(?=\d)/g,
    ([word]) => `${word} `,
  );
}

/**
 * Clock times with a marker: "3pm", "15:30", "15h30", "half past 3", "quarter to 6", "noon", "3 o'clock". Bare hours
 * are read later (`bareHours`), because a bare number may count anything. "25:00" is marked as non-existent.
 */
export function clocks(sentence: Sentence): Sentence {
  const rules: [RegExp, (groups: readonly (string | undefined)[]) => ClockFact | MissingFact | undefined][] = [
    [/\b(?:12 )?noon(?:-?ish)?\b|\bmid[ -]day\b/g, () => sureClock(720)],
    [/\b(?:12 )?midnight\b/g, () => sureClock(1440)],
    [
      // Without "minutes", only multiples of five are minutes. The 10 of "march 10 after 3" is a day.
      new RegExp(
        `(?<!\\b(?:${monthPattern}|on|the) |[/.\\d])\\b(?:(\\d{1,2}) minutes?|(5|10|15|20|25)) (?:past|after) (\\d{1,2})(?::00)?(?: ?o'clock| ?h\\b)?(?: ?([ap])m?\\b)?`,
        "g",
      ),
      ([, minutes, fives, hour, half]) => shifted(hour, half, Number(minutes ?? fives)),
    ],
    [
      /\b(\d{1,2}) minutes? (?:to|before|until|of) (\d{1,2})(?: ?o'clock)?(?: ?([ap])m?\b)?/g,
      ([, minutes, hour, half]) => shifted(hour, half, -Number(minutes)),
    ],
    [
      /\bhalf (?:past )?(\d{1,2})(?: ?o'clock)?(?: ?([ap])m?\b)?(?! ?(?:hours?|minutes?|days?))/g,
      ([, hour, half]) => shifted(hour, half, 30),
    ],
    [
      /\b(?:a )?quarter (past|after|to|before|of|til|until) (\d{1,2})(?: ?o'clock)?(?: ?([ap])m?\b)?/g,
      ([, side, hour, half]) => shifted(hour, half, side === "past" || side === "after" ? 15 : -15),
    ],
    [
      /(?<![\d./:])\b(\d{1,2})[:;](\d{2})(?::\d{2})?(?: ?([ap])(?:m\b|\b\.?(?= |$|[,;?!.])))?(?![\d:/])/g,
      ([, h, m, half]) => clock(h, m, half) ?? missingClock(h, m),
    ],
    [
      new RegExp(`(?<!(?:${monthPattern}|[./]) ?)\\b(\\d{1,2})[ .](\\d{2}) ?([ap])m\\b`, "g"),
      ([, h, m, half]) => clock(h, m, half),
    ],
    [/\b(\d{1,2})(\d{2}) ?([ap])m\b/g, ([, h, m, half]) => clock(h, m, half)],
    [/\b(\d{1,2}) ?h ?(\d{2})(?: ?([ap])m\b)?(?!\d)/g, ([, h, m, half]) => (half ? clock(h, m, half) : sure24(h, m))],
    [/(?<![\d.$]|\d\/)\b(\d{1,2}) ?(?:o'clock )?([ap])m\b(?:ish)?/g, ([, h, half]) => clock(h, "00", half)],
    [/(?<![\d.$]|\d\/)\b(\d{1,2})([ap])\b\.?/g, ([, h, half]) => clock(h, "00", half)],
    [
      /\b(0?[7-9]|1\d|2[0-4]) ?h\b|(?<=\b(?:at|from|to|until|-|after|before|around) ?)(\d{1,2}) ?h\b/g,
      ([, h1, h2]) => sure24(h1 ?? h2, "00"),
    ],
    [/\b(\d{1,2}) o'clock\b/g, ([, h]) => clock(h, "00", undefined)],
    [/\b(\d{1,2})-?ish\b/g, ([, h]) => clock(h, "00", undefined)],
  ];
  return rules.reduce((read, [pattern, toClock]) => mark(read, pattern, toClock), aroundNoon(sentence));
}

/** "15 minutes past noon", "15 to noon". */
function aroundNoon(sentence: Sentence): Sentence {
  return mark(
    sentence,
    /\b(\d{1,2}|(?:a )?quarter|half) (?:minutes? )?(past|after|to|before) (noon|midnight)\b/g,
    ([, said, side, mid]) => {
      const minutes = said === "half" ? 30 : (Number(said) || 15) * (side === "past" || side === "after" ? 1 : -1);
      return sureClock(((mid === "noon" ? 720 : 1440) + minutes) % 1440);
    },
  );
}

/** An hour, with its minutes after a dot, a colon or, as spoken, a space. */
const hourOrTime = String.raw`(\d{1,2})(?:[.:](\d{2})| ([0-5]\d))?(?![\d/:%]|\.\d)`;
/** What may follow an hour: the end, a mark, or a small word. Before a noun the number is a count. */
const hourEnds = String.raw`(?= ?(?:$|[.,?!;)"']|<|- ?[\d<]|(?:on|in|to|or|and|until|through|instead|please|today|if|for|with|without|using|via|would|is|works?|was|rather|sharp|not|but|because|so|as|thanks|thank|ok|okay|then|too|this|next|at|will|should|only|onwards?|good|best|better|from|by|after|before|between|when|works|suits?|later|latest|earliest|can|could|may|shall|are|do|does|did|i|we|you|my|your|our|sorry|wait|actually|oops)\b))`;
const inFront =
  "(?:at|@|around|about|before|after|until|by|since|past|than|near|approximately|roughly|from|between|not|instead of|rather than)";
const toward = "(?:to|for|my|be|time|make it|say|starting|start|starts)";

/**
 * A bare number is an hour after "at", "around", "until" and similar words, in a range or list of hours, and beside a
 * day.
 */
export function bareHours(sentence: Sentence): Sentence {
  const places = [
    `\\b(\\d{1,2}) ([0-5]\\d)(?= <p)`,
    `(?<=(?:^|[ .,!?;("'])${inFront} ?)${hourOrTime}(?! (?:on|of) (?!<))${hourEnds}`,
    `(?<![\\d$./:-])\\b${hourOrTime}(?= ?(?:-|to|until|through|and|or) ?(?:\\d{1,2}(?:[:.]\\d{2})?${hourEnds}|<t))`,
    `(?<![\\d$./:-])\\b${hourOrTime}(?=(?:, ?(?:\\d{1,2}(?:[:.]\\d{2})?|<t\\d+>))+,? (?:or|and) (?:\\d|<t))`,
    `(?<![\\d$./:-])\\b${hourOrTime}(?=,? (?:or|and) (?:later|earlier|after|before|sooner)\\b)`,
    `(?<=<t\\d+> ?(?:-|to|until|through|and|or|,) ?)${hourOrTime}${hourEnds}`,
    `(?<=\\b(?:between|from) <t\\d+> (?:on )?<d\\d+> (?:and|to|until|-) ?)${hourOrTime}${hourEnds}`,
    `(?<=<[dpws]\\d+>,? ?(?:(?:the|in|on) )?)${hourOrTime}(?!-)${hourEnds}`,
    `(?<![\\d$./:-])\\b${hourOrTime}(?=,? (?:on |in (?:the )?)?<[dps]\\d+>)`,
    `(?<=(?:^|[ .,!?;])${toward} )${hourOrTime}(?= ?(?:$|[.,?!;]|instead|please|<))`,
    `(?<=[tdspw]\\d+>(?:,|\\.+|;| -|!|\\?)? ?${correcting},? )${hourOrTime}${hourEnds}`,
    `^${hourOrTime}(?=[?!.]*$| ?(?:please|instead|works?|is (?:good|fine|better|best)))`,
  ];
  const led = "(?<=(?:^|[ .,!?;])(?:at|around|about|before|after|until|by|from|to|between|approximately) ?)";
  const alone = "(?:(?<=<d\\d+>,? )|^)(?!20[2-4]\\d)";
  const fourDigits = new RegExp(
    `${led}([012]?\\d)([0-5][05])(?= ?(?:$|[.,?!;]|<|(?:and|to|until|or|please|instead|for)\\b))|${alone}([012]\\d)([0-5]\\d)(?=[.,?!]*$)|\\b([012]?\\d)([0-5][05])(?=,? (?:on )?<d)|\\b(0\\d)([0-5]\\d)\\b`,
    "g",
  );
  const military = mark(sentence, fourDigits, ([, h1, m1, h2, m2, h3, m3, h4, m4]) =>
    clock(h1 ?? h2 ?? h3 ?? h4, m1 ?? m2 ?? m3 ?? m4, undefined),
  );
  return places.reduce(
    (read, place) =>
      mark(read, new RegExp(place, "g"), ([, hour, minute, spoken]) =>
        Number(hour) > 0 ? clock(hour, minute ?? spoken ?? "00", undefined) : undefined,
      ),
    military,
  );
}

/**
 * Numbers in the form of a clock time that does not exist, with the nearest one that does. Undefined for other numbers.
 */
function missingClock(hour: string | undefined, minute: string | undefined): MissingFact | undefined {
  if (Number(hour) > 39) return undefined;
  const minutes = Math.min(Number(hour) * 60 + Math.min(Number(minute), 59), 1440);
  return { kind: "missing", nearest: sureClock(minutes) };
}

function sureClock(minutes: number): ClockFact {
  return { kind: "clock", minutes, sure: true };
}

function shifted(hour: string | undefined, half: string | undefined, minutes: number): ClockFact | undefined {
  const whole = clock(hour, "00", half);
  if (whole === undefined || Math.abs(minutes) > 59) return undefined;
  return { ...whole, minutes: (whole.minutes + minutes + 1440) % 1440 };
}

function clock(
  hourSaid: string | undefined,
  minuteSaid: string | undefined,
  half: string | undefined,
): ClockFact | undefined {
  const hour = Number(hourSaid);
  const minute = Number(minuteSaid);
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return undefined;
  if (half === undefined || hour > 12 || hour === 0) {
    const sure = hour > 12 || hour === 0 || hourSaid?.startsWith("0") === true || hour === 12;
    return { kind: "clock", minutes: hour * 60 + minute, sure };
  }
  return sureClock(((hour % 12) + (half === "p" ? 12 : 0)) * 60 + minute);
}

function sure24(hour: string | undefined, minute: string | undefined): ClockFact | undefined {
  const read = clock(hour, minute, undefined);
  return read && { ...read, sure: true };
}

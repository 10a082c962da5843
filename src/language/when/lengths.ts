import { mark, type Sentence } from "./sentence.ts";

const amount = String.raw`(?:\d{1,4}(?:\.\d)?(?: and (?:a )?half)?|an?(?: (?:half|full|whole))?|1\/2|1\/4|3\/4(?: of an?)?|half(?: an?)?|quarter of an|3[ -]quarters? of an|(?:a )?couple(?: of)?|(?:a )?few)`;
/** The letters alone count only directly after a number, because "a m" is the morning. */
const clockUnit = String.raw`(?:[ -]?(?:more )?(?:minutes?|hours?)|(?<=\d) ?m|(?<=\b[1-6](?:\.\d)?) ?h)`;
const length = `${amount}${clockUnit}\\b(?: (?:and )?(?:a half|a quarter|\\d{1,2} ?(?:minutes?|m)\\b))?`;

const minutesByUnit = { m: 1, h: 60 } as const;

/** Minutes in a length of time as said: "an hour and a half", "90 minutes", "1 hour 30 minutes", "½ hour". */
export function minutesOf(text: string): number | undefined {
  let total: number | undefined;
  const pattern = new RegExp(
    `(${amount})(?:[ -]?(?:more )?(minutes?|hours?)|(?<=\\d) ?([hm]))\\b( and a (?:half|quarter))?`,
    "g",
  );
  for (const [, count = "", word, letter, extra = ""] of text.matchAll(pattern)) {
    const perUnit = (word ?? letter)?.startsWith("h") ? minutesByUnit.h : minutesByUnit.m;
    const part = extra.endsWith("half") ? 0.5 : extra.endsWith("quarter") ? 0.25 : 0;
    total = (total ?? 0) + Math.round((amountOf(count) + part) * perUnit);
  }
  return total;
}

/** The number an amount word stands for: "a couple" is 2, "a few" 3. */
export function amountOf(said: string): number {
  if (/couple/.test(said)) return 2;
  if (/few/.test(said)) return 3;
  if (/^3[ -]quarters?|^3\/4/.test(said)) return 0.75;
  if (/^quarter|^1\/4/.test(said)) return 0.25;
  const half = /half|1\/2/.test(said) ? 0.5 : 0;
  const number = /^\d+(?:\.\d+)?(?!\/)/.exec(said)?.[0];
  if (number !== undefined && !said.startsWith("1/")) return Number(number) + half;
  return half > 0 ? half : 1;
}

/**
 * How long the session should be, and instants some hours from now ("in 2 hours"). "2 hours later" is neither. It is a
 * shift of something named before (`parseShift`), and is removed.
 */
export function lengths(sentence: Sentence): Sentence {
  const several = `${length}(?:,? (?:and )?${length})*`;
  const fromNow = new RegExp(
    `\\bin (?:about |around )?(?:another )?(${several}|half an hour|\\d{1,3}')(?! (?:long|in length|session|slot|appointment))|\\b(${several}) (?:from now|hence)\\b|\\bhalf (an hour) from now\\b`,
    "g",
  );
  const within = new RegExp(
    `\\b(?:within|(?:in |for |within )?the next|next) (${several})(?! (?:long|meeting|session|slot|appointment))`,
    "g",
  );
  const shift = new RegExp(
    `\\b(?:by )?(${several}) (?:later|earlier|sooner|after that|before that|from then|back|ahead)\\b|\\bby (?:about )?(?:${several})`,
    "g",
  );
  const plain = new RegExp(
    `\\b(?:(?:for|lasting|lasts?|at least|of|only|just) )?(?:about |around )?(${several})(?:[ -]long|[ -]in length| in duration)?(?! ?(?:ago|before|after|past) | ?to (?:\\d|noon|midnight))`,
    "g",
  );
  const inNow = mark(sentence, fromNow, ([, a, b, c]) => {
    const said = a ?? b ?? (c && "half an hour");
    const minutes = said?.endsWith("'") ? Number.parseInt(said, 10) : minutesOf(said ?? "");
    return minutes === undefined ? undefined : { kind: "instant", fromNowMinutes: minutes };
  });
  const soon = mark(inNow, within, ([, said]) => {
    const minutes = minutesOf(said ?? "");
    return minutes === undefined ? undefined : { kind: "instant", fromNowMinutes: minutes, within: true };
  });
  const shifts = mark(soon, shift, () => ({ kind: "nothing", why: "shift" }));
  return mark(shifts, plain, ([, said]) => {
    const minutes = minutesOf(said ?? "");
    return minutes === undefined || minutes === 0 ? undefined : { kind: "minutes", minutes };
  });
}

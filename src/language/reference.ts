import { localDayOf, offsetMsAt } from "../domain/zone.ts";
import { distance } from "fastest-levenshtein";
import { amountOf, minutesOf } from "./lengths.ts";
import { normalise } from "./normalise.ts";
import { fitSlots, type Want } from "./want.ts";
import { parseWhen } from "./when.ts";

/** What was on the card the words answer: starts, in the order they were shown. */
export interface Offer {
  readonly offered: readonly number[];
  readonly nowMs: number;
  readonly zone: string;
}

/** One choice, or several that the words fit alike, as places in the list offered. */
export type Choice = { readonly index: number } | { readonly indices: readonly number[] };

const noun = "(?:one|1|option|choice|slot|time|appointment|session|request|meeting|event|date|offer|suggestion|possibility)s?";
const refusal = /\b(?:none|neither|no(?:t any)? of (?:these|them|those)|nothing (?:here|there)|not (?:any|either) of|no(?:t)? (?:good|work)|don'?t work|doesn'?t work|do not work|does not work|anything else|something else|other times?|other options?|different)\b/;

/**
 * Which of the starts offered the words choose: by place ("the second one", "last"), by comparison ("the later one"),
 * or by time ("10 is better", "the 2:30 one", "Tuesday"). Undefined where they choose none, or refuse all.
 */
export function selectOffered(text: string, offer: Offer): Choice | undefined {
  const said = normalise(text);
  if (offer.offered.length === 0 || /\b(?:none|neither)\b/.test(said)) return undefined;
  const place = byPlace(said, offer.offered);
  if (place !== undefined) return choiceOf(place, offer.offered.length);
  if (refusal.test(said)) return undefined;
  const times = byTime(said, offer);
  return times.length === 1 && times[0] !== undefined ? { index: times[0] } : times.length > 0 ? { indices: times } : undefined;
}

function choiceOf(index: number, count: number): Choice | undefined {
  return index >= 0 && index < count ? { index } : undefined;
}

function byPlace(said: string, offered: readonly number[]): number | undefined {
  const fromEnd = /\b(?:(\d)(?:st|nd|rd|th)|next) (?:to|from) (?:the )?last\b/.exec(said);
  if (fromEnd) return offered.length - (fromEnd[1] === undefined ? 2 : Number(fromEnd[1]));
  if (/\bpenultimate\b/.test(said)) return offered.length - 2;
  const ordinal = new RegExp(`\\b(?:the )?(\\d{1,2})(?:st|nd|rd|th)(?: (?:${noun}|the)\\b|(?= ?(?:$|[.,!?;-]|(?:is|does|works?|will|would|should|looks?|sounds?|please|at|on|in|thanks|thank|for|best|better|fine|good|great|and|but)\\b)))`).exec(said);
  if (ordinal && !isDate(said, ordinal)) return Number(ordinal[1]) - 1;
  const number = new RegExp(`^\\W*(?:(?:yes|ok|okay|let's (?:do|take|go with)|i(?:'ll| will) take|i like|give me|take|choose|pick) )*(?:#|(?:${noun}|number|no\\.?|nr\\.?|slot) #?)(\\d{1,2})\\b(?![:.h]\\d|\\d| ?(?:am|pm|o'clock))`).exec(said) ?? /\b(?:option|number|choice|slot|#) ?#?(\d{1,2})\b(?![:.h]\d| ?(?:am|pm|o'clock))/.exec(said);
  if (number) return Number(number[1]) - 1;
  const order = [...offered.keys()].sort((a, b) => (offered[a] ?? 0) - (offered[b] ?? 0));
  if (new RegExp(`\\b(?:the |your )?last (?:${noun}|of (?:these|them|those))\\b|^\\W*(?:the )?last\\W*(?:please)?\\W*$`).test(said)) return offered.length - 1;
  if (new RegExp(`\\b(?:later|latest) (?:of|${noun})\\b|^\\W*(?:the )?(?:later|latest)\\W*(?:please)?\\W*$|\\bthe (?:later|latest)\\b(?! <)`).test(said)) return order.at(-1);
  if (new RegExp(`\\b(?:earlier|earliest|soonest|sooner) (?:of|${noun})\\b|^\\W*(?:the )?(?:earlier|earliest|soonest|sooner)\\W*(?:please)?\\W*$|\\bthe (?:earlier|earliest|soonest)\\b`).test(said)) return order[0];
  if (new RegExp(`\\bmiddle (?:${noun})\\b|^\\W*(?:the )?middle\\W*$`).test(said) && offered.length % 2 === 1) return (offered.length - 1) / 2;
  return undefined;
}

/** "the 13th of March", "Friday the 13th": a day, not a place in the list. */
function isDate(said: string, found: RegExpExecArray): boolean {
  const after = said.slice(found.index + found[0].length);
  const before = said.slice(0, found.index);
  return /^ of (?!these|them|those|the (?:list|options))/.test(after) || (/\bon $/.test(before) && Number(found[1]) > 3) || /(?:day|january|february|march|april|may|june|july|august|september|october|november|december),? $/.test(before);
}

function byTime(said: string, offer: Offer): readonly number[] {
  const when = parseWhen(said, offer);
  const wants = when === undefined ? [] : [when.want, ...(when.ambiguous?.readings ?? [])];
  for (const want of wants) {
    const found = fitting(want, offer);
    if (found.length > 0 && found.length < offer.offered.length) return found;
    if (found.length === offer.offered.length && offer.offered.length === 1) return found;
  }
  for (const want of wants) {
    const found = fitting(timeOnly(want), offer);
    if (found.length > 0 && found.length < offer.offered.length) return found;
  }
  return bareNumber(said, offer);
}

/** "10", "10 is better", "let's do 4:45": a number alone is a clock time where one of the starts has it. */
function bareNumber(said: string, offer: Offer): readonly number[] {
  const [, hour, minute] = /(?<![\d:/.-])\b(\d{1,2})(?:[:.](\d{2}))?\b(?![\d:/%]|(?:st|nd|rd|th)\b)/.exec(said) ?? [];
  if (hour === undefined || Number(hour) > 24) return [];
  const minutes = Number(hour) * 60 + Number(minute ?? 0);
  const exactly = [minutes, (minutes + 720) % 1440];
  const matches = (wanted: readonly number[]) => [...offer.offered.keys()].filter((index) => wanted.includes(clockOf(offer, index)));
  return matches(exactly);
}

function clockOf({ offered, zone }: Offer, index: number): number {
  const startMs = offered[index] ?? 0;
  return Math.floor((startMs + offsetMsAt(zone, startMs)) / 60_000) - localDayOf(zone, startMs) * 1440;
}

function fitting(want: Want, offer: Offer): readonly number[] {
  if (want.days === undefined && want.weekdays === undefined && want.windows === undefined && want.exact === undefined) return [];
  const starts = new Set(fitSlots(want, offer.offered, { zone: offer.zone, nowMs: Math.min(offer.nowMs, ...offer.offered) - 1 }));
  return [...offer.offered.keys()].filter((index) => starts.has(offer.offered[index] ?? 0));
}

/** Days said may be about something else; the clock time is then enough to tell the starts apart. */
function timeOnly({ days, exact, ...want }: Want): Want {
  return { ...want, ...(exact && { exact: { minutes: exact.minutes } }), ...(days?.[0]?.windows && { windows: days[0].windows }) };
}

/** How much later (or, negative, earlier) something named should be. */
export interface Shift {
  readonly minutes?: number;
  readonly days?: number;
  readonly weeks?: number;
  readonly months?: number;
}

const span = String.raw`(?:\d{1,3}(?:\.\d)?|an?|half an?|(?:a )?couple(?: of)?|(?:a )?few|1/2 an?)`;
const unit = "(minutes?|hours?|h|days?|weeks?|months?)";

/**
 * "30 minutes later", "an hour earlier", "push it back 2 days", "same time next week": a move relative to the session
 * itself. Undefined where the words name a time of their own.
 */
export function parseShift(text: string): Shift | undefined {
  const said = normalise(text);
  const amount = new RegExp(`\\b(${span})[ -]?${unit}(?: and (?:a half|${span}[ -]?${unit}))?,? (later|after|earlier|sooner|before|back|forward|from then|ahead|on)\\b`).exec(said);
  if (amount) return shiftOf(amount[0], amount[2], /earlier|sooner|before|forward|ahead/.test(amount.at(-1) ?? "") ? -1 : 1);
  const by = new RegExp(`\\b(?:delay|postpone|push|move|bring|shift)\\b(?! [a-z0-9 ]*\\bto\\b)[a-z' ]*?\\b(by|back|up|forward|out|ahead|it|that|this|delay|postpone)(?: by)? (${span})[ -]?${unit}\\b(?! from)`).exec(said);
  if (by) return shiftOf(`${by[2]} ${by[3]}`, by[3], /\b(?:forward|up|ahead)\b/.test(by[0]) ? -1 : 1);
  const same = /\b(?:same (?:time|hour|day|slot|thing)[a-z ,]*)?\b(?:(next|following) (week|day|month)|(?:a|1) (week|day|month) later)\b/.exec(said);
  if (same && /\bsame\b|\b(?:move|push|shift|postpone|delay|reschedule|switch|change)\b[a-z' ]* (?:to|until|for) (?:the )?(?:next|following) (?:week|month)\W*$/.test(said)) return { [`${same[2] ?? same[3]}s`]: 1 };
  return undefined;
}

function shiftOf(said: string, unitSaid: string | undefined, sign: 1 | -1): Shift | undefined {
  if (unitSaid === undefined) return undefined;
  const count = amountOf(/^(?:\d[\d.]*|[a-z/ 12]+?)(?=[ -]?(?:minute|hour|day|week|month|h\b))/.exec(said)?.[0].trim() ?? "1");
  if (unitSaid.startsWith("day")) return { days: sign * count };
  if (unitSaid.startsWith("week")) return { weeks: sign * count };
  if (unitSaid.startsWith("month")) return { months: sign * count };
  const minutes = minutesOf(said);
  return minutes === undefined ? undefined : { minutes: sign * minutes };
}

/** Something a message may name, with every name it goes by. */
export interface Candidate {
  readonly id: string;
  readonly names: readonly string[];
}

/** Words that say what kind of thing a name names, and so tell nobody apart. */
const emptyWords = new Set(["the", "a", "an", "of", "and", "with", "for", "to", "in", "on", "at", "my", "by", "or", "session", "sessions", "appointment", "appointments", "dr", "doctor", "mr", "mrs", "ms", "prof", "service", "package", "min", "minutes", "minute", "hour"]);

/**
 * Which candidates the words name, and the words left without those names. Names are compared word by word, one slip
 * allowed in words of five letters and two in words of eight, never as a whole sentence. Several ids: the words fit
 * them alike, so ask.
 */
export function findNamed(text: string, candidates: readonly Candidate[]): { readonly ids: readonly string[]; readonly rest: string } {
  const said = normalise(text);
  const spans = spansOf(said);
  const words = spans.map(({ word }) => word);
  const scores = candidates.map(({ id, names }) => {
    const best = names.map((name) => scoreOf(words, wordsOf(name))).toSorted((a, b) => b.score - a.score)[0];
    return { id, score: best?.score ?? 0, used: best?.used ?? [] };
  });
  const top = Math.max(0, ...scores.map(({ score }) => score));
  if (top === 0) return { ids: [], rest: said };
  const winners = scores.filter(({ score }) => score > top - 0.01);
  const used = new Set(winners.flatMap((winner) => winner.used));
  const ids = [...new Set(winners.map(({ id }) => id))];
  // What is left keeps its signs: "4/3" and "15:30" are still to be read.
  const rest = [...used].toSorted((a, b) => b - a).reduce((left, index) => {
    const span = spans[index];
    return span === undefined ? left : left.slice(0, span.from) + left.slice(span.to);
  }, said);
  return { ids, rest: rest.replace(/\s+/g, " ").trim() };
}

function wordsOf(text: string): readonly string[] {
  return spansOf(normalise(text)).map(({ word }) => word);
}

/** The words of a text without their accents, and where they stand in it. */
function spansOf(text: string): readonly { readonly word: string; readonly from: number; readonly to: number }[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+(?:'\p{L}+)?/gu)].map((match) => ({
    word: match[0].normalize("NFD").replace(/\p{M}/gu, "").replace(/'s$/, ""),
    from: match.index,
    to: match.index + match[0].length,
  }));
}

/** How well a name is said: its telling words found, weighted by how much of the name they are. */
function scoreOf(words: readonly string[], name: readonly string[]): { readonly score: number; readonly used: readonly number[] } {
  const telling = name.filter((word) => !emptyWords.has(word) && !/^\d+$/.test(word));
  const wanted = telling.length > 0 ? telling : name;
  const found = wanted.map((word) => words.findIndex((said) => isSame(said, word)));
  const hits = found.filter((index) => index >= 0);
  if (hits.length === 0) return { score: 0, used: [] };
  const extras = name.filter((word) => !wanted.includes(word)).map((word) => words.indexOf(word)).filter((index) => index >= 0);
  const exact = hits.filter((index) => wanted.includes(words[index] ?? "")).length;
  const nextTo = extras.filter((index) => hits.some((hit) => Math.abs(hit - index) <= 2));
  return { score: hits.length + exact * 0.1 + nextTo.length * 0.2 + hits.length / (wanted.length * 10), used: [...hits, ...nextTo] };
}

/** The same word, or one the finger slipped on. */
function isSame(said: string, name: string): boolean {
  if (said === name || said === `${name}s` || `${said}s` === name) return true;
  if (name.length < 4 || said.length < 4 || said[0] !== name[0]) return false;
  return distance(said, name) <= (name.length >= 8 ? 2 : name.length >= 5 ? 1 : 0) || isSwap(said, name);
}

function isSwap(said: string, name: string): boolean {
  if (said.length !== name.length || name.length < 4) return false;
  const at = [...said].findIndex((letter, index) => letter !== name[index]);
  return said[at] === name[at + 1] && said[at + 1] === name[at] && said.slice(at + 2) === name.slice(at + 2);
}

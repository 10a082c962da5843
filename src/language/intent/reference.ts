import { timeOfMinutes } from "../../domain/local-date.ts";
import { minutesOfDayAt } from "../../domain/zone.ts";
import { scoreName, spansOf, wordsOf } from "../names/names.ts";
import { normalise } from "../normalise.ts";
import { placeChosen } from "../when/places.ts";
import { readShift, type Shift } from "../when/shifts.ts";
import { fitSlots, type Want } from "../when/want.ts";
import { parseWhen } from "../when/when.ts";

/** The starts on the card that the words answer, in the order they were shown. */
export interface Offer {
  readonly offered: readonly number[];
  readonly nowMs: number;
  readonly zone: string;
}

/** One choice, or several that fit equally, as places in the offered list. */
export type Choice = { readonly index: number } | { readonly indices: readonly number[] };

const refusal =
  /\b(?:none|neither|no(?:t any)? of (?:these|them|those)|nothing (?:here|there)|not (?:any|either) of|no(?:t)? (?:good|work)|don'?t work|doesn'?t work|do not work|does not work|anything else|something else|other times?|other options?|different|too far)\b/;

/** Whether the words reject what they name. */
const tooMuch =
  /\b(?:too (?:early|late|soon)|can'?t (?:do|make)|cannot (?:do|make)|(?:won'?t|doesn'?t|does not|don'?t) work)\b/;

/**
 * Which of the offered starts the words choose: by place ("the second one", "last"), by comparison ("the later one"),
 * or by time ("10 is better", "the 2:30 one", "Tuesday"). Undefined: they choose none, or reject all.
 */
export function selectOffered(text: string, offer: Offer): Choice | undefined {
  const said = normalise(text);
  if (offer.offered.length === 0 || /\b(?:none|neither)\b/.test(said)) return undefined;
  if (tooMuch.test(said)) return undefined;
  const place = placeChosen(said, offer.offered);
  if (place !== undefined && place >= 0 && place < offer.offered.length) return { index: place };
  if (refusal.test(said)) return undefined;
  const [first, ...more] = byTime(said, offer);
  if (first === undefined) return undefined;
  return more.length === 0 ? { index: first } : { indices: [first, ...more] };
}

/** The places that fit by day or clock time. For "the soonest", the first in time. */
function byTime(said: string, offer: Offer): readonly number[] {
  const when = parseWhen(said, { ...offer, ...hoursOf(offer) });
  const wants = when === undefined ? [] : (when.ambiguous?.readings ?? [when.want]);
  for (const want of wants) {
    const found = fitting(want, offer);
    const tellsApart = found.length < offer.offered.length || found.length === 1;
    if (found.length > 0 && tellsApart) return found;
  }
  return when === undefined || wants.every(saysNoTime) ? bareNumber(said, offer) : [];
}

/**
 * The usual hours, extended to those of the starts: where a session at 05:00 is offered, "not at 5" may mean it.
 */
function hoursOf(offer: Offer): { readonly opensAt: string; readonly closesAt: string } {
  const clocks = [...offer.offered.keys()].map((index) => clockOf(offer, index));
  return {
    opensAt: timeOfMinutes(Math.min(420, ...clocks)),
    closesAt: timeOfMinutes(Math.max(1260, ...clocks.map((minutes) => minutes + 1))),
  };
}

/** "10", "10 is better", "let's do 4:45": a bare number is a clock time if one of the starts has it. */
function bareNumber(said: string, offer: Offer): readonly number[] {
  const alone =
    /(?<![\d:/.#-])\b(\d{1,2})(?:[:.](\d{2}))?(?= ?(?:$|[.,!?]|(?:please|works?|is|would|will|it|sounds|looks|then|for me|1|one|o'clock|option|slot|better|best)\b))/.exec(
      said,
    );
  if (alone === null || said.split(" ").length > 8) return [];
  const minutes = Number(alone[1]) * 60 + Number(alone[2] ?? 0);
  return [...offer.offered.keys()].filter((index) => clockOf(offer, index) % 720 === minutes % 720);
}

function clockOf({ offered, zone }: Offer, index: number): number {
  return minutesOfDayAt(zone, offered[index] ?? 0);
}

function fitting(want: Want, offer: Offer): readonly number[] {
  const inTime = [...offer.offered.keys()].toSorted((a, b) => (offer.offered[a] ?? 0) - (offer.offered[b] ?? 0));
  if (saysNoTime(want)) return want.order === "any" ? [] : inTime.slice(...(want.order === "latest" ? [-1] : [0, 1]));
  const starts = new Set(
    fitSlots(want, offer.offered, { zone: offer.zone, nowMs: Math.min(offer.nowMs, ...offer.offered) - 1 }),
  );
  return [...offer.offered.keys()].filter((index) => starts.has(offer.offered[index] ?? 0));
}

function saysNoTime({ days, weekdays, windows, exact }: Want): boolean {
  return days === undefined && weekdays === undefined && windows === undefined && exact === undefined;
}

/** `readShift` of a text as typed. */
export function parseShift(text: string): Shift | undefined {
  return readShift(normalise(text));
}

export type { Shift };

/** Something a message may name, with all of its names. */
export interface Candidate {
  readonly id: string;
  readonly names: readonly string[];
}

/**
 * Which candidates the words name, and the words left without those names. Names are compared word by word, never as a
 * whole sentence. One typo is allowed in words of five letters and two in words of eight. Several ids: they fit
 * equally, so the desk asks.
 */
export function findNamed(
  text: string,
  candidates: readonly Candidate[],
): { readonly ids: readonly string[]; readonly rest: string } {
  const said = normalise(text);
  const spans = spansOf(said);
  const words = spans.map(({ word }) => word);
  const scores = candidates.map(({ id, names }) => {
    const best = names.map((name) => scoreName(words, wordsOf(name))).toSorted((a, b) => b.score - a.score)[0];
    return { id, score: best?.score ?? 0, used: best?.used ?? [] };
  });
  const top = Math.max(0, ...scores.map(({ score }) => score));
  if (top === 0) return { ids: [], rest: said };
  const winners = scores.filter(({ score }) => score > top - 0.01);
  const used = new Set(winners.flatMap((winner) => winner.used));
  const ids = [...new Set(winners.map(({ id }) => id))];
  // The remaining text keeps its signs, because "4/3" and "15:30" are read later.
  const rest = [...used]
    .toSorted((a, b) => b - a)
    .reduce((left, index) => {
      const span = spans[index];
      return span === undefined ? left : left.slice(0, span.from) + left.slice(span.to);
    }, said);
  return { ids, rest: rest.replace(/\s+/g, " ").trim() };
}

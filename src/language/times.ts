import { dateOfDay, dayOfDate } from "../domain/local-date.ts";
import type { Span } from "./span.ts";
import { assemble } from "./when/assemble.ts";
import { momentOf, type ReadingContext } from "./when/moment.ts";
import type { ClockWindow, Want, WantedDays } from "./when/want.ts";
import { readPhrases, relate, type When } from "./when/when.ts";

/** A date or clock time that does not exist, with the nearest one that does. */
export interface Impossible {
  readonly said: string;
  readonly nearest?: string;
}

/** The times in a normalised text and where they stand in it. */
export interface TimesRead {
  readonly when: When | undefined;
  readonly spans: readonly Span[];
  readonly impossible: readonly Impossible[];
  /** Phrases that sound like a time and could not be read. */
  readonly unread: readonly string[];
}

/** Reads the times of a normalised text. This is the only place where `read` meets the time grammar. */
export function timesIn(said: string, context: ReadingContext): TimesRead {
  const moment = momentOf(context);
  const sentence = readPhrases(said, moment);
  return {
    when: assemble(relate(sentence, moment), moment),
    spans: spansOfMarks(said, sentence.text),
    impossible: [],
    unread: [],
  };
}

/** Finds what each mark replaced: the words between two marks are the same in both texts. */
function spansOfMarks(said: string, marked: string): readonly Span[] {
  const spans: Span[] = [];
  let open: number | undefined;
  let position = 0;
  // A `v` mark holds words that only look like a time, such as "good morning".
  for (const part of marked.split(/(<[a-uw-z]\d+>)/)) {
    if (/^<[a-uw-z]\d+>$/.test(part)) {
      open ??= position;
      continue;
    }
    const words = part.replace(/<v\d+>/g, " ").trim();
    if (words === "") continue;
    const at = said.indexOf(words, position);
    if (at < 0) continue;
    if (open !== undefined) spans.push({ from: open, to: at });
    open = undefined;
    position = at + words.length;
  }
  if (open !== undefined) spans.push({ from: open, to: said.length });
  return spans.map(({ from, to }) => trimmed(said, from, to)).filter(({ from, to }) => from < to);
}

function trimmed(said: string, from: number, to: number): Span {
  const words = said.slice(from, to);
  return { from: from + (words.length - words.trimStart().length), to: to - (words.length - words.trimEnd().length) };
}

/** Merges times that were wanted before with those said now; several are readings of the same words. */
export function mergeTimes(before: readonly Want[], said: readonly Want[]): readonly Want[] {
  const [first] = before;
  if (first === undefined || said.length === 0) return said.length === 0 ? before : said;
  return said.map((want) => mergeWant(first, want));
}

/** The days and the hours of a want are two slots: what is said of one replaces it, what is ruled out is added. */
function mergeWant(before: Want, said: Want): Want {
  const days = saysDays(said) ? said : before;
  const hours = saysHours(said) ? said : before;
  const not = [...(before.not ?? []), ...(said.not ?? [])];
  const windows = windowsOf(hours);
  const bare = days.days?.map(({ from, to }): WantedDays => ({ from, to })) ?? dayOf(days.exact?.date);
  const date = days.exact?.date ?? (bare?.length === 1 && isOneDay(bare[0]) ? bare[0]?.from : undefined);
  const minutes = said.minutes ?? before.minutes;
  const zone = said.zone ?? before.zone;
  return {
    ...(bare && { days: bare }),
    ...(days.weekdays && { weekdays: days.weekdays }),
    ...(hours.exact
      ? { exact: { ...(date && { date }), minutes: hours.exact.minutes } }
      : { ...(windows && { windows }), ...(hours.open && { open: hours.open }) }),
    ...(days.otherwise && { otherwise: days.otherwise.map(({ from, to }) => ({ from, to })) }),
    ...(not.length > 0 && { not }),
    ...(minutes && { minutes }),
    ...(zone && { zone }),
    order: said.order === "any" ? before.order : said.order,
    certainty: Math.min(before.certainty, said.certainty),
  };
}

function saysDays({ days, weekdays, exact }: Want): boolean {
  return days !== undefined || weekdays !== undefined || exact?.date !== undefined;
}

function saysHours(want: Want): boolean {
  return want.exact !== undefined || windowsOf(want) !== undefined;
}

function windowsOf({ windows, days }: Want): readonly ClockWindow[] | undefined {
  return windows ?? days?.find((one) => one.windows !== undefined)?.windows;
}

function dayOf(date: string | undefined): readonly WantedDays[] | undefined {
  return date === undefined ? undefined : [{ from: date, to: dateOfDay(dayOfDate(date) + 1) }];
}

function isOneDay(days: WantedDays | undefined): boolean {
  return days !== undefined && dayOfDate(days.to) === dayOfDate(days.from) + 1;
}

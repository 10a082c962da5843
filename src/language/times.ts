import type { Span } from "./span.ts";
import { assemble } from "./when/assemble.ts";
import { momentOf, type ReadingContext } from "./when/moment.ts";
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

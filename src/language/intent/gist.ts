import type { Span } from "../span.ts";

/** The kinds of spans that are read before the grammar of a message. */
export type MarkKind = "time" | "service" | "person" | "package" | "place" | "method" | "address";

export interface Mark extends Span {
  readonly kind: MarkKind;
}

/**
 * A message reduced to what its grammar needs: words and punctuation separated by one space, with `<time>`, `<person>`
 * and so on in place of the spans already read. Rules are patterns over this text, so they need no lists of names or
 * days.
 */
export interface Gist {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

interface Piece extends Span {
  readonly word: string;
  /** Where the piece begins in the gist. */
  readonly at: number;
}

/** Words between two times that join them into one: "friday at 3", "monday or tuesday". */
const linksTimes =
  /^(?: |,|at|on|in|or|and|the|of|around|about|from|for|between|-|\/|until|till|to|not|before|after|any|either|this|but|except|then)*$/;
/**
 * Words before a time that only say how it is meant. "To", "for" and "from" are not among them, because they
 * distinguish two times.
 */
const leadsTime =
  /(?:\b(?:on|at|in|around|about|by|after|before|between|until|since|this|sometime|any ?time|any|either|early|(?<!\brunning )late|not|during|within|as of|past) ?)+$/;

export function gistOf(said: string, marks: readonly Mark[]): Gist {
  const sorted = joinTimes(
    said,
    marks.toSorted((a, b) => a.from - b.from),
  );
  const pieces: Piece[] = [];
  let at = 0;
  const push = (word: string, from: number, to: number) => {
    pieces.push({ word, from, to, at });
    at += word.length + 1;
  };
  let position = 0;
  for (const mark of [...sorted, { kind: "time" as const, from: said.length, to: said.length }]) {
    for (const match of said
      .slice(position, mark.from)
      .matchAll(/[\p{L}\p{M}\p{N}]+(?:['.-][\p{L}\p{N}]+)*|[,.;:!?]|[👍👌✅]|'s\b/gu)) {
      push(match[0], position + match.index, position + match.index + match[0].length);
    }
    position = mark.to;
    if (mark.from === mark.to) continue;
    push(`<${mark.kind}>`, mark.from, mark.to);
    // "Ana's email": the owner decides what is asked.
    if (said.slice(mark.from, mark.to).endsWith("'s")) push("'s", mark.to - 2, mark.to);
  }
  return { text: pieces.map(({ word }) => word).join(" "), pieces };
}

function joinTimes(said: string, marks: readonly Mark[]): readonly Mark[] {
  const joined: Mark[] = [];
  for (const mark of marks) {
    const last = joined.at(-1);
    if (last !== undefined && mark.from < last.to) continue;
    if (mark.kind !== "time") joined.push(mark);
    else if (
      last?.kind === "time" &&
      linksTimes.test(said.slice(last.to, mark.from)) &&
      !/\b(?:to|from|for|then|and)\b/.test(said.slice(last.to, mark.from))
    ) {
      joined[joined.length - 1] = { ...last, to: mark.to };
    } else {
      const start = last?.to ?? 0;
      const lead = leadsTime.exec(said.slice(start, mark.from))?.[0].length ?? 0;
      joined.push({ ...mark, from: mark.from - lead });
    }
  }
  return joined;
}

/** The span in the normalised text of a stretch of the gist. */
export function spanOf({ pieces }: Gist, from: number, to: number): Span {
  const inside = pieces.filter((piece) => piece.at + piece.word.length > from && piece.at < to);
  return { from: inside[0]?.from ?? 0, to: inside.at(-1)?.to ?? 0 };
}

/** A part of a message with a meaning of its own. Offsets are of the gist. */
export interface Clause extends Span {
  readonly text: string;
  readonly isQuestion: boolean;
}

const orderStart =
  "(?:please|can you|could you|i|i'll|i'd|let's|then|also|book|cancel|move|reschedule|make|put|schedule|change|set|tell|message|decline|confirm|propose|accept|give|block|add|show|what|when|how|where|who|is|do|keep|withdraw|invite|rather|instead)";
const separators = new RegExp(
  ` (?:[.;!?:]+|(?:, )?(?:and|but|then|so)(?= (?:then |also |maybe |just |please )?${orderStart}\\b)|,(?= (?:then |also |and )?${orderStart}\\b)|(?:, )?(?:because|since i|as i|cause)(?= ))(?= |$)`,
  "g",
);

/** Splits at sentence ends, and at commas and conjunctions before the beginning of another order or question. */
export function clausesOf({ text }: Gist): readonly Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  for (const match of [...text.matchAll(separators), undefined]) {
    const to = match?.index ?? text.length;
    const part = text.slice(from, to).trim();
    const lead = text.slice(from, to).length - text.slice(from, to).trimStart().length;
    if (part !== "" && part !== "?") {
      clauses.push({
        text: part,
        from: from + lead,
        to: from + lead + part.length,
        isQuestion: match?.[0].includes("?") ?? false,
      });
    }
    from = to + (match?.[0].length ?? 0);
  }
  return clauses;
}

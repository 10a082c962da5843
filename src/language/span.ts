/** A stretch of a text: character offsets, [from, to). */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Whether two spans share a character. */
export function overlaps(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to;
}

/** The text with every span replaced by as many `_`, so that offsets stay valid. */
export function blank(text: string, spans: readonly Span[]): string {
  return spans.reduce((left, { from, to }) => `${left.slice(0, from)}${"_".repeat(to - from)}${left.slice(to)}`, text);
}

interface Word extends Span {
  readonly word: string;
}

function wordsIn(text: string): readonly Word[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((match) => ({
    word: match[0].normalize("NFKC").toLowerCase(),
    from: match.index,
    to: match.index + match[0].length,
  }));
}

/**
 * The part of the original message that a span of its normalised form stands for. Normalising changes words ("u"
 * becomes "you"), so both are aligned by the longest common subsequence of their words. A span that ends at the end of
 * the normalised form ends at the end of the message, because normalising cuts long messages.
 */
export function originalOf(text: string, said: string, span: Span): string {
  const before = wordsIn(text.slice(0, 2 * said.length + 100));
  const after = wordsIn(said);
  const pairs = alignWords(before, after);
  const first = pairs.find(({ to }) => (after[to]?.from ?? 0) >= span.from);
  const next = pairs.find(({ to }) => (after[to]?.from ?? 0) >= span.to);
  if (first === undefined) return said.slice(span.from, span.to).trim();
  // Words that normalising changed have no pair. They lie between the last pair before the span and its first pair.
  const lead = after.filter((word, at) => word.from >= span.from && at < first.to).length;
  const from = before[Math.max(0, first.from - lead)]?.from ?? 0;
  const to = next === undefined ? text.length : (before[next.from]?.from ?? text.length);
  return text.slice(from, to).replace(/^[\s,:;-]+|[\s,;:-]+$/g, "");
}

function alignWords(a: readonly Word[], b: readonly Word[]): readonly { readonly from: number; readonly to: number }[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = lengths[i] ?? [];
    for (let j = b.length - 1; j >= 0; j -= 1) {
      row[j] = a[i]?.word === b[j]?.word ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: { from: number; to: number }[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i]?.word === b[j]?.word) {
      pairs.push({ from: i, to: j });
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}

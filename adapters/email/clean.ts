/**
 * One line for a header, a name or a title: control, line-breaking and bidirectional characters become spaces
 * or vanish, spaces collapse, and what is over `max` UTF-16 units ends in "…" without splitting a character.
 */
export function cleanLine(text: string, max: number): string {
  return cut(withoutTricks(text.replace(breaks, " ").replace(/\t/g, " ")).replace(/ {2,}/g, " ").trim(), max);
}

/** As {@link cleanLine} for text of several lines: line breaks stay, as "\n". */
export function cleanText(text: string, max: number): string {
  return cut(withoutTricks(text.replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")).trim(), max);
}

const breaks = /[\r\n\v\f\u0085\u2028\u2029]+/g;

/** Unicode's bidirectional controls (UAX 9) and the invisible characters that hide text; joiners of emoji and scripts stay. */
const tricks = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u00AD\u200B\u2060\uFEFF]/g;

function withoutTricks(text: string): string {
  return text
    .toWellFormed()
    .replace(/(?![\n\t])\p{Cc}/gu, "")
    .replace(tricks, "");
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = "";
  for (const { segment } of graphemes.segment(text.slice(0, max + 1))) {
    // A cluster of a thousand accents is one grapheme: it goes whole, like one that would not fit.
    if (kept.length + segment.length > max - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/**
 * Sanitises one line for a header, a name or a title: line breaks and tabs become spaces, control and bidirectional
 * characters are removed, spaces collapse, and text over `max` UTF-16 units ends in "…" on a grapheme boundary.
 */
export function cleanLine(text: string, max: number): string {
  return cut(withoutTricks(text.replace(breaks, " ").replace(/\t/g, " ")).replace(/ {2,}/g, " ").trim(), max);
}

/** Like {@link cleanLine} for several lines: line breaks are normalised to "\n" and kept. */
export function cleanText(text: string, max: number): string {
  return cut(withoutTricks(text.replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")).trim(), max);
}

const breaks = /[\r\n\v\f\u0085\u2028\u2029]+/g;

/** Bidirectional controls (UAX 9) and invisible characters that can hide text. Joiners of emoji and scripts are kept. */
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
    // A grapheme with a thousand accents can exceed `max` on its own; it is dropped as a whole.
    if (kept.length + segment.length > max - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

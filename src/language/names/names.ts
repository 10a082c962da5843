import { distance } from "fastest-levenshtein";
import { normalise } from "../normalise.ts";
import { monthNames, weekdayNames } from "./vocabulary.ts";

/** Words for the kind of thing that a name names. They distinguish no names. */
const emptyWords: ReadonlySet<string> = new Set(
  "the a an of and with for to in on at my by or it is i you your our me we do this that how what session sessions appointment appointments dr doctor mr mrs ms prof service package min minutes minute hour hours".split(
    " ",
  ),
);

/** The words of a text, normalised and without accents. */
export function wordsOf(text: string): readonly string[] {
  return spansOf(normalise(text)).map(({ word }) => word);
}

/** The words of a text without their accents, and their positions in it. */
export function spansOf(
  text: string,
): readonly { readonly word: string; readonly from: number; readonly to: number }[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+(?:'\p{L}+)?/gu)].map((match) => ({
    word: match[0].normalize("NFD").replace(/\p{M}/gu, "").replace(/'s$/, ""),
    from: match.index,
    to: match.index + match[0].length,
  }));
}

/** How well a text matches a name: the distinctive words found, weighted by their share of the name. */
export function scoreName(
  words: readonly string[],
  name: readonly string[],
): { readonly score: number; readonly used: readonly number[] } {
  const telling = name.filter((word) => !emptyWords.has(word) && !/^\d+$/.test(word));
  const wanted = telling.length > 0 ? telling : name;
  const found = wanted.map((word) => words.findIndex((said, index) => isSame(said, word) && isName(words, index)));
  const hits = found.filter((index) => index >= 0);
  if (hits.length === 0) return inOneWord(words, name);
  const extras = name
    .filter((word) => !wanted.includes(word))
    .map((word) => words.indexOf(word))
    .filter((index) => index >= 0);
  const exact = hits.filter((index) => wanted.includes(words[index] ?? "")).length;
  const nextTo = extras.filter((index) => hits.some((hit) => Math.abs(hit - index) <= 2));
  return {
    // A complete match ranks above a longer name that only contains the words.
    score: hits.length + exact * 0.1 + nextTo.length * 0.2 + (hits.length === wanted.length ? 0.3 : 0),
    used: [...hits, ...nextTo],
  };
}

/** Matches "followup" with "Follow-up". */
function inOneWord(words: readonly string[], name: readonly string[]): { score: number; used: number[] } {
  const whole = name.length > 1 ? words.findIndex((said) => isSame(said, name.join(""))) : -1;
  return whole < 0 ? { score: 0, used: [] } : { score: name.length + 0.3, used: [whole] };
}

/** Names that are also ordinary words: "in June" is a time, "with June" a person. */
const alsoWords: ReadonlySet<string> = new Set([
  ...monthNames,
  ...weekdayNames,
  ..."will mark art grace hope joy faith rose bill pat sue drew chase dean grant miles penny rich rob wade".split(" "),
]);
const leadsToName = new Set(["with", "see", "seeing", "dr", "doctor", "by", "for", "visit", "meet", "ask"]);

/** An ordinary word counts as a name only after a word that introduces one. */
function isName(words: readonly string[], index: number): boolean {
  return !alsoWords.has(words[index] ?? "") || leadsToName.has(words[index - 1] ?? "") || words.length === 1;
}

/** The same word, or a typo of it. */
function isSame(said: string, name: string): boolean {
  if (said === name || said === `${name}s` || `${said}s` === name) return true;
  if (single(said) === single(name)) return said.length > 2;
  if (name.length < 4 || said.length < 4 || said[0] !== name[0]) return false;
  return distance(said, name) <= (name.length >= 8 ? 2 : name.length >= 5 ? 1 : 0) || isSwap(said, name);
}

/** Doubled letters reduced to one, so that "Anna" matches "Ana". */
function single(word: string): string {
  return word.replace(/(\p{L})\1+/gu, "$1");
}

function isSwap(said: string, name: string): boolean {
  if (said.length !== name.length || name.length < 4) return false;
  const at = [...said].findIndex((letter, index) => letter !== name[index]);
  return said[at] === name[at + 1] && said[at + 1] === name[at] && said.slice(at + 2) === name.slice(at + 2);
}

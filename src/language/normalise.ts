import { distance } from "fastest-levenshtein";
import { notSlips, numberWords, ordinalWords, shortForms, slipTargets } from "./names/vocabulary.ts";

/** The longest text that is read. The rest is ignored, which bounds the time a message takes. */
const longestMessage = 300;

/**
 * The message as the grammar reads it: at most 300 characters, lower case, one kind of quote and dash, common typos
 * corrected ("tomorow", "wensday", "3 p.m."), numbers as digits. Angle brackets are removed, because they mark what the
 * grammar has read.
 */
export function normalise(text: string): string {
  const folded = foldCharacters(text.slice(0, longestMessage));
  const words = folded.replace(/[\p{L}\p{N}']+/gu, rightWord);
  return (
    digitsForWords(words.replace(minutesToHour, "$1 minutes $2 $3"))
      .replace(/\b1[ -]on[ -]1\b/g, "one-on-one")
      .replace(
        /(?<=\b(?:on|this|next|for|or|and|by|until|from|to|every|coming|between) |, ?|^)(sun|sat)\b(?! (?:in|on|down|there)\b)/g,
        (day) => (day === "sun" ? "sunday" : "saturday"),
      )
      .replace(/\b(sun|sat)(?= (?:at \d|morning|afternoon|evening|night|\d))/g, (day) =>
        day === "sun" ? "sunday" : "saturday",
      )
      .replace(/(\d)\s*([ap]) m\b/g, "$1 $2m")
      // Behind other words it adds nothing. Alone it is a yes.
      .replace(/(?<=\S),? of course(?= ?(?:[.!,?]|$))/g, "")
      .replace(/(\d) ?mp\b/g, "$1 pm")
      .replace(/\s+/g, " ")
      .trim()
  );
}

/** Zero-width characters: joiners, marks of writing direction, control characters. */
const invisible = /[[\p{Cf}\p{Cc}]--\s]/gv;

function foldCharacters(text: string): string {
  // Some single characters expand to whole phrases, so the text is cut again.
  return text
    .replace(invisible, "")
    .replace(/½/g, " 1/2 ")
    .replace(/¼/g, " 1/4 ")
    .normalize("NFKC")
    .slice(0, longestMessage)
    .toLowerCase()
    .replace(/[‘’`´ʼ]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[‐-―−]/g, "-")
    .replace(/<\s*(?=\d)/g, " before ")
    .replace(/>\s*(?=\d)/g, " after ")
    .replace(/[<>]/g, " ")
    .replace(/(\d)\s*[\\/]\s*(?=00\b)/g, "$1:")
    .replace(/\bo\s?["']?\s?clocks?\b/g, " o'clock")
    .replace(/\b([ap])\. ?m\b\.?/g, "$1m")
    .replace(/(\d)\s*[:.]\s*(?=[ap]m\b)/g, "$1 ");
}

function rightWord(word: string): string {
  const owner = word.endsWith("'s") ? word.slice(0, -2) : word;
  const right = shortForms[owner] ?? slipOf(owner);
  if (right !== undefined) return right;
  return owner !== word && (slipTargets.includes(owner) || owner === "today" || owner === "week") ? owner : word;
}

/**
 * The long time word of which this is a typo: one letter wrong, missing, doubled or swapped, or two in words of eight
 * letters.
 */
function slipOf(word: string): string | undefined {
  if (word.length < 5 || notSlips.has(word) || slipTargets.includes(word)) return undefined;
  return slipTargets.find((target) => {
    if (Math.abs(word.length - target.length) > 2 || word[0] !== target[0]) return false;
    const slips = distance(word, target);
    return slips <= (target.length >= 8 ? 2 : 1) || (slips === 2 && isSwapped(word, target));
  });
}

function isSwapped(word: string, target: string): boolean {
  if (word.length !== target.length) return false;
  const at = [...word].findIndex((letter, index) => letter !== target[index]);
  return word[at] === target[at + 1] && word[at + 1] === target[at] && word.slice(at + 2) === target.slice(at + 2);
}

/** "Ten to five" in words is a clock time. "10 to 5" in digits is a range from ten to five. */
const minutesToHour =
  /\b(five|ten|twenty|twenty[- ]five) (to|past) (one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b/g;

const unit = "one|two|three|four|five|six|seven|eight|nine";
const tens = "twenty|thirty|forty|fifty|sixty|ninety";
const unitOrdinal = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth";
const numberPattern = new RegExp(
  `\\b(?:(${tens})[ -](${unit}|${unitOrdinal})|(${Object.keys({ ...numberWords, ...ordinalWords }).join("|")}))\\b`,
  "g",
);

/** "the one", "a later one", "the 2:30 one": a word for a thing, not a number. */
const beforePronoun =
  /(?:\b(?:the|this|that|these|those|another|next|last|later|latest|earlier|earliest|which|each|every|any|no|other|first|second|third|fourth|fifth|[a-z]{0,6}day|tomorrow|morning|afternoon|evening|good|better|best|right|wrong|different|only|either|new|long|short)|\d(?: ?[ap]m|st|nd|rd|th)?) $/;

/** "One on the 16th and one on the 23rd", "book one for friday": a session, where no clock time is introduced. */
const forSession = /(?:^|[,;:.] ?|\b(?:and|or|plus|then|book|need|want|have|like|make|add) )$/;
const beforeDay = /^one (?:on|for|next|this|tomorrow|today)\b(?! one\b)/;

const beforeUnit = /^one[ -](?:hour|minute|day|week|month|o'clock)/;

function digitsForWords(text: string): string {
  return text.replace(
    numberPattern,
    (word, ten: string | undefined, ending: string | undefined, single: string | undefined, at: number) => {
      if (ten !== undefined && ending !== undefined) {
        const units = numberWords[ending];
        const base = numberWords[ten] ?? 0;
        return units === undefined ? ordinal(base + (ordinalWords[ending] ?? 0)) : String(base + units);
      }
      if (word === "one" && beforePronoun.test(text.slice(0, at)) && !beforeUnit.test(text.slice(at))) return word;
      if (word === "one" && forSession.test(text.slice(0, at)) && beforeDay.test(text.slice(at))) return word;
      const number = numberWords[single ?? ""];
      if (number !== undefined) return String(number);
      const place = ordinalWords[single ?? ""];
      return place === undefined ? word : ordinal(place);
    },
  );
}

/** `1` as `1st`. */
function ordinal(number: number): string {
  const ending = number > 10 && number < 14 ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `${number}${ending}`;
}

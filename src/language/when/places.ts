/** Nouns for one of the offered things. */
const noun =
  "(?:one|1|option|choice|slot|time|appointment|session|request|meeting|event|date|offer|suggestion|possibility)s?";
const alone = (words: string) => `^\\W*(?:the )?(?:${words})\\W*(?:please)?\\W*$`;

/** What may follow an ordinal without a noun: the end, or a predicate about the chosen one. */
const afterOrdinal =
  "(?= ?(?:$|[.,!?;-]|(?:of (?:these|them|those)|is|does|works?|will|would|should|looks?|sounds?|please|at|on|in|thanks|thank|for|best|better|fine|good|great|and|but)\\b))";
const ordinal = new RegExp(`\\b(?:the )?(\\d{1,2})(?:st|nd|rd|th)(?: (?:${noun}|the)\\b|${afterOrdinal})`);
const fromEnd = /\b(?:(\d)(?:st|nd|rd|th)|next) (?:to|from) (?:the )?last\b/;
const notClock = "\\b(?![:.h]\\d|\\d| ?(?:am|pm|o'clock))";
const numbered = new RegExp(`(?:^|[^\\w:])(?:#|(?:option|choice|slot|number|no\\.|nr\\.?) ?#?)(\\d{1,2})${notClock}`);
const last = new RegExp(`\\b(?:the |your )?last (?:${noun}|of (?:these|them|those))\\b|${alone("last")}`);
const later = new RegExp(
  `\\b(?:later|latest) (?:of (?:the|these|them|those)|${noun})\\b|\\bthe (?:later|latest)\\b(?! (?:than|on|in|is too))|${alone("latest")}`,
);
const earlier = new RegExp(
  `\\b(?:earlier|earliest|soonest|sooner) (?:of (?:the|these|them|those)|${noun})\\b|\\bthe (?:earlier|earliest|soonest|sooner)\\b(?! (?:than|on|in|is too|the))|${alone("earliest|soonest")}`,
);
const middle = new RegExp(`\\bmiddle ${noun}\\b|${alone("middle")}`);
/** A rejection does not choose: "not the first one". */
const turnedDown = new RegExp(`\\b(?:not|instead of|rather than|except) (?:the )?[\\w]+(?: ${noun}\\b)?`, "g");

/**
 * The place in the list that normalised words name: "the 2nd one", "option 3", "last", "the later one", "next to last".
 * It may be beyond the list's end. Undefined: they name none.
 */
export function placeChosen(text: string, offered: readonly number[]): number | undefined {
  const said = text.replace(turnedDown, " ");
  const backwards = fromEnd.exec(said);
  if (backwards) return offered.length - Number(backwards[1] ?? 2);
  const nth = ordinal.exec(said);
  if (nth && !isDate(said, nth)) return Number(nth[1]) - 1;
  const number = numbered.exec(said);
  if (number) return Number(number[1]) - 1;
  const inTime = [...offered.keys()].toSorted((a, b) => (offered[a] ?? 0) - (offered[b] ?? 0));
  if (last.test(said)) return offered.length - 1;
  if (later.test(said)) return inTime.at(-1);
  if (earlier.test(said)) return inTime[0];
  return middle.test(said) && offered.length % 2 === 1 ? (offered.length - 1) / 2 : undefined;
}

/** "the 13th of March", "Friday the 13th": a day, not a place in the list. */
function isDate(said: string, found: RegExpExecArray): boolean {
  const after = said.slice(found.index + found[0].length);
  const before = said.slice(0, found.index);
  return (
    /^ of (?!these|them|those|the (?:list|options))/.test(after) ||
    (/\bon $/.test(before) && Number(found[1]) > 3) ||
    /(?:day|january|february|march|april|may|june|july|august|september|october|november|december),? $/.test(before)
  );
}

import { distance } from "fastest-levenshtein";
import { normalise } from "../normalise.ts";
import { overlaps, type Span } from "../span.ts";
import { commonWords, deskWords, sessionNouns } from "./common-words.ts";
import { methodNames } from "./methods.ts";
import { spansOf, wordsOf } from "./names.ts";
import { monthNames, weekdayNames } from "./vocabulary.ts";

export type NameKind = "service" | "practitioner" | "client" | "package" | "place";

/** Something with all of its names. */
export interface Named {
  readonly id: string;
  readonly names: readonly string[];
}

/** The names that one person may use. Nothing else can be named. */
export interface Vocabulary {
  readonly role: "client" | "practitioner";
  readonly services?: readonly Named[];
  readonly practitioners?: readonly Named[];
  readonly clients?: readonly Named[];
  readonly packages?: readonly Named[];
  readonly places?: readonly Named[];
}

/** A name in a message. Several ids: the words fit all of them, so the desk asks which one. */
export interface NameFound extends Span {
  readonly kind: NameKind;
  readonly ids: readonly string[];
}

/** Words of names for the kind of thing that is named. They do not distinguish two names. */
const kindWords: ReadonlySet<string> = new Set(
  "dr doctor mr mrs ms mx prof professor service services package packages pack bundle min minutes minute hour hours sessions appointments".split(
    " ",
  ),
);

/** Words of the calendar. In a name they count only as part of the whole name: "Evening chat", "Spring reset". */
const timeWords: ReadonlySet<string> = new Set([
  ...monthNames,
  ...weekdayNames,
  ..."morning afternoon evening night day week weekend month year today tomorrow lunch spring summer autumn winter early late next last 1st 2nd 3rd".split(
    " ",
  ),
]);

/** First names that are also ordinary words. They count as names only after a word that introduces a person. */
const alsoWords: ReadonlySet<string> = new Set(
  "will mark art grace hope joy faith rose bill pat sue drew chase dean grant miles penny rich rob wade may june april august".split(
    " ",
  ),
);
/** Verbs that are also names of services. */
const alsoVerbs: ReadonlySet<string> = new Set("talk chat call visit meet speak".split(" "));
const leadsToPerson =
  /(?:\b(?:with|see|seeing|dr|doctor|by|for|visit|meet|ask|decline|confirm|accept|tell|message|invite|book|move|cancel|give|and|from)|^) $/;

interface Entry {
  readonly kind: NameKind;
  readonly id: string;
  readonly words: readonly string[];
}

interface Index {
  /** Names of two or more words, the longest first. */
  readonly whole: readonly Entry[];
  /** The words that distinguish a name from others, with what they name. */
  readonly telling: ReadonlyMap<string, readonly Omit<Entry, "words">[]>;
  /** The same words, for matching words with a typo. */
  readonly slips: readonly string[];
}

const indexes = new WeakMap<Vocabulary, Index>();

function indexOf(vocabulary: Vocabulary): Index {
  const known = indexes.get(vocabulary);
  if (known !== undefined) return known;
  const entries = entriesOf(vocabulary);
  const telling = new Map<string, Omit<Entry, "words">[]>();
  for (const { kind, id, words } of entries) {
    // A name of one word is distinctive whatever the word is, unless the word occurs in any message.
    const own = words.length === 1 ? words.filter((word) => !commonWords.has(word)) : words.filter(isTelling);
    for (const word of own) {
      const same = telling.get(word) ?? [];
      if (!same.some((one) => one.kind === kind && one.id === id)) same.push({ kind, id });
      telling.set(word, same);
    }
  }
  const whole = entries.filter(({ words }) => words.length > 1).sort((a, b) => b.words.length - a.words.length);
  const index = { whole, telling, slips: [...telling.keys()].filter((word) => word.length > 3) };
  indexes.set(vocabulary, index);
  return index;
}

/** In order of preference: a practitioner's first name is more often a client's than a colleague's. */
function entriesOf(vocabulary: Vocabulary): readonly Entry[] {
  const people = [
    ["client", vocabulary.clients],
    ["practitioner", vocabulary.practitioners],
  ] as const;
  const kinds: readonly (readonly [NameKind, readonly Named[] | undefined])[] = [
    ...(vocabulary.role === "practitioner" ? people : people.toReversed()),
    ["service", vocabulary.services],
    ["package", vocabulary.packages],
    ["place", vocabulary.places],
  ];
  return kinds
    .flatMap(([kind, named]) =>
      (named ?? []).flatMap(({ id, names }) =>
        names.map((name) => ({ kind, id, words: wordsOf(normalise(name).replaceAll("-", " ")) })),
      ),
    )
    .filter(({ words }) => words.length > 0);
}

function isTelling(word: string): boolean {
  return !(
    commonWords.has(word) ||
    kindWords.has(word) ||
    timeWords.has(word) ||
    sessionNouns.has(word) ||
    methodNames.has(word) ||
    /^\d+$/.test(word)
  );
}

/**
 * Names said in full, as two or more adjacent words, and first names that are also ordinary words, after a word that
 * introduces a person. They are read before times: "Evening chat" is a service, and "with June" is a person.
 */
export function wholeNamesIn(said: string, vocabulary: Vocabulary): readonly NameFound[] {
  const { whole, telling } = indexOf(vocabulary);
  const spoken = spansOf(said);
  const found: NameFound[] = [];
  const take = (name: NameFound) => {
    const same = found.find(({ from, to, kind }) => from === name.from && to === name.to && kind === name.kind);
    if (same !== undefined) {
      found[found.indexOf(same)] = { ...same, ids: [...new Set([...same.ids, ...name.ids])] };
    } else if (!found.some((other) => overlaps(other, name))) found.push(name);
  };
  for (const { kind, id, words } of whole) {
    for (let at = 0; at + 1 <= spoken.length; at += 1) {
      const length = lengthOfName(
        spoken.slice(at).map(({ word }) => word),
        words,
      );
      const [first, last] = [spoken[at], spoken[at + length - 1]];
      if (length > 0 && first && last) take({ kind, ids: [id], from: first.from, to: last.to });
    }
  }
  for (const { word, from, to } of spoken) {
    const named = alsoWords.has(word) ? telling.get(word) : undefined;
    const kind = named?.[0]?.kind;
    if (kind === undefined || !leadsToPerson.test(said.slice(0, from))) continue;
    take({ kind, ids: named?.filter((one) => one.kind === kind).map(({ id }) => id) ?? [], from, to });
  }
  return found;
}

/** How many of the spoken words make up the whole name, separate or written together ("followup"). 0: none. */
function lengthOfName(spoken: readonly string[], name: readonly string[]): number {
  if (spoken[0] === name.join("")) return 1;
  return name.every((word, at) => isSame(spoken[at] ?? "", word)) ? name.length : 0;
}

/** Names found by one of their distinctive words, outside of the full names and times that were already read. */
export function namesByWord(
  said: string,
  vocabulary: Vocabulary,
  { whole, times }: { readonly whole: readonly Span[]; readonly times: readonly Span[] },
): readonly NameFound[] {
  const taken = [...whole, ...times];
  const { telling, slips } = indexOf(vocabulary);
  const found: NameFound[] = [];
  for (const { word, from, to } of spansOf(said)) {
    if (taken.some((span) => overlaps(span, { from, to })) || commonWords.has(word) || alsoWords.has(word)) continue;
    // "Talk to a person" uses a verb, even if a service is called Talk. "Talk with Maya on Friday" names the service.
    if (
      alsoVerbs.has(word) &&
      times.length === 0 &&
      /(?:\b(?:to|i|and|please|can)|^) ?$/.test(said.slice(0, from)) &&
      /^ (?:to|with)\b/.test(said.slice(to))
    )
      continue;
    const slip = telling.has(word) ? word : slips.find((name) => isSame(word, name));
    const named = slip === undefined ? undefined : telling.get(slip);
    // A client and a colleague may share a name.
    for (const kind of new Set(named?.map((one) => one.kind))) {
      const ids = (named ?? []).filter((one) => one.kind === kind).map(({ id }) => id);
      join(found, { kind, ids, from, to }, said);
    }
  }
  return found;
}

/** Joins two words of one name: "nutrition follow-up", "ana alves". */
function join(found: NameFound[], name: NameFound, said: string): void {
  const last = found.findLast(({ kind }) => kind === name.kind);
  const between = last === undefined ? "" : said.slice(last.to, name.from);
  const shared = last?.ids.filter((id) => name.ids.includes(id)) ?? [];
  if (last === undefined || shared.length === 0 || !/^[\s-]*(?:(?:of|the|and|for) )?$/.test(between)) {
    found.push(name);
    return;
  }
  found[found.indexOf(last)] = { ...last, ids: shared, to: name.to };
}

/** The same word, its plural, or a typo of it: one wrong letter in words of five letters, two in words of eight. */
function isSame(said: string, name: string): boolean {
  if (said === name || said === `${name}s` || `${said}s` === name) return true;
  if (commonWords.has(said) || deskWords.has(said) || said.length < 3 || said[0] !== name[0]) return false;
  if (single(said) === single(name)) return true;
  if (name.length < 4 || said.length < 4) return false;
  const slips = distance(said, name);
  return slips <= (name.length >= 8 ? 2 : name.length >= 5 ? 1 : 0) || (slips === 2 && isSwap(said, name));
}

/** Doubled letters reduced to one, so that "Anna" matches "Ana". */
function single(word: string): string {
  return word.replace(/(\p{L})\1+/gu, "$1");
}

function isSwap(said: string, name: string): boolean {
  const at = [...said].findIndex((letter, index) => letter !== name[index]);
  return (
    said.length === name.length &&
    said[at] === name[at + 1] &&
    said[at + 1] === name[at] &&
    said.slice(at + 2) === name.slice(at + 2)
  );
}

import { commonWords } from "../names/common-words.ts";
import type { Ref } from "./act.ts";
import { classOf, type NounClass } from "./words.ts";

/** What follows a verb. */
export interface NounPhrase {
  /** "none": no object follows. "other": a noun that is none of this desk's business. */
  readonly head: NounClass | "name" | "place" | "time" | "pronoun" | "none" | "other";
  readonly refs: readonly Ref[];
  readonly isOwn: boolean;
  readonly isNew: boolean;
}

const particles = new Set("me us in up off out down back over again for please you away".split(" "));
const transparent = new Set(["of", "'s", "and", "or", ","]);
const boundaries = new Set(
  "on at for with from to by in until before after because since as if so but into about via around through when while that which instead please thanks thank , . now due under as that's i between regarding called named titled".split(
    " ",
  ),
);
const pronouns: Readonly<Record<string, Ref>> = {
  it: "it",
  that: "it",
  this: "it",
  them: "all",
  these: "all",
  those: "all",
  mine: "it",
  one: "it",
  "1": "it",
  all: "all",
  everything: "all",
  everyone: "all",
  everybody: "all",
  both: "all",
};
const own = new Set("my our mine this that these those".split(" "));
const determiners = new Set([...own, "the"]);
const fresh = new Set("a an another some any new".split(" "));

/** Reads the object that follows a verb, up to the first preposition or conjunction. */
export function nounPhraseAfter(after: string): NounPhrase {
  const words = after
    .trim()
    .split(" ")
    .filter((word) => word !== "");
  let from = 0;
  while (from < words.length && particles.has(words[from] ?? "")) from += 1;
  const phrase: string[] = [];
  for (const word of words.slice(from)) {
    const opens = phrase.length === 0 || phrase.every((one) => determiners.has(one) || fresh.has(one) || one === "all");
    if (boundaries.has(word) && !(opens && word in pronouns) && !(transparent.has(word) && !opens && word !== ","))
      break;
    phrase.push(word);
  }
  return {
    ...headOf(phrase),
    refs: refsIn(phrase),
    isOwn: phrase.some((word) => own.has(word)),
    isNew: phrase.some((word) => fresh.has(word)),
  };
}

function headOf(phrase: readonly string[]): { readonly head: NounPhrase["head"] } {
  const nouns = phrase.filter((word) => word in pronouns || !(determiners.has(word) || fresh.has(word)));
  const content = nouns.filter((word) => /^<(?:service|person|package)>$/.test(word));
  // Words after the head noun that are no nouns: "my session too".
  const last = nouns.findLast((word) => !commonWords.has(word) && !/^<|^'s$/.test(word) && !(word in pronouns));
  const known = last === undefined ? undefined : classOf(last);
  if (known !== undefined) return { head: known };
  if (content.length > 0) return { head: "name" };
  if (nouns.includes("<place>")) return { head: "place" };
  if (last !== undefined) return { head: "other" };
  if (nouns.includes("<address>")) return { head: "name" };
  if (nouns.includes("<time>")) return { head: "time" };
  return { head: nouns.some((word) => word in pronouns) ? "pronoun" : "none" };
}

/** The words of a phrase or clause that refer to something without naming it. */
export function refsIn(phrase: readonly string[]): readonly Ref[] {
  const refs = phrase.flatMap((word) => pronouns[word] ?? []);
  const has = (...words: readonly string[]) => phrase.some((word) => words.includes(word));
  return [
    ...new Set<Ref>([
      ...refs,
      ...(has("next", "upcoming", "soonest") ? (["next"] as const) : []),
      ...(has("last", "latest", "previous", "past", "history") ? (["last"] as const) : []),
      ...(has("another", "more") ? (["another"] as const) : []),
      ...(has("same", "usual") ? (["same"] as const) : []),
    ]),
  ];
}

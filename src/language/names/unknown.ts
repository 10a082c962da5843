import type { Act } from "../intent/act.ts";
import { classOf } from "../intent/words.ts";
import { normalise } from "../normalise.ts";
import { overlaps, type Span } from "../span.ts";
import { commonWords, deskWords } from "./common-words.ts";

const title = "(?:dr|doctor|mr|mrs|ms|miss|prof|professor)\\.?";
const word = "\\p{L}[\\p{L}'-]*";
const capitalised = `(?-i:\\p{Lu})[\\p{L}'-]*`;
const ends =
  "(?=\\s*(?:$|[,.!?]|(?:on|at|for|this|next|tomorrow|today|please|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\\b))";

/** Places of a name: after a title, with a capital letter after a preposition, or alone after "with". */
const places: readonly RegExp[] = [
  new RegExp(`\\b(${title} ${word}(?: ${capitalised})?)`, "giu"),
  new RegExp(`\\b(?:with|for|see) (${capitalised}(?: ${capitalised})?)`, "giu"),
  new RegExp(`\\bwith (${word})${ends}`, "giu"),
];
const ofTitle = new RegExp(`^${title}$`, "iu");

/**
 * A name in a client's message that stands for nobody and nothing here, as typed: "with Dr House", "book reiki".
 * `read`: the names, ways to meet and times that were read, in the normalised message.
 */
export function unknownNameIn(text: string, acts: readonly Act[], read: readonly Span[]): string | undefined {
  const typed = text.slice(0, 300).replace(/\s+/g, " ");
  const said = normalise(text);
  const names = places.flatMap((place) => [...typed.matchAll(place)].map(({ 1: name = "" }) => name));
  const isUnknown = (name: string) => {
    const normal = normalise(name);
    const from = said.indexOf(normal);
    const isRead = from >= 0 && read.some((span) => overlaps(span, { from, to: from + normal.length }));
    return !isRead && normal.split(" ").some((one) => !ofTitle.test(one) && isNoWord(one));
  };
  const [found] = names.filter(isUnknown);
  return found ?? unknownThing(said, typed, acts, isUnknown);
}

/** The object of "book" that is none of this desk's business. */
function unknownThing(
  said: string,
  typed: string,
  acts: readonly Act[],
  isUnknown: (name: string) => boolean,
): string | undefined {
  const act = acts.find(({ verb, object }) => verb === "book" && object.thing === "other");
  if (act === undefined) return undefined;
  const [, ...words] = said.slice(act.from).split(/[^\p{L}'-]+/u);
  const name = words.find((one) => one !== "" && isUnknown(one));
  return name === undefined ? undefined : (new RegExp(`\\b${name}\\b`, "iu").exec(typed)?.[0] ?? name);
}

function isNoWord(one: string): boolean {
  return !commonWords.has(one) && !deskWords.has(one) && classOf(one) === undefined;
}

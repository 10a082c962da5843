import type { Span } from "../span.ts";

/** Whether something is wanted or excluded. */
export type Polarity = "wanted" | "unwanted";

const small = "(?:with|by|in|on|via|the|a|an|at|from|dr|see|do|have|use|any|as|to|for|it|be)";
/** Words that exclude what follows. "But" does so only after a word for all: "anyone but Nora". */
const ruledOut = new RegExp(
  `(?:\\b(?:not|(?<!\\bsay )no|except(?: for)?|without|excluding|never|neither|nor)|n't(?: (?:want|like|do|need))?|\\b(?:other|rather) than|\\binstead of|\\bapart from|\\b(?:any|every|some)(?:one|body|thing) but|\\b(?:any|all)\\b[a-z ]* but)(?: ${small})*[ (]*$`,
);
/** Words after a thing that exclude it: "video doesn't work for me". */
const doesNotWork =
  /^ ?(?:(?:really|just) )?(?:(?:does|do|is|are|will|would)(?:n't| not)|won't) (?:work|good|ok|possible|suit|an option)\b/;

/**
 * Sets the polarity of every found thing. A negation covers a list with "or" and ends at a comma, "and" or "but": "not
 * Nora or Maya" excludes both, "phone, not video, or chat" only video.
 */
export function withPolarity<Found extends Span>(
  said: string,
  found: readonly Found[],
): readonly (Found & { readonly polarity: Polarity })[] {
  const read: (Found & { readonly polarity: Polarity })[] = [];
  for (const one of found) {
    const last = read.at(-1);
    const between = last === undefined ? undefined : said.slice(last.to, one.from);
    const goesOn =
      last?.polarity === "unwanted" &&
      between !== undefined &&
      /^ ?(?:or|nor|\/) ?(?:with |by |in |the )*$/.test(between);
    const isOut = goesOn || ruledOut.test(said.slice(0, one.from)) || doesNotWork.test(said.slice(one.to));
    read.push({ ...one, polarity: isOut ? "unwanted" : "wanted" });
  }
  return read;
}

import { sessionNoun } from "./words.ts";

/** Words that take back what was said before: "no,", "sorry, I meant", "wrong person:". */
const takingBack =
  "(?:no|nope|oh|ah|oops|wait|hang on|hold on|sorry|my mistake|actually|i (?:really )?mean(?:t)?(?: to say)?|make (?:it|that)|wrong (?:person|client|one|1)|not (?:that|this)(?: one| 1)?|that's wrong|,|;|:|-|\\.|!)";
/** A person, or what is theirs: "ben", "for ben", "ben's request". */
const theirs = `(?:(?:for|to|with|from|the one for|the) )*<person>(?: 's)?(?: (?:one|1|requests?|message|${sessionNoun}))?`;
const notOther = `(?:not|instead of|rather than) ${theirs}`;
const ending = "(?:instead|please|i (?:mean|meant)|of course|sorry|!|\\.)";
const onlyPerson = new RegExp(
  `^(?:${takingBack} )*(?:${notOther}(?: ,)?(?: but)? )?(?:${takingBack} )*${theirs}(?:(?: ,)? ${notOther})?(?: ,)?(?: ${ending})*$`,
);

/**
 * Whether a message names a person and says no more than that somebody else was meant: "no, Ben's", "not Ana, Ben",
 * "sorry, I meant Ben". It repeats what was ordered before, for that person.
 */
export function namesOnlyPerson(gist: string): boolean {
  return onlyPerson.test(gist.trim());
}

/** Whether a message takes back what was said before. Such a message agrees to nothing. */
export function takesBack(gist: string): boolean {
  return /(?<!\byou )\b(?:i (?:really )?mean(?:t)?|oops|my mistake|wrong (?:person|client|one|1))(?= |$)/.test(gist);
}

import { oneOf } from "./words.ts";

/** The mood of a verb in its clause: an order or request, a prohibition, or neither. */
export type Mood = "do" | "do not" | "none";

/** Words right before a base form that make it an order or a polite question. */
const leads = oneOf(
  "please to and then i we you just also now ok okay yes yeah sure no so but actually instead hi hello hey thanks i'll i'd we'll we'd let's me kindly can could would will should must might may rather or well oh great good alright first 1st us again maybe definitely still really mean meant , <person>",
);
const leadsIng = oneOf("mind help help_me in of about with i'm am consider like love need to please for from");

/** A verb after these asks, reports or supposes. It orders nothing. */
const subordinate =
  /\b(?:how|why|if|when|whether|did|does|who|whose|unless|until|after|before|because|since|happens|was|were|has|had|that|which|where|what)\b(?!.*,)[^,]*$/;
/** "When can I come", "what can you book me": the question word asks for the time or object of an order. */
const asksToDo =
  /^(?:when|what time|what day|where|who) (?:can|could|may|should) (?:i|we|you) $|\bi (?:was )?wonder(?:ing|ed)? (?:if|whether) (?:i|you|we|it)\b.*$/;
const negation =
  /(?:\b(?:not|never|without|no need to|rather not)|n't)(?: (?:want|wish|mean|have|need|like|you|me|please|to|going|ever|do|actually|really))* $/;
/** "Don't forget to cancel": two negations make an order. */
const doubleNegation = /(?:n't|not|never) (?:forget|hesitate|fail)(?: to)? $/;

/** The mood of a base form after these words of its clause. */
export function moodOf(before: string): Mood {
  const lead = before === "" ? "" : `${before.trim()} `;
  if (doubleNegation.test(lead)) return "do";
  if (negation.test(lead)) return "do not";
  if (lead === "") return "do";
  if (
    (subordinate.test(lead) && !asksToDo.test(lead)) ||
    /\b(?:do|did|does) (?:i|you|we|they|he|she) (?:still |already )?$/.test(lead)
  )
    return "none";
  return new RegExp(`(?:^|[ ])${leads} $`).test(lead) ? "do" : "none";
}

/** The mood of an `-ing` form: "I'd like help moving it", "cancelling my session". */
export function moodOfIng(before: string): Mood {
  const lead = before === "" ? "" : `${before.trim()} `;
  if (negation.test(lead)) return "do not";
  if (lead === "") return "do";
  if (/\bthank(?:s| you)\b.* for $/.test(lead)) return "none";
  if (subordinate.test(lead) && !asksToDo.test(lead)) return "none";
  return new RegExp(`(?:^|[ ])(?:${leadsIng}|${leads}) $`).test(lead) ? "do" : "none";
}

const causes =
  /\b(?:have|get|want|need|needs|like|see|be|must|should)\b(?! (?:been|i|you|we)\b)(?: (?!(?:was|were|i|you)\b)[^ ,]+){0,8} $/;

/** The mood of a participle: "I want it cancelled", "it needs to be moved". */
export function moodOfPast(before: string): Mood {
  const lead = before === "" ? "" : `${before.trim()} `;
  if (!causes.test(lead) || /\b(?:has|had|was|were|did|do i|i have|already|why|when|who|what)\b/.test(lead))
    return "none";
  return /(?:n't|\bnot|\bnever)(?: (?:want|need|like|have))?(?: [^ ]+){0,4} $/.test(lead) ? "do not" : "do";
}

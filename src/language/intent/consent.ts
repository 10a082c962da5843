import { commonWords } from "../names/common-words.ts";
import type { Verb } from "./act.ts";
import { oneOf } from "./words.ts";

/**
 * How a message answers a yes-or-no question.
 * - plain: "yes", "go ahead".
 * - lukewarm: agrees indirectly: "why not", "sounds good".
 * - conditional: a yes that is deferred, questioned or limited: "yes but …", "sure, give me a minute".
 * - no: "no", "not now".
 */
export type Grade = "plain" | "lukewarm" | "conditional" | "no";

export interface Answer {
  readonly grade: Grade;
  /** The answer is the whole message: nothing of substance stands beside it. */
  readonly isAlone: boolean;
  readonly certainty: number;
}

const plainYes = oneOf(
  "yes yeah yea yep yup ya yah aye y sure ok okay okey k kk correct exactly absolutely definitely certainly affirmative confirm confirmed agreed agree approve approved of_course go_ahead do_it do_that do_so please_do that's_it that's_right that's_correct by_all_means i_do i_would it_is indeed 👍 👌 ✅",
);
const lukewarmYes = oneOf(
  "fine right perfect perfectly great awesome excellent wonderful lovely cool nice good alright all_right amazing fantastic brilliant super ideal deal go_for_it no_problem no_worries why_not i_don't_mind fine_by_me works_for_me suits_me i_guess i_guess_so i_suppose i_suppose_so i_think_so happy_to love_it love_to true both either accept proceed save submit",
);
/** "That's fine", "it looks good to me", "i have to say yes": a statement around the word of agreement. */
const stating =
  "(?:(?:(?:i(?:'d| would| have to| must| can| do)? (?:say|think|guess|believe|find)|(?:that|this)(?: (?:one|1|time|<person>))?|it|they|all|everything|the answer)(?:'s| is| was| will be| would be|'ll be| can be| could be)? ?)?(?:(?:sounds?|looks?|look's|works?|seems?|appears?|is|be)\\b ?)?(?:(?:really|very|just|quite|all|so|pretty|totally|completely|definitely|a|an|the|like|to|it's|that's) )*)";
const agreeing =
  "(?:(?:that|this|it|that 1|this 1|<time>|they)(?:'ll| will| would| should| could| can|'d)? ?(?:works?|do|does|suits?|fits?)(?: (?:it|me|fine|well|great|perfectly|good))?(?: for me)?)";
const plainNo = oneOf(
  "no nope nah naw nay n never negative nothing none neither not_now not_yet not_really not_today not_this not_that not_ok not_right no_way no_thanks don't don't_do_it incorrect wrong false invalid untrue negatory rather_not i'd_rather_not maybe_later perhaps_later possibly_later not_interested not_needed not_necessary later another_time",
);
const yesLead = new RegExp(
  `^(?:(?:oh|um|uh|well|hmm|ah|hey|hi|and|so|ok|great|thanks|thank|wow|,) )*(?:${stating}?(?:${plainYes}|${lukewarmYes})|${agreeing})(?= |$)`,
);
const plainLead = new RegExp(`^(?:(?:oh|um|uh|well|hmm|ah|hey|hi|and|so|thanks|,) )*(?:${plainYes})(?= |$)`);
const putOff =
  /^(?:(?:no|nah|not (?:right )?(?:now|away)|thanks|maybe|perhaps|possibly|do (?:that|it)|i'll (?:book|do it)|um|oh|how about|,|may be) ?)+(?:at a |some ?|an)?(?:later|other time)?(?: time| on)?$|\b(?:hold off|at a later time|some other time|another time)\b/;
const noLead = new RegExp(
  `^(?:(?:oh|um|uh|well|hmm|ah|hey|sorry|actually|ok|okay|wait|thanks|i think|i said|i'm afraid|,) )*(?:${stating}?(?:(?:hard|hell) )?${plainNo}|${stating}?(?:not|isn't) (?:true|right|correct|good|ok|okay|false negative)|i'?(?:ll| will)? pass)(?= |$)`,
);

/** Words that defer, question or limit a yes. */
const conditions =
  /\b(?:but|wait|hold on|maybe|perhaps|unless|if|later|1st|first|let me|let you know|get back|think about|check|ask|see if|give me|a minute|a moment|a second|one sec|question|not sure|depends|provided|as long as|only|except|instead|actually|rather|other|different|change|before (?:that|i|you|we))\b/;

/** Words of answers, thanks and politeness: beside a yes they add nothing. */
const answerWords: ReadonlySet<string> = new Set(
  `${plainYes} ${lukewarmYes} ${plainNo}`
    .replace(/\(\?:|\)|\|/g, " ")
    .split(" ")
    .concat(
      "thanks thank thx cheers better best appreciate appreciated grateful much very many help helpful awesome kindly dear sir madam sounds looks works seems suits absolutely totally completely correct way bye goodbye 's answer yess yesss yeahh okk pls".split(
        " ",
      ),
    ),
);

/**
 * What may stand beside a yes without limiting it. Any other word may turn it round: "sure, I'll be there" to a card that
 * cancels.
 */
const besideYes: ReadonlySet<string> = new Set(
  "please pls plz kindly now then just so and the a an my our this that it them these those all both one 1 1st i i'm i'd am is are 's 'm do go ahead for me us of to with fine sure very really quite right away asap thanks thank you thx cheers session appointment booking request time message plan card oh um uh well hmm ah hey wow".split(
    " ",
  ),
);

function isBesideYes(word: string): boolean {
  return (
    besideYes.has(word) || answerWords.has(word) || /^[,.;:!?]$|^<(?:time|person|service|method|package)>$/.test(word)
  );
}

/** Words of the gist with a meaning of their own: beside them, an answer is not only an answer. */
export function substanceOf(gist: string): readonly string[] {
  return gist
    .split(" ")
    .filter((word) => word !== "" && !/^[,.;:!?]$/.test(word) && !commonWords.has(word) && !answerWords.has(word));
}

/** The answer that a gist gives. Undefined: it neither agrees nor refuses. `known`: what else was read in it. */
export function answerIn(gist: string, hasQuestion: boolean): Answer | undefined {
  const said = gist.trim();
  if (said === "") return undefined;
  const left = substanceOf(said);
  if (
    !idioms.test(said) &&
    (noLead.test(said) ||
      (putOff.test(said) && /\b(?:later|time|now|away)\b/.test(said)) ||
      (refuses.test(said) && left.length === 0))
  ) {
    return { grade: "no", isAlone: left.length === 0 && !hasQuestion, certainty: left.length === 0 ? 0.95 : 0.8 };
  }
  if (!yesLead.test(said)) return undefined;
  const words = said.split(" ").filter((word) => word !== "");
  const isAlone = left.length === 0 && !hasQuestion && words.every(isBesideYes);
  const rest = said.replace(plainLead, "");
  const grade: Grade =
    hasQuestion ||
    conditions.test(rest) ||
    /n't\b|\b(?:not|never|no|nor)\b/.test(rest.replace(/\b(?:why not|don't mind|no problem|no worries)\b/g, ""))
      ? "conditional"
      : plainLead.test(said)
        ? "plain"
        : "lukewarm";
  return { grade, isAlone, certainty: grade === "conditional" ? 0.5 : isAlone ? 0.95 : 0.7 };
}

/** Agreement phrased as a negation. */
const idioms =
  /^(?:(?:well|ok|sure|yeah|oh|,) )*(?:why not|no (?:problem|worries|objections?)|i don't mind|don't mind|i wouldn't mind|can't complain)(?= |$)/;
const refuses = /\b(?:not|never|don't|doesn't|won't|can't|isn't|none|neither|nope|false|wrong)\b/;

/** What a yes would do. Booking and confirming are easily undone; the others are not. */
export type ConsentTo =
  | "book"
  | "confirm"
  | "move"
  | "accept"
  | "cancel"
  | "decline"
  | "send"
  | "pay"
  | "delete"
  | "deactivate"
  | "block"
  | "withdraw";

export const needsPlainYes: ReadonlySet<ConsentTo> = new Set<ConsentTo>([
  "cancel",
  "decline",
  "send",
  "pay",
  "delete",
  "deactivate",
  "withdraw",
]);
const verbsOf: Readonly<Record<ConsentTo, readonly Verb[]>> = {
  book: ["book"],
  confirm: ["confirm", "accept"],
  move: ["move", "change"],
  accept: ["accept", "confirm"],
  cancel: ["cancel"],
  decline: ["decline"],
  send: ["message"],
  pay: ["pay"],
  delete: ["delete data", "cancel"],
  deactivate: ["deactivate"],
  block: ["block"],
  withdraw: ["withdraw", "cancel"],
};

/** The verb a consent may repeat: "yes, cancel it". */
export function agreesBy(verb: Verb, to: ConsentTo): boolean {
  return verbsOf[to].includes(verb);
}

export function suffices(grade: Grade, to: ConsentTo): boolean {
  return grade === "plain" || (grade === "lukewarm" && !needsPlainYes.has(to));
}

import type { Act } from "../language/intent/act.ts";
import { agreesBy, type ConsentTo } from "../language/intent/consent.ts";
import type { Question } from "../language/intent/question.ts";
import { type Reading, saysYes, wantsSomething } from "../language/reading.ts";
import type { Role } from "./flow.ts";

/** Below this an act or a question is not followed but asked about. */
const sureEnough = 0.7;

/** A question with a topic that the desk answers. */
export type KnownQuestion = Question & { readonly about: Exclude<Question["about"], "unknown"> };

/** What the open card waits for. */
export interface OpenCard {
  /** A message may press its buttons and answer it: it is live and was not crossed by another card. */
  readonly takesAnswers: boolean;
  /** It has a field for open text. */
  readonly hasField: boolean;
}

/** What a message may be, in the order in which it is tried. */
export type Step =
  | "distress"
  | "entry code"
  | "button"
  | "exact field value"
  | "answer"
  | "act"
  | "question"
  | "field text"
  | "wish"
  | "small talk"
  | "not understood";

/** The order of precedence, and when each step applies (W1). The first step that finds a meaning ends it. */
const precedence: readonly {
  readonly step: Step;
  readonly applies: (reading: Reading, open: OpenCard | undefined) => boolean;
}[] = [
  { step: "distress", applies: ({ isDistress }) => isDistress },
  { step: "entry code", applies: ({ code }) => code !== undefined },
  // A button's title or number.
  { step: "button", applies: (_reading, open) => open?.takesAnswers === true },
  { step: "exact field value", applies: (_reading, open) => open?.takesAnswers === true && open.hasField },
  // A question asks about the card. It is no wish for something else.
  { step: "answer", applies: (reading, open) => open?.takesAnswers === true && !isOnlyQuestion(reading) },
  {
    step: "act",
    applies: (reading, open) => sureActs(reading).length > 0 && !(open?.hasField === true && isAbsence(reading)),
  },
  { step: "question", applies: (reading) => sureQuestion(reading) !== undefined },
  { step: "field text", applies: (reading, open) => open?.hasField === true && readsAsText(reading) },
  { step: "wish", applies: (reading) => wantsSomething(reading) || reading.shift !== undefined },
  { step: "small talk", applies: ({ smallTalk }) => smallTalk !== undefined },
  { step: "not understood", applies: () => true },
];

/**
 * The steps to try for a message, in order. A client's message in distress is nothing else; a practitioner's may be about a
 * client, so it is read as any other.
 */
export function decide(reading: Reading, open: OpenCard | undefined, role: Role): readonly Step[] {
  const steps = precedence.filter(({ applies }) => applies(reading, open)).map(({ step }) => step);
  if (steps[0] !== "distress") return steps;
  return role === "practitioner" ? steps.slice(1) : ["distress"];
}

/** The acts to be done that the reading is sure of, in reading order. */
export function sureActs({ acts }: Reading): readonly Act[] {
  return acts.filter(({ polarity, certainty }) => polarity === "do" && certainty >= sureEnough);
}

/** The question of a message; absent where it is not sure what is asked about. */
export function sureQuestion({ questions }: Reading): KnownQuestion | undefined {
  return questions.find(
    (question): question is KnownQuestion => question.about !== "unknown" && question.certainty >= sureEnough,
  );
}

/** A question and no order. "What is free on Thursday?" is a wish too, so the open card hears it. */
function isOnlyQuestion(reading: Reading): boolean {
  const question = sureQuestion(reading);
  return question !== undefined && question.about !== "free times" && sureActs(reading).length === 0;
}

/** Whether a message can be the content of a field: no order, no question, no other person's or session's name, no time (W4). */
function readsAsText(reading: Reading): boolean {
  const isStatement = isAbsence(reading);
  const isOrder = !isStatement && sureActs(reading).some(({ verb }) => verb !== "cannot");
  const isWish = !isStatement && wantsSomething(reading) && reading.rest.length === 0;
  const isNamed = reading.names.length > 0;
  return !isOrder && !isWish && !isNamed && reading.questions.length === 0 && reading.smallTalk === undefined;
}

/** "I am away that morning", "I'm sick": time off to take, or with a field open the reason for something else. */
function isAbsence(reading: Reading): boolean {
  const acts = sureActs(reading);
  return acts.length > 0 && acts.every(({ verb }) => verb === "be away" || verb === "be sick");
}

/** Whether a message is a no to the card: "no", "no, keep it", "don't cancel". */
export function saysNo(reading: Reading, to: ConsentTo | undefined): boolean {
  const { answer, acts, questions, when, names, rest } = reading;
  const isMore = questions.length + names.length + rest.length > 0 || when !== undefined;
  if (isMore) return false;
  const refuses = acts.filter(
    ({ verb, polarity }) =>
      verb === "keep" || verb === "stop" || (polarity === "do not" && to !== undefined && agreesBy(verb, to)),
  );
  if (refuses.length !== acts.length) return false;
  return refuses.length > 0 || (answer?.grade === "no" && answer.isAlone);
}

/** How a message answers a card that asks for consent: a yes or no that counts, one that does not suffice, or neither. */
export function consentIn(reading: Reading, to: ConsentTo | undefined): "yes" | "no" | "insufficient" | undefined {
  if (saysNo(reading, to)) return "no";
  if (to === undefined) return undefined;
  if (saysYes(reading, to)) return "yes";
  const { answer, acts, questions } = reading;
  const isOther = questions.length > 0 || acts.some(({ verb }) => !agreesBy(verb, to)) || wantsSomething(reading);
  return answer !== undefined && answer.grade !== "no" && !isOther ? "insufficient" : undefined;
}

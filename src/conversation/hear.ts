import type { Act, Verb } from "../language/intent/act.ts";
import { agreesBy, type ConsentTo, needsPlainYes } from "../language/intent/consent.ts";
import type { Question } from "../language/intent/question.ts";
import { type Reading, saysYes, wantsSomething } from "../language/reading.ts";
import type { Role } from "./flow.ts";

/** Below this certainty the desk asks instead of following an act or a question. */
const sureEnough = 0.7;

/** A question with a topic that the desk answers. */
export type KnownQuestion = Question & { readonly about: Exclude<Question["about"], "unknown"> };

/** What the open card waits for. */
export interface OpenCard {
  /**
   * A message may press the card's buttons and answer it: the card is live, and the person was not answering another
   * card when it was posted.
   */
  readonly takesAnswers: boolean;
  /** It has a field for open text. */
  readonly hasField: boolean;
  /** The text of the field is for another person. */
  readonly isForOther?: boolean;
}

/** What a message may be, in the order in which it is tried. */
export type Step =
  | "distress"
  | "entry code"
  | "button"
  | "exact field value"
  | "labelled text"
  | "other person"
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
  // "Put: I am sorry" gives the text of the field.
  {
    step: "labelled text",
    applies: (reading, open) => open?.takesAnswers === true && open.hasField && isLabelled(reading, open),
  },
  // "No, Ben's", said to Ana's card.
  { step: "other person", applies: (reading, open) => open?.takesAnswers === true && reading.isOnlyPerson },
  // A question asks about the card and wants nothing else.
  { step: "answer", applies: (reading, open) => open?.takesAnswers === true && !isOnlyQuestion(reading) },
  {
    step: "act",
    applies: (reading, open) => sureActs(reading).length > 0 && !(open?.hasField === true && isAbsence(reading)),
  },
  { step: "question", applies: (reading) => sureQuestion(reading) !== undefined },
  { step: "field text", applies: (reading, open) => open?.hasField === true && readsAsText(reading, open.isForOther) },
  // Other words beside a time make it no wish: "I feel dizzy today". The name of a service or practitioner does.
  {
    step: "wish",
    applies: (reading, open) =>
      !(open !== undefined && isBareNumber(reading)) &&
      (isPureWish(reading) || (open?.hasField !== true && isWish(reading) && isNamed(reading))),
  },
  { step: "small talk", applies: ({ smallTalk }) => smallTalk !== undefined },
  { step: "not understood", applies: () => true },
];

/**
 * The steps to try for a message, in order. A client's message in distress is read as nothing else. A practitioner's
 * may be about a client, so it is read as usual.
 */
export function decide(reading: Reading, open: OpenCard | undefined, role: Role): readonly Step[] {
  const steps = precedence
    .filter(({ step, applies }) => applies(reading, open) && !(step === "field text" && isOfClient(reading, role)))
    .map(({ step }) => step);
  if (steps[0] !== "distress") return steps;
  return role === "practitioner" ? steps.slice(1) : ["distress"];
}

/**
 * "She is always late": a practitioner's words about a client. What a practitioner types into a field goes to the client,
 * so these words are not taken as it.
 */
export function isOfClient({ isOfPerson }: Reading, role: Role): boolean {
  return role === "practitioner" && isOfPerson;
}

/** The acts to do that the reading is sure of, in reading order. */
export function sureActs({ acts }: Reading): readonly Act[] {
  return acts.filter(({ polarity, certainty }) => polarity === "do" && certainty >= sureEnough);
}

/** Verbs that ask for something to be done to a session, a request or a person. */
const ofOrder: ReadonlySet<Verb> = new Set<Verb>([
  "book",
  "cancel",
  "move",
  "withdraw",
  "decline",
  "confirm",
  "propose",
  "message",
  "block",
  "invite",
]);

/** The text of a message without an addressee: "message: see you", "put: I am sorry". It is for the open field. */
export function labelledText({ acts }: Reading): Act["content"] {
  const [act] = acts;
  return act?.verb === "message" && act.object.names.length === 0 ? act.content : undefined;
}

/** "Put: …" is for any field. "Message: …" also begins a message, except where the field's text is for another person. */
function isLabelled(reading: Reading, { isForOther }: OpenCard): boolean {
  const isLabel = labelledText(reading) !== undefined && /^[a-z, ]{1,20}:/.test(reading.said);
  return isLabel && (isForOther === true || sureActs(reading).length === 0);
}

/** The orders of a message, in reading order. */
export function ordersOf(reading: Reading): readonly Act[] {
  return sureActs(reading).filter(({ verb }) => ofOrder.has(verb));
}

/** The question of a message. Undefined: the reading is not sure what is asked about. */
export function sureQuestion({ questions }: Reading): KnownQuestion | undefined {
  return questions.find(
    (question): question is KnownQuestion => question.about !== "unknown" && question.certainty >= sureEnough,
  );
}

/** A question without an order. "What is free on Thursday?" also wants a time, so the open card hears it. */
function isOnlyQuestion(reading: Reading): boolean {
  const question = sureQuestion(reading);
  return question !== undefined && question.about !== "free times" && sureActs(reading).length === 0;
}

/** Verbs whose words are common in the text of a field: "I can't sleep", "more energy", "I want to change". */
const ofContentToo: ReadonlySet<Verb> = new Set<Verb>([
  "cannot",
  "be away",
  "be sick",
  "be late",
  "other options",
  "choose",
  "change",
]);

/**
 * Whether a message can be the text of a field: it orders nothing, asks nothing, names no client and wants no time
 * (W4). Acts that begin a flow are already followed before this check.
 */
export function readsAsText(reading: Reading, isForOther = false): boolean {
  // "No, don't", "sorry, I meant the 13th" are for the desk. In a form they are answers.
  // "I really can't come" is why.
  const refuses = reading.answer?.grade === "no" && !reading.acts.some(({ verb }) => verb === "cannot");
  const isForDesk = reading.questions.length > 0 || refuses || correctsItself.test(reading.said);
  if (isForOther && isForDesk) return false;
  // "Can't make Friday" may be a reason. In a form it is about a session.
  const cannotThen = !isForOther && sureActs(reading).some(({ verb, object }) => verb === "cannot" && object.when);
  const isOrder =
    cannotThen ||
    sureActs(reading).some(({ verb }) => !ofContentToo.has(verb)) ||
    isRefusal(reading) ||
    reading.ordersTimeOff === true;
  const isAboutClient = reading.names.some(({ kind }) => kind === "client");
  const isQuestion =
    sureQuestion(reading) !== undefined || (reading.questions.length > 0 && reading.said.includes("?"));
  return !(isOrder || isAboutClient || isQuestion || isPureWish(reading) || reading.smallTalk !== undefined);
}

const correctsItself =
  /\b(?:i mean|i meant|no wait|hold on|instead|leave out|(?:2nd|second) thoughts?|changed my mind|after all|the other (?:one|1)|feel better)\b|^(?:wait|actually|hm+|wait,? is)\b/;

/** "Don't cancel it" and not a word more. */
export function isRefusal({ acts, rest }: Reading): boolean {
  return rest.length === 0 && acts.some(({ polarity, certainty }) => polarity === "do not" && certainty >= sureEnough);
}

/** "Is the Friday session still on": a question about a day that is no wish for one. */
export function asksAboutElse(reading: Reading): boolean {
  const isUnknown = reading.questions.some(({ about }) => about === "unknown") && sureActs(reading).length === 0;
  const isOfDay = reading.when !== undefined && reading.names.length + reading.methods.length === 0;
  return isUnknown && isOfDay && /^(?:is|are|does|did|has|was|will|why|who|whose)\b/.test(reading.said);
}

/** Acts beside which a message is still a wish. "Cancel Friday" names a day, but it wants nothing on it. */
const ofWish: ReadonlySet<Verb> = new Set<Verb>(["book", "find times", "choose", "change", "other options", "cannot"]);

/**
 * A message that wants something this desk offers. "Book me a taxi for Friday" names a day, but is not this desk's
 * business.
 */
function isWish(reading: Reading): boolean {
  if (asksAboutElse(reading) || !sureActs(reading).every(({ verb }) => ofWish.has(verb))) return false;
  const isElsewhere = reading.acts.some(({ certainty, object }) => certainty < 0.5 && object.thing === "other");
  return !isElsewhere && (wantsSomething(reading) || reading.shift !== undefined);
}

/** "2", "the first": a place in a list. To a card without one it is no time to book. */
function isBareNumber({ said }: Reading): boolean {
  return /^(?:the |number |option |#)?\d{1,2}(?:st|nd|rd|th)?(?: (?:one|1))?[.)]?$/.test(said);
}

function isNamed({ names, methods }: Reading): boolean {
  return methods.length > 0 || names.some(({ kind }) => kind === "service" || kind === "package");
}

/** A wish and not a word more: "Friday at 10 by phone". */
export function isPureWish(reading: Reading): boolean {
  return isWish(reading) && reading.rest.length === 0 && sureActs(reading).every(({ verb }) => verb === "book");
}

/**
 * "I am away that morning", "I'm sick": time off to take. While a field is open, it may be the reason for something
 * else.
 */
function isAbsence(reading: Reading): boolean {
  const acts = sureActs(reading);
  return acts.length > 0 && acts.every(({ verb }) => verb === "be away" || verb === "be sick");
}

/** Whether a message is a no to the card: "no", "no, keep it", "don't cancel". */
export function saysNo(reading: Reading, to: ConsentTo | undefined): boolean {
  const { answer, acts, questions, when, names, rest } = reading;
  // What is easily undone takes no longer sentences for a no.
  const isLoose = to !== undefined && needsPlainYes.has(to) && answer?.grade === "no" && acts.length === 0;
  const isMore = questions.length + names.length > 0 || (rest.length > 0 && !isLoose) || when !== undefined;
  if (isMore) return false;
  const refuses = acts.filter(
    ({ verb, polarity }) =>
      verb === "keep" ||
      verb === "stop" ||
      verb === "undo" ||
      (polarity === "do not" && to !== undefined && agreesBy(verb, to)),
  );
  if (refuses.length !== acts.length) return false;
  return refuses.length > 0 || (answer?.grade === "no" && (answer.isAlone || isLoose));
}

/**
 * A bare "cancel" is ambiguous: it may mean the session or the question about it. "Cancel it" and "yes, cancel" are
 * not.
 */
function isBareCancel({ said }: Reading): boolean {
  return said.replace(/[.!,?]|\bplease\b/g, "").trim() === "cancel";
}

/** Consents that need no more than one yes, even right after words that were not understood. */
export function isUndoneEasily(to: ConsentTo): boolean {
  return to === "book";
}

/** "Did that book it?", "is it booked?", to the card that asks. The answer is that nothing has happened yet. */
const asksWhetherDone =
  /^(?:(?:so|and|ok|okay|wait|but|sorry)[ ,]+)*(?:did (?:that|it|this|you|we|i)(?: just| already)? (?:book|cancel|move|send|confirm|work|go through|do)\b|(?:is|was|has) (?:it|that|this)(?: been| all| already| now)? (?:booked|confirmed|done|cancelled|moved|sent)\b|am i booked\b)/;

/** How a message answers a card that asks for consent: a yes or no that counts, one that does not suffice, or neither. */
export function consentIn(reading: Reading, to: ConsentTo | undefined): "yes" | "no" | "insufficient" | undefined {
  if (saysNo(reading, to)) return "no";
  if (to === undefined) return undefined;
  if (asksWhetherDone.test(reading.said)) return "insufficient";
  if (isBareCancel(reading) && agreesBy("cancel", to)) return "insufficient";
  if (saysYes(reading, to)) return "yes";
  const { answer, acts, questions } = reading;
  const isOther = questions.length > 0 || acts.some(({ verb }) => !agreesBy(verb, to)) || wantsSomething(reading);
  return answer !== undefined && answer.grade !== "no" && !isOther ? "insufficient" : undefined;
}

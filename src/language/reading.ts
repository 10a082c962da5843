import type { Act, MethodSaid, NameSaid, Ref } from "./intent/act.ts";
import { actsIn } from "./intent/acts.ts";
import {
  type Answer,
  agreesBy,
  answerIn,
  type ConsentTo,
  needsPlainYes,
  substanceOf,
  suffices,
} from "./intent/consent.ts";
import { speaksOfDistress } from "./intent/distress.ts";
import { type Gist, gistOf } from "./intent/gist.ts";
import { marksOf } from "./intent/marks.ts";
import { parseMove } from "./intent/move.ts";
import { namesOnlyPerson, takesBack } from "./intent/only-person.ts";
import { type Language, otherLanguageOf } from "./intent/other-language.ts";
import { blocksTime, timeOffAct, timeOffIn } from "./intent/own-time.ts";
import { packageSaid } from "./intent/package-words.ts";
import { withPlanning } from "./intent/planning.ts";
import type { Question } from "./intent/question.ts";
import { type SmallTalk, smallTalkIn } from "./intent/small-talk.ts";
import { speaksOfPerson } from "./intent/third-person.ts";
import { entryCodeIn } from "./names/entry-code.ts";
import { methodsIn } from "./names/methods.ts";
import { namesByWord, type Vocabulary, wholeNamesIn } from "./names/named.ts";
import { withPolarity } from "./names/polarity.ts";
import { unknownNameIn } from "./names/unknown.ts";
import { normalise } from "./normalise.ts";
import { blank, overlaps, type Span } from "./span.ts";
import type { ReadingContext } from "./when/moment.ts";
import { type Recurrence, readRhythm } from "./when/recurrence.ts";
import type { Shift } from "./when/shifts.ts";
import type { TimeOff } from "./when/time-off.ts";
import { type Impossible, readTimes, type When } from "./when/when.ts";

/**
 * The reading of one message, shared by every consumer: router, open talk, lists and names (W1). Spans are offsets in
 * `said`. A reading lives as long as the turn. `said` is never stored. The content of a field is taken from the
 * original message by `originalOf`.
 */
export interface Reading {
  /** The normalised message: at most 300 characters. */
  readonly said: string;
  readonly acts: readonly Act[];
  readonly questions: readonly Question[];
  /** All times of the message. An act also has those of its own clause. */
  readonly when?: When;
  /** The times of further sessions: "… and another one the week after". */
  readonly further: readonly When[];
  readonly names: readonly NameSaid[];
  readonly methods: readonly MethodSaid[];
  readonly refs: readonly Ref[];
  /** "An hour later": relative to the session that the talk is about. */
  readonly shift?: Shift;
  /** A practitioner's words about their own time. */
  readonly timeOff?: TimeOff;
  /**
   * A client's words about a recurring session: "every other Tuesday at 3". A single day and time may be part of it.
   */
  readonly rhythm?: Recurrence;
  /** Which package: any, the next session of one, or a session without one. */
  readonly package?: "any" | "next" | "none";
  /** "Actually", "instead", "make it": what is said replaces what was said before. */
  readonly isCorrection: boolean;
  /** "I meant", "wrong one": what was said before is taken back. */
  readonly takesBack: boolean;
  /** "She is always late": words about a person, and none to them. */
  readonly isOfPerson: boolean;
  /** "No, Ben's": a person and nothing else. */
  readonly isOnlyPerson: boolean;
  /** "And …?", "what about …": repeats the previous question about something else. */
  readonly isFollowUp: boolean;
  /** Any practitioner will do. */
  readonly anyone?: true;
  readonly answer?: Answer;
  readonly smallTalk?: SmallTalk;
  readonly isDistress: boolean;
  /** The code of an invitation or of another chat. */
  readonly code?: string;
  readonly language?: Language;
  /** Words that no rule read. */
  readonly rest: readonly Span[];
  readonly impossible: readonly Impossible[];
  /** Phrases that sound like a time but could not be read. The card repeats them. */
  readonly unread: readonly string[];
  /** A client's "block Friday". Only practitioners block times, so it is read to be refused. */
  readonly ordersTimeOff?: true;
  /** A client's name for a person or a service that is not here, as typed: "with Dr House", "book reiki". */
  readonly unknownName?: string;
  /** The message is longer than the part that is read. */
  readonly isCut: boolean;
  /** How sure the whole reading is, 0 to 1. */
  readonly certainty: number;
}

/**
 * Reads a message once. Pure, never throws, and takes bounded time for any text.
 *
 * ```ts
 * const reading = read("decline ben, i am away that day", { role: "practitioner", clients }, moment);
 * reading.acts[0].verb; // "decline"
 * originalOf(text, reading.said, reading.acts[0].reason); // "i am away that day"
 * ```
 */
export function read(text: string, vocabulary: Vocabulary, moment: ReadingContext): Reading {
  const said = normalise(text);
  const whole = wholeNamesIn(said, vocabulary);
  const masked = blank(said, [...whole, ...phoneNumbersIn(said)]);
  const times = readTimes(masked, moment);
  const partly = namesByWord(masked, vocabulary, { whole, times: times.spans });
  const found = [...whole, ...partly].sort((a, b) => a.from - b.from);
  const names = withPolarity(said, found);
  const methods = withPolarity(said, methodsIn(said, [...found, ...times.spans]));
  const gist = gistOf(said, marksOf(said, names, methods, times.spans));
  const timesOf = timesReader(masked, moment, times.spans, times.when);
  const { acts: ordered, questions } = actsIn({
    gist,
    role: vocabulary.role,
    names,
    methods,
    timesOf,
    moveOf: ({ from, to }) => parseMove(masked.slice(from, to), moment),
  });
  const isClient = vocabulary.role === "client";
  const acts = isClient ? withPlanning(ordered, { said, masked, names }, moment) : ordered;
  const ordersTimeOff = isClient && acts.length === 0 && blocksTime(said, names, moment);
  const unknownName = isClient ? unknownNameIn(text, acts, [...names, ...methods, ...times.spans]) : undefined;
  const rhythm = isClient ? readRhythm(masked, moment) : undefined;
  const timeOff = vocabulary.role === "practitioner" ? timeOffIn(said, names, moment) : undefined;
  // "Cancel everything on Friday, I'm sick": the order counts, and being sick is its reason.
  const isTimeOff =
    timeOff !== undefined &&
    !acts.some(({ verb, polarity, certainty }) => verb !== "cannot" && polarity === "do" && certainty >= 0.7);
  const unknown = restOf(gist, [...acts, ...questions]);
  const allActs = isTimeOff
    ? [timeOffAct(timeOff, said, names, times.when)]
    : acts.filter(({ verb }) => !aboutTheDesk.has(verb) || unknown.length <= 2);
  // Normalised text has no such signs.
  const isThumbsDown = /👎|🙅|❌/u.test(text);
  const answer = isThumbsDown
    ? ({ grade: "no", isAlone: true, certainty: 0.95 } as const)
    : answerIn(gist.text, questions.length > 0);
  const talk = smallTalkIn(gist.text);
  const { shift, further } = times;
  const spoken = packageSaid(masked);
  const language = otherLanguageOf(text);
  const code = entryCodeIn(text);
  return {
    said,
    acts: allActs,
    questions,
    names,
    methods,
    refs: [...new Set(allActs.flatMap(({ object }) => object.refs))],
    isCorrection: corrects.test(gist.text),
    takesBack: takesBack(gist.text),
    isOfPerson: speaksOfPerson(gist.text),
    isOnlyPerson: namesOnlyPerson(gist.text),
    isFollowUp: followsUp.test(said),
    isDistress: speaksOfDistress(text),
    rest: restOf(gist, [...allActs, ...questions]),
    further,
    impossible: times.impossible,
    unread: times.unread,
    isCut: text.trim().length > 300,
    certainty: certaintyOf(allActs, questions),
    ...(times.when && { when: times.when }),
    ...(shift && { shift }),
    ...(isTimeOff && { timeOff }),
    ...(rhythm && { rhythm }),
    ...(spoken && { package: spoken }),
    ...(/\b(?:anyone|anybody|whoever|any practitioner|either of them|doesn't matter who)\b/.test(said) && {
      anyone: true,
    }),
    ...(answer && { answer }),
    ...(talk && { smallTalk: talk }),
    ...(language && { language }),
    ...(code && { code }),
    ...(unknownName !== undefined && { unknownName }),
    ...(ordersTimeOff && { ordersTimeOff }),
  };
}

/** Acts about the card or the desk. In a longer message the same words mean something else: "help, I lost my card". */
const aboutTheDesk: ReadonlySet<Act["verb"]> = new Set([
  "help",
  "menu",
  "stop",
  "skip",
  "undo",
  "choose",
  "other options",
]);

/** Digits in groups as phone numbers have them: no clock time is read from them. */
function phoneNumbersIn(said: string): readonly Span[] {
  return [...said.matchAll(/(?<![\d:])(?:\+\d[\d -]{7,}\d|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{3,4})(?![\d:])/g)].map(
    (match) => ({
      from: match.index,
      to: match.index + match[0].length,
    }),
  );
}

const followsUp = /^(?:(?:ok|okay|so|thanks|,) )*(?:and|or|what about|how about)\b/;

const corrects =
  /\b(?:actually|instead|rather|changed? my mind|i mean(?:t)?|oops|sorry|wait|on 2nd thoughts?|on second thoughts?|make (?:it|that)|change (?:it|that|this|the)|switch|wrong|i'd better|(?:i|i'd|i would) prefer|(?:is|are|would be) better|should be|earlier|later|not .{1,20} but)\b/;

/** Reads the times of a part of the message, and those of the whole message only once. */
function timesReader(masked: string, moment: ReadingContext, spans: readonly Span[], all: When | undefined) {
  return ({ from, to }: Span, how?: "asNamed"): When | undefined => {
    const inside = spans.filter((span) => span.from < to && from < span.to);
    const [first, last] = [inside[0], inside.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    if (how === "asNamed") return readTimes(masked.slice(first.from, last.to), moment).when;
    return inside.length === spans.length ? all : readTimes(masked.slice(from, to), moment).when;
  };
}

/** Words with a meaning of their own that no rule used. */
function restOf(gist: Gist, read: readonly (Span & { readonly certainty: number })[]): readonly Span[] {
  const left = new Set(substanceOf(gist.text));
  const understood = read.filter(({ certainty }) => certainty >= 0.65);
  return gist.pieces
    .filter(
      (piece) => !piece.word.startsWith("<") && left.has(piece.word) && !understood.some((one) => overlaps(one, piece)),
    )
    .map(({ from, to }) => ({ from, to }));
}

function certaintyOf(acts: readonly Act[], questions: readonly Question[]): number {
  const all = [...acts, ...questions].map(({ certainty }) => certainty);
  return all.length === 0 ? 0 : Math.min(...all);
}

/**
 * Whether a message agrees to what was asked (W3). Only a sure yes with nothing of substance beside it counts.
 * Cancelling, declining, sending, paying and deleting need a plain yes or the verb itself.
 */
export function saysYes(reading: Reading, to: ConsentTo): boolean {
  const { answer, acts, questions, when, shift, names, methods, rest, isCut } = reading;
  const isTimed = when !== undefined || shift !== undefined;
  const isMore = questions.length + names.length + methods.length + rest.length > 0 || isTimed || isCut;
  if (isMore || reading.takesBack || !acts.every((act) => repeats(act, to))) return false;
  if (answer === undefined) return acts.some(({ certainty }) => certainty >= 0.65);
  // "Wonderful, thank you!" is thanks, and so is "ok thanks" to a card that cancels.
  const isThanks = reading.smallTalk !== undefined && acts.length === 0;
  const isClear = answer.grade === "plain" && (!needsPlainYes.has(to) || /^(?:yes|yeah|yep)\b/.test(reading.said));
  if (isThanks && !isClear) return false;
  return suffices(answer.grade, to) && (acts.length > 0 || answer.certainty >= 0.9);
}

/** "Cancel it" repeats what was asked. "Cancel my session" and "confirm all" are orders of their own. */
function repeats({ verb, polarity, object }: Act, to: ConsentTo): boolean {
  const isOfCard =
    object.refs.every((ref) => ref === "it") && (object.thing === undefined || object.refs.includes("it"));
  return polarity === "do" && agreesBy(verb, to) && isOfCard;
}

/** Whether a reading says anything about a wanted session. */
export function wantsSomething({ names, methods, when, anyone, package: spoken }: Reading): boolean {
  return names.length + methods.length > 0 || when !== undefined || anyone === true || spoken !== undefined;
}

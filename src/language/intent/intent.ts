import { normalise } from "../normalise.ts";
import { momentOf } from "../when/moment.ts";
import { readPhrases } from "../when/when.ts";
import * as say from "./intent-words.ts";
import { isOtherBusiness } from "./other-business.ts";
import * as talk from "./talk-words.ts";

/** What a message wants done, or what it says to the question just asked. */
export type Intent =
  | "book"
  | "find_slots"
  | "find_provider"
  | "reschedule"
  | "cancel"
  | "list_upcoming"
  | "change"
  | "alternatives"
  | "select"
  | "inform"
  | "request_info"
  | "affirm"
  | "negate"
  | "abort"
  | "help"
  | "greeting"
  | "thanks"
  | "goodbye"
  | "out_of_scope";

/** What the person's newest card asks: to pick one of a list, to give a value, or to say yes or no. */
export type Pending = "offer" | "question" | "confirm";

/** An intent with how sure the rules are, 0 to 1; below 0.7 offer buttons instead of acting. */
export interface Understood {
  readonly intent: Intent;
  readonly certainty: number;
}

/**
 * What a message means, by rules: first as an answer to what is asked, then as an action on sessions, then as
 * talk. Words that belong to other business (hotel, flight, alarm …) forbid actions.
 */
export function understand(text: string, { pending }: { readonly pending?: Pending } = {}): Understood {
  const heard = hear(normalise(text));
  const answered = pending === undefined ? undefined : answers[pending](heard);
  return (
    answered ??
    action(heard) ??
    smallTalk(heard, pending) ??
    timeAlone(heard) ??
    sure("out_of_scope", heard.foreign ? 0.9 : 0.5)
  );
}

/** Thanks, or a goodbye: nothing is wanted. */
export function isPolite(text: string): boolean {
  const { intent } = understand(text);
  return intent === "thanks" || intent === "goodbye";
}

interface Heard {
  readonly said: string;
  /** The same with a mark for each time phrase. */
  readonly marked: string;
  readonly words: number;
  readonly hasTime: boolean;
  readonly asks: boolean;
  readonly foreign: boolean;
}

const anyMoment = momentOf({ nowMs: 0, zone: "UTC" });

function hear(said: string): Heard {
  const { text } = readPhrases(said, anyMoment);
  return {
    said,
    marked: text,
    words: said.split(" ").length,
    hasTime: /<[dtwpsbaxi]\d+>/.test(text),
    asks: say.question.test(said),
    foreign: isOtherBusiness(said),
  };
}

function sure(intent: Intent, certainty = 0.9): Understood {
  return { intent, certainty };
}

const answers: Readonly<Record<Pending, (heard: Heard) => Understood | undefined>> = {
  confirm: (heard) => aboutOwn(heard) ?? toConfirm(heard),
  question: toQuestion,
  offer: (heard) => aboutOwn(heard) ?? toOffer(heard),
};

/** Words about sessions one has already, whatever is being asked: they answer nothing. */
function aboutOwn(heard: Heard): Understood | undefined {
  const { said, foreign } = heard;
  if (foreign || say.keep.test(said) || !say.owned.test(said) || talk.startsWithNo(said) || talk.startsWithYes(said))
    return undefined;
  if (say.cancelVerb.test(said) || say.strongMoveVerb.test(said)) return undoing(heard) ?? moving(heard);
  const asked = asking(heard);
  return asked?.intent === "list_upcoming" ? asked : undefined;
}

/** An answer to yes or no. Only a clear yes is one: with a time, a question or a "but" in it, it is something else. */
function toConfirm({ said, words, hasTime, asks, foreign }: Heard): Understood | undefined {
  if (say.keep.test(said)) return sure("negate");
  // "Yes, cancel it" agrees to a cancellation and to nothing else.
  if (say.cancelThat.test(said)) return talk.startsWithYes(said) ? sure("cancel", 0.65) : sure("abort");
  if (say.abort.test(said) && words <= 4) return sure("abort");
  if (talk.isNo(said) && !hasTime && !say.changeVerb.test(said)) return sure("negate");
  if (talk.startsWithNo(said)) return sure(hasTime || say.revises.test(said) ? "change" : "negate");
  if (say.maybeLater.test(said)) return sure("negate", 0.8);
  if (talk.isGreeting(said)) return undefined;
  if (talk.isClearYes(said) && !asks) return sure("affirm", 0.95);
  if (!foreign && say.requestInfo.test(said) && (asks || say.asksFor.test(said)) && !hasTime)
    return sure("request_info", 0.7);
  if (talk.startsWithYes(said)) {
    if (hasTime) return talk.takesBack(said) ? sure("change") : sure("inform", 0.8);
    if (talk.hedges(said) || asks || say.corrects.test(said)) return undefined;
    return talk.startsWithClearYes(said) ? sure("affirm", 0.8) : undefined;
  }
  if (foreign || say.cancelVerb.test(said)) return undefined;
  if (say.changeVerb.test(said))
    return sure(say.named.test(said) && say.calendarNoun.test(said) ? "reschedule" : "change", 0.8);
  if (say.corrects.test(said) || (hasTime && words <= 10 && !say.listAsk.test(said))) return sure("change");
  return hasTime && say.revises.test(said) ? sure("change", 0.8) : undefined;
}

/** The value asked for, unless the words plainly are no value. */
function toQuestion({ said, asks, hasTime, words }: Heard): Understood {
  if (say.keep.test(said)) return sure("negate");
  if (say.cancelThat.test(said) || (say.abort.test(said) && words <= 6)) return sure("abort");
  if (talk.isNo(said) && !hasTime) return sure("negate");
  if (talk.isThanks(said)) return sure("thanks");
  if (talk.isYes(said) && !hasTime && !asks && words <= 4 && !talk.isGreeting(said)) return sure("affirm");
  if (say.help.test(said)) return sure("help", 0.7);
  if (say.cancelVerb.test(said) && say.sessionNoun.test(said)) return sure("cancel", 0.8);
  return sure("inform", 0.8);
}

/** One of what is offered, other ones, or a question about them. */
function toOffer({ said, asks, hasTime, words, foreign }: Heard): Understood | undefined {
  if (say.keep.test(said)) return sure("negate");
  if (say.cancelThat.test(said) || (say.abort.test(said) && words <= 4)) return sure("abort");
  if (talk.isGreeting(said)) return undefined;
  if (say.ordinalChoice.test(said)) return sure("select");
  if (/\b(?:none|neither)\b/.test(said)) return sure("negate");
  if (say.alternatives.test(said) || (say.elsewhere.test(said) && !hasTime && !say.theirDetails.test(said)))
    return sure("alternatives", 0.8);
  if (talk.startsWithNo(said)) return sure(hasTime ? "change" : "negate");
  if (foreign && !talk.startsWithYes(said)) return undefined;
  if (say.bookNow.test(said) && !say.cancelVerb.test(said)) return sure("book", 0.8);
  if (say.requestInfo.test(said) && (asks || say.asksFor.test(said))) return sure("request_info", 0.8);
  if (talk.isThanks(said) && !say.picks.test(said)) return sure("thanks");
  if (talk.isBye(said) && !say.picks.test(said)) return sure("goodbye");
  if (talk.startsWithYes(said) || talk.isYes(said) || say.takes.test(said)) return sure("select", 0.85);
  if (say.corrects.test(said) || (hasTime && words <= 10)) return sure("change", 0.75);
  return say.findVerb.test(said) && say.provider.test(said) ? sure("alternatives", 0.6) : undefined;
}

/** Something to be done to sessions: a verb with a noun of the calendar. */
function action(heard: Heard): Understood | undefined {
  const { said, foreign } = heard;
  if (say.keep.test(said)) return sure("negate", 0.8);
  if (foreign) return undefined;
  if (say.cancelThat.test(said)) return say.cancelRequest.test(said) ? sure("abort", 0.7) : sure("cancel", 0.65);
  return undoing(heard) ?? moving(heard) ?? asking(heard) ?? booking(heard);
}

function undoing({ said, hasTime }: Heard): Understood | undefined {
  if (say.strongMoveVerb.test(said)) return undefined;
  const it = say.calendarNoun.test(said) || hasTime || /\b(?:it|make it|come)\b/.test(said);
  if (!say.cancelVerb.test(said)) return it && say.cannotCome.test(said) ? sure("cancel", 0.75) : undefined;
  const something =
    say.calendarNoun.test(said) || hasTime || /\b(?:my|\d\w\w (?:1|one)|that one|(?:cancel|delete) the)\b/.test(said);
  return something ? sure("cancel") : undefined;
}

function moving({ said, hasTime }: Heard): Understood | undefined {
  const noun = say.calendarNoun.test(said);
  if (
    say.strongMoveVerb.test(said) &&
    (noun || hasTime || /\b(?:it|that|this|my|re-?schedule|postpone|rearrange)\b/.test(said))
  )
    return sure("reschedule");
  if (say.upcoming.test(said) || say.strongBookVerb.test(said) || say.newSession.test(said)) return undefined;
  if (say.changeVerb.test(said) && (noun || hasTime)) return sure("reschedule", 0.8);
  return say.makeMine.test(said) && (noun || hasTime) ? sure("reschedule", 0.7) : undefined;
}

/** What there is, and what is free. */
function asking({ said, asks, words, hasTime }: Heard): Understood | undefined {
  const books = say.strongBookVerb.test(said);
  const noun = say.calendarNoun.test(said);
  if (!books && say.searchProvider.test(said)) return sure("find_provider", 0.7);
  const free =
    say.freeTime.test(said) || (say.available.test(said) && (say.someoneAvailable.test(said) || hasTime || noun));
  if (free && !books && (asks || hasTime || words <= 6 || say.wish.test(said) || say.listAsk.test(said)))
    return sure("find_slots", 0.8);
  if (books || say.makesNew.test(said) || say.prices.test(said)) return undefined;
  if (say.upcoming.test(said) || say.ownCalendar.test(said) || say.justList.test(said))
    return sure("list_upcoming", 0.8);
  return noun && say.ownSession.test(said) && (asks || say.listStart.test(said))
    ? sure("list_upcoming", 0.8)
    : undefined;
}

function booking({ said, words, hasTime }: Heard): Understood | undefined {
  if (say.mealPlace.test(said)) return undefined;
  const past = say.pastVisit.test(said);
  if (say.strongBookVerb.test(said)) return sure("book", 0.85);
  if (say.comeIn.test(said) && hasTime) return sure("book", 0.75);
  if (past || say.prices.test(said)) return undefined;
  if (say.sessionNoun.test(said) && (say.bookVerb.test(said) || say.wish.test(said) || words <= 6)) return sure("book");
  if (
    say.bookVerb.test(said) &&
    say.calendarNoun.test(said) &&
    (say.wish.test(said) || say.makesNew.test(said) || hasTime)
  )
    return sure("book", 0.8);
  if (say.seeSomeone.test(said) && say.wish.test(said)) return sure("book", 0.75);
  if (hasTime && say.tryAgain.test(said)) return sure("book", 0.6);
  return hasTime && say.makeIt.test(said) ? sure("reschedule", 0.7) : undefined;
}

/** A message that says little but a time: what it is for is known only where something is asked. */
function timeAlone({ marked, hasTime, foreign, words, asks }: Heard): Understood | undefined {
  if (!hasTime || foreign || words > 12 || (asks && !say.proposes.test(marked))) return undefined;
  return talk.leftOver(marked) <= 1 ? sure("inform", 0.6) : undefined;
}

function smallTalk({ said, words, asks, foreign }: Heard, pending: Pending | undefined): Understood | undefined {
  if (say.abort.test(said) && words <= 7 && !foreign) return sure("abort", 0.8);
  if (talk.startsWithNo(said) && (talk.isThanks(said) || talk.isBye(said))) return sure("negate");
  if (talk.isThanks(said)) return sure("thanks");
  if (say.help.test(said) && !foreign) return sure("help", 0.8);
  if (talk.isBye(said)) return sure("goodbye", 0.85);
  if (talk.isGreeting(said)) return sure("greeting", 0.85);
  if ((talk.isNo(said) && words <= 12) || say.maybeLater.test(said)) return foreign ? undefined : sure("negate", 0.8);
  if (!foreign && say.provider.test(said) && say.findVerb.test(said)) return sure("find_provider", 0.7);
  if (pending !== "confirm" && talk.isYes(said) && !asks && !foreign && (words <= 6 || talk.startsWithYes(said)))
    return sure("affirm", 0.8);
  if (!foreign && words <= 12 && (say.prices.test(said) || (asks && say.theirDetails.test(said))))
    return sure("request_info", 0.6);
  return undefined;
}

import { givesUp } from "../../src/choosing/giving-up.ts";
import { amongOffered, chosenAmong, doubtAmong, exactly, type Shown } from "../../src/choosing/offered-times.ts";
import type { WantedTimes } from "../../src/choosing/times.ts";
import type { Answers, Field, Heard, Turn } from "../../src/conversation/flow.ts";
import { asksAboutElse, isPureWish, saysNo, sureActs } from "../../src/conversation/hear.ts";
import { formProgress } from "../../src/desk/booking/answers.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { decideAnswer } from "../../src/domain/form.ts";
import { methodKey, type Question } from "../../src/domain/practice.ts";
import { readField } from "../../src/language/fields.ts";
import type { Verb } from "../../src/language/intent/act.ts";
import type { Reading } from "../../src/language/reading.ts";
import { bookWords } from "../../src/words/book.ts";
import { answerProblem } from "../../src/words/problems.ts";
import { askedIn } from "./asked.ts";
import type { Asked, BookContext } from "./context.ts";
import type { BookEvent } from "./events.ts";
import { ownBooking } from "./own.ts";
import { choosingPackageFacts } from "./package-facts.ts";

/** Acts about the session being booked. Others are for other flows, or for another talk of this one. */
const ofThisBooking: ReadonlySet<Verb> = new Set<Verb>([
  "book",
  "find times",
  "choose",
  "change",
  "other options",
  "cannot",
  "accept",
  "propose",
]);

/** Whether a message is about the session being booked, or about no particular session. */
function isAboutThis(reading: Reading): boolean {
  return sureActs(reading).every(({ verb }) => ofThisBooking.has(verb));
}

function says(reading: Reading, verb: Verb): boolean {
  return sureActs(reading).some((act) => act.verb === verb);
}

/** A message about what is wanted: a service, a method, a person, a time, or several at once. */
export async function hearAsked(reading: Reading, context: BookContext, turn: Turn): Promise<Heard<BookEvent>> {
  if (givesUp(reading)) return { event: { type: "given.up" } };
  if (!isAboutThis(reading) || asksAboutElse(reading)) return undefined;
  const before = timesBefore(reading, context);
  const asked = await askedIn(withNearest(reading), turn, { ...context, ...(before && { before }) });
  return asked === undefined ? undefined : { event: { type: "session.asked", asked } };
}

/**
 * The times that the words add to: those searched for now, or those for which a time is held. Times rejected by "none
 * of these" count only for words relative to them: "the week after".
 */
function timesBefore(reading: Reading, { asked, wanted, bookingId }: BookContext): WantedTimes | undefined {
  if (asksForAnyDay(reading)) return undefined;
  return asked?.times ?? (bookingId !== undefined || reading.shift !== undefined ? wanted : undefined);
}

/** "Which days have something after 4?" drops the day wanted so far. */
function asksForAnyDay(reading: Reading): boolean {
  const { days, weekdays, exact } = reading.when?.want ?? {};
  return says(reading, "find times") && (days ?? weekdays ?? exact?.date) === undefined;
}

/** Replaces a non-existent date by the nearest one that exists. The card says so (W8). */
export function withNearest(reading: Reading): Reading {
  const [missing] = reading.impossible;
  if (reading.when !== undefined || missing?.nearest === undefined) return reading;
  return { ...reading, when: { want: missing.nearest, rest: "" } };
}

/**
 * An answer to "Book from a package?": a yes if there is only one, a no, a package's name, or more about the session.
 */
export async function hearPackage(reading: Reading, context: BookContext, turn: Turn): Promise<Heard<BookEvent>> {
  const { packages } = await choosingPackageFacts(context, turn);
  const [only, ...more] = packages.filter(({ problem }) => problem === undefined);
  const { answer } = reading;
  if (/^without\b/.test(reading.said)) return { event: { type: "package.chosen", choice: { without: true } } };
  if (answer?.grade === "plain" && answer.isAlone && only !== undefined && more.length === 0)
    return { event: { type: "package.chosen", choice: { packageId: only.held.id } } };
  const other = await hearAsked(reading, context, turn);
  if (other !== undefined) return other;
  return answer?.grade === "no" ? { event: { type: "package.chosen", choice: { without: true } } } : undefined;
}

/** A message while times are offered: one of them, a request for others, or another time. */
export function hearAmong(shown: (context: BookContext, turn: Turn) => Promise<Shown>) {
  return async (message: Reading, context: BookContext, turn: Turn): Promise<Heard<BookEvent>> => {
    const offered = await shown(context, turn);
    const reading = amongOffered(message, offered);
    if (givesUp(reading)) return { event: { type: "given.up" } };
    if (!isAboutThis(reading)) return undefined;
    const times = doubtAmong(reading.said, offered, turn.nowMs);
    if (times !== undefined) return { event: { type: "session.asked", asked: { times } } };
    const isElse = reading.names.length + reading.methods.length > 0;
    const startsAtMs = isElse ? undefined : chosenAmong(reading, offered, turn.nowMs);
    if (startsAtMs !== undefined) return { event: { type: "slot.chosen", startsAtMs } };
    const other = await hearAsked(reading, context, turn);
    if (other !== undefined) return other;
    if (!says(reading, "other options") && !saysNo(reading, undefined)) return undefined;
    const { nextDay } = offered;
    return { event: nextDay === undefined ? { type: "times.wanted" } : { type: "day.chosen", day: nextDay } };
  };
}

/** "I have paid", on any card about a payment. */
export function hearPaid(reading: Reading): Heard<BookEvent> {
  const isDone = /^(?:(?:ok|okay|all|it's|i'm|yes,?) )*(?:done|finished)\b[.! ]*$/.test(reading.said);
  return isDone || says(reading, "have paid") ? { event: { type: "payment.claimed" } } : undefined;
}

/** At the payment: that it is done, or a change of the session. Words never pay. */
export async function hearPayment(reading: Reading, context: BookContext, turn: Turn): Promise<Heard<BookEvent>> {
  const paid = hearPaid(reading);
  if (paid !== undefined) return paid;
  return says(reading, "other options") ? { event: { type: "times.wanted" } } : hearAsked(reading, context, turn);
}

/** A change of the session on the review card. A yes or no is an answer (`reviewAnswers`). */
export async function hearReview(reading: Reading, context: BookContext, turn: Turn): Promise<Heard<BookEvent>> {
  const booking = await ownBooking(turn, context.bookingId);
  const zone = booking?.frozen.location?.timezone ?? turn.reader.zone;
  const before = booking === undefined ? undefined : timesOnReview(reading, booking, { context, zone });
  const other = await hearAsked(reading, { ...context, ...(before && { wanted: before }) }, turn);
  if (other !== undefined && "event" in other && other.event.type === "session.asked" && booking !== undefined) {
    const { asked } = other.event;
    // "Is it online?" asks about the card and wants nothing else, so the hold stays.
    if (isAsBooked(asked, booking)) return { hint: bookWords.asOnCard };
    // "By phone, please" keeps the time if it is free.
    const times = asked.times ?? { readings: [exactly(booking.startsAtMs, zone)] };
    return { event: { type: "session.asked", asked: { ...asked, times } } };
  }
  if (other !== undefined) return other;
  if (booking?.frozen.formId !== undefined && changesAnswer(reading)) return { event: { type: "form.reopened" } };
  return says(reading, "other options") ? { event: { type: "times.wanted" } } : undefined;
}

/** "Change the goal to sleeping better": what is not part of the session is an answer of the form. */
function changesAnswer({ said, acts, names, methods, when, shift }: Reading): boolean {
  const isOfSession = names.length + methods.length + acts.length > 0 || when !== undefined || shift !== undefined;
  return !isOfSession && /\b(?:change|correct|edit|fix|update|redo)\b|\b(?:wrong|incorrect|mistake)\b/.test(said);
}

/**
 * The times that words at the review add to. With a day, those wanted before: "Thursday instead" keeps "after 3".
 * Otherwise the time on the card: "4pm instead", "an hour later".
 */
function timesOnReview(
  { when, shift }: Reading,
  { startsAtMs }: Booking,
  { context, zone }: { readonly context: BookContext; readonly zone: string },
): WantedTimes | undefined {
  const onCard = { readings: [exactly(startsAtMs, zone)] };
  const saysDay = when !== undefined && (when.want.days ?? when.want.weekdays ?? when.want.exact?.date) !== undefined;
  return shift === undefined && saysDay ? context.wanted : onCard;
}

/** Whether the words ask only for what the draft already is. */
function isAsBooked(asked: Asked, { serviceId, practitionerId, frozen }: Booking): boolean {
  const { services = [serviceId], whom = { practitionerId }, methodKey: key = methodKey(frozen.method) } = asked;
  const isSame =
    services.length === 1 &&
    services[0] === serviceId &&
    "practitionerId" in whom &&
    whom.practitionerId === practitionerId &&
    key === methodKey(frozen.method);
  const isMore = [asked.times, asked.package, asked.notMethods, asked.notWhom].some((one) => one !== undefined);
  return isSame && !isMore;
}

export const reviewAnswers: Answers<BookEvent> = {
  yes: { event: { type: "booking.submitted" }, to: "book" },
  no: { type: "times.wanted" },
};

/** The booking form. An answer leads straight to the next question. A sensitive answer is refused in a chat (D5.2). */
export const formField: Field<BookContext, BookEvent> = {
  exactly: async (text, context, turn) => {
    const next = await openQuestion(context, turn);
    if (next === undefined || next.type === "short_text" || next.type === "long_text") return undefined;
    const { type, options = [] } = next;
    const read = readField(type, text, { locale: turn.reader.locale, options });
    if (read.is === "skipped") return skipped(next);
    return read.is === "value" && decideAnswer(next, read.value).ok ? answer(next, read.value) : undefined;
  },
  takes: async (text, context, turn) => {
    const next = await openQuestion(context, turn);
    if (next === undefined) return (await hasOpen(context, turn)) ? { hint: bookWords.notHere } : undefined;
    const { type, options = [] } = next;
    const read = readField(type, text, { locale: turn.reader.locale, options });
    switch (read.is) {
      case "skipped":
        return skipped(next);
      case "value":
        return answer(next, read.value);
      case "unclear":
        return { hint: bookWords.whichNumber(read.values) };
      case "unread":
        return answer(next, text);
      default:
        return read satisfies never;
    }
  },
};

/** "Skip" skips the form's question. "Stop" ends the booking. "Friday at 10 instead" wants another session (W4). */
export async function hearForm(reading: Reading, context: BookContext, turn: Turn): Promise<Heard<BookEvent>> {
  if (givesUp(reading)) return { event: { type: "given.up" } };
  // "Yes", with everything answered, leads to the review.
  const isYes = reading.answer?.grade === "plain" && reading.answer.isAlone;
  if (isYes && !(await hasOpen(context, turn))) return { event: { type: "form.filled" } };
  const isSkip = says(reading, "skip") || (reading.answer?.grade === "no" && reading.answer.isAlone);
  if (!isSkip) return isPureWish(reading) ? hearAsked(reading, context, turn) : undefined;
  const next = await openQuestion(context, turn);
  return next && skipped(next);
}

function skipped(next: Question): Heard<BookEvent> {
  if (!next.required) return answer(next, "");
  const decided = decideAnswer(next, next.options === undefined ? "" : "skip");
  return decided.ok ? undefined : { hint: answerProblem(next.label, decided) };
}

function answer({ id }: Question, value: string): Heard<BookEvent> {
  return { event: { type: "answer.typed" }, values: { [id]: value } };
}

async function openQuestions(context: BookContext, turn: Turn): Promise<readonly Question[]> {
  const booking = await ownBooking(turn, context.bookingId);
  const progress = booking === undefined ? undefined : await formProgress(turn.books, booking);
  return progress?.questions.filter((question) => !progress.answered.has(question.id)) ?? [];
}

async function hasOpen(context: BookContext, turn: Turn): Promise<boolean> {
  return (await openQuestions(context, turn)).length > 0;
}

/** The first open question that may be answered here. */
async function openQuestion(context: BookContext, turn: Turn): Promise<Question | undefined> {
  return (await openQuestions(context, turn)).find((question) => turn.asksSensitiveInline || !question.sensitive);
}

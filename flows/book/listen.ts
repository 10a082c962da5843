import {
  chosenAmong,
  doubtAmong,
  exactly,
  type Shown,
  wantsOthers,
  wantsOut,
} from "../../src/choosing/offered-times.ts";
import { onDay } from "../../src/choosing/times.ts";
import type { Heard, Turn } from "../../src/conversation/flow.ts";
import { normalise } from "../../src/conversation/router.ts";
import { formProgress } from "../../src/desk/booking/answers.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { methodKey } from "../../src/domain/practice.ts";
import { localDateOf } from "../../src/domain/zone.ts";
import { understand } from "../../src/language/intent/intent.ts";
import { asksForPackages } from "../../src/language/intent/package-words.ts";
import { asksToPlan } from "../../src/language/when/recurrence.ts";
import { bookWords } from "../../src/words/book.ts";
import { answerProblem } from "../../src/words/problems.ts";
import { readAsked } from "./asked.ts";
import type { Asked, BookContext } from "./context.ts";
import type { BookEvent } from "./events.ts";
import { ownBooking } from "./own.ts";
import { choosingPackageFacts } from "./package-facts.ts";

/** Typed words while the form is open answer its first open question. A sensitive answer is refused in a chat (D5.2). */
export async function listenForAnswer(text: string, context: BookContext, turn: Turn): Promise<Heard<BookEvent>> {
  if (wantsOut(text)) return { event: { type: "given.up" } };
  const booking = await ownBooking(turn, context.bookingId);
  const progress = booking === undefined ? undefined : await formProgress(turn.books, booking);
  const open = progress?.questions.filter((question) => !progress.answered.has(question.id)) ?? [];
  const next = open.find((question) => turn.asksSensitiveInline || !question.sensitive);
  if (next === undefined) return open.length === 0 ? undefined : { hint: bookWords.notHere };
  const said = normalise(text);
  // Of other kinds "skip" is no answer anyway, and what would be is said.
  const isText = next.type === "short_text" || next.type === "long_text";
  if (said === "skip" && next.required && isText) return { hint: answerProblem(next.label, { refusal: "required" }) };
  const isOption = next.options?.some((option) => normalise(option) === said) === true;
  const skipped = ["skip", "none", "nothing"].includes(said) && !next.required && !isOption;
  return { event: { type: "answer.typed" }, values: { [next.id]: skipped ? "" : text } };
}

/** Typed words about what is wanted: a service, a way to meet, a person, a time, or several at once. */
export async function listenForAsked(text: string, context: BookContext, turn: Turn): Promise<Heard<BookEvent>> {
  if (wantsOut(text)) return { event: { type: "given.up" } };
  if (isAboutElse(text, turn)) return undefined;
  const asked = await readAsked(text, turn, context);
  return asked === undefined ? undefined : { event: { type: "session.asked", asked } };
}

/** An answer to "Book from a package?": a yes where there is one, a no, a package's name, or more of what is wanted. */
export async function listenForPackage(text: string, context: BookContext, turn: Turn): Promise<Heard<BookEvent>> {
  const { intent } = understand(text, { pending: "confirm" });
  const { packages } = await choosingPackageFacts(context, turn);
  const [only, ...more] = packages.filter(({ problem }) => problem === undefined);
  if (intent === "affirm" && only !== undefined && more.length === 0) {
    return { event: { type: "package.chosen", choice: { packageId: only.held.id } } };
  }
  const other = await listenForAsked(text, context, turn);
  if (other !== undefined) return other;
  return intent === "negate" ? { event: { type: "package.chosen", choice: { without: true } } } : undefined;
}

/** Typed words while times are offered: one of them, other ones, or when else. */
export function listenAmong(shown: (context: BookContext, turn: Turn) => Promise<Shown>) {
  return async (text: string, context: BookContext, turn: Turn): Promise<Heard<BookEvent>> => {
    const offered = await shown(context, turn);
    const times = doubtAmong(text, offered, turn.nowMs);
    if (times !== undefined) return { event: { type: "session.asked", asked: { times } } };
    const startsAtMs = chosenAmong(text, offered, turn.nowMs);
    if (startsAtMs !== undefined) return { event: { type: "slot.chosen", startsAtMs } };
    const other = await listenForAsked(text, context, turn);
    if (other !== undefined) return other;
    if (!wantsOthers(text)) return undefined;
    const { nextDay } = offered;
    return { event: nextDay === undefined ? { type: "times.wanted" } : { type: "day.chosen", day: nextDay } };
  };
}

/** "I have paid", wherever a payment is the matter. */
export async function listenForPaid(text: string): Promise<Heard<BookEvent>> {
  const said = /^(i('ve| have)? |it'?s |it is |yes,? )*(just |now )?(paid|payed|done|finished)( (it|now|already))?$/;
  return said.test(normalise(text)) ? { event: { type: "payment.claimed" } } : undefined;
}

/** Typed words at the payment: that it is done, or what is to be different; words pay nothing. */
export async function listenForPayment(text: string, context: BookContext, turn: Turn): Promise<Heard<BookEvent>> {
  const paid = await listenForPaid(text);
  if (paid !== undefined) return paid;
  return wantsOthers(text) ? { event: { type: "times.wanted" } } : listenForAsked(text, context, turn);
}

/** A clear yes or no to the review card, or what is to be different; anything else books nothing. */
export async function listenForYes(text: string, context: BookContext, turn: Turn): Promise<Heard<BookEvent>> {
  const { intent } = understand(text, { pending: "confirm" });
  if (intent === "affirm") return { event: { type: "booking.submitted" } };
  const booking = await ownBooking(turn, context.bookingId);
  const zone = booking?.frozen.location?.timezone ?? turn.reader.zone;
  const other = await listenForAsked(text.replace(/^\s*(no|nope|nah|not quite)\b[\s,.;:!-]*/i, ""), context, turn);
  if (other !== undefined && "event" in other && other.event.type === "session.asked" && booking !== undefined) {
    const { asked } = other.event;
    // "Is it online?" asks about the card. It is no wish for something else, so the hold stays.
    if (isAsBooked(asked, booking)) return { hint: bookWords.asOnCard };
    // "By phone, please" keeps the time, where it is free; "no, 4pm instead" is about the day on the card.
    const times =
      asked.times === undefined
        ? { readings: [exactly(booking.startsAtMs, zone)] }
        : onDay(asked.times, localDateOf(zone, booking.startsAtMs));
    return { event: { type: "session.asked", asked: { ...asked, times } } };
  }
  if (other !== undefined) return other;
  return intent === "negate" || wantsOthers(text) ? { event: { type: "times.wanted" } } : undefined;
}

/** Whether the words ask for no more than the draft already is. */
function isAsBooked(asked: Asked, { serviceId, practitionerId, frozen }: Booking): boolean {
  const { services = [serviceId], whom = { practitionerId }, methodKey: key = methodKey(frozen.method) } = asked;
  const isSame =
    services.length === 1 &&
    services[0] === serviceId &&
    "practitionerId" in whom &&
    whom.practitionerId === practitionerId &&
    key === methodKey(frozen.method);
  return isSame && asked.times === undefined && asked.package === undefined;
}

/** A clear yes or no to "Withdraw this request?". */
export async function listenForWithdrawal(text: string): Promise<Heard<BookEvent>> {
  const { intent } = understand(text, { pending: "confirm" });
  if (intent === "affirm") return { event: { type: "withdrawal.agreed" } };
  return intent === "negate" || intent === "abort" ? { event: { type: "withdrawal.dropped" } } : undefined;
}

/** Words about sessions one has, or about something else altogether, are for the router. */
function isAboutElse(text: string, turn: Turn): boolean {
  if (asksForPackages(text) || asksToPlan(text, { nowMs: turn.nowMs, ...turn.reader })) return true;
  const { intent, certainty } = understand(text, { pending: "offer" });
  if (intent === "out_of_scope" || intent === "list_upcoming" || intent === "help") return certainty >= 0.7;
  const itself = /\b(it|this|that)\b/.test(normalise(text));
  return (intent === "reschedule" || intent === "cancel") && certainty >= 0.7 && !itself;
}

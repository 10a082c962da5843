import type { CardEvent } from "../../src/cards/card.ts";
import {
  chosenAmong,
  doubtAmong,
  exactly,
  type Shown,
  wantsOthers,
  wantsOut,
} from "../../src/choosing/offered-times.ts";
import { onDay, textOfTimes } from "../../src/choosing/times.ts";
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
import { ownBooking } from "./commands.ts";
import type { BookContext } from "./context.ts";
import { choosingPackageFacts, withoutPackage } from "./packages.ts";
import { noWish, readWish, wishEvent } from "./wish.ts";

/** Typed words while the form is open answer its first open question; what may not be said here is refused (D5.2). */
export async function listenForAnswer(text: string, context: BookContext, turn: Turn): Promise<Heard> {
  if (wantsOut(text)) return { event: { type: "given.up" } };
  const booking = await ownBooking(turn, context.bookingId ?? "");
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
export async function listenForWish(text: string, context: BookContext, turn: Turn, day?: string): Promise<Heard> {
  if (wantsOut(text)) return { event: { type: "given.up" } };
  if (isAboutElse(text, turn)) return undefined;
  const wish = await readWish(text, turn, context);
  if (wish === undefined) return undefined;
  const times = day === undefined ? wish.times : onDay(wish.times, day);
  return { event: wishEvent("wish.said", { ...wish, times }) };
}

/** An answer to "Book from a package?": a yes where there is one, a no, a package's name, or more of what is wanted. */
export async function listenForPackage(text: string, context: BookContext, turn: Turn): Promise<Heard> {
  const { intent } = understand(text, { pending: "confirm" });
  const { packages } = await choosingPackageFacts(context, turn);
  const [only, ...more] = packages.filter(({ problem }) => problem === undefined);
  if (intent === "affirm" && only !== undefined && more.length === 0) {
    return { event: { type: "package.chosen", packageId: only.held.id } };
  }
  const wished = await listenForWish(text, context, turn);
  if (wished !== undefined) return wished;
  return intent === "negate" ? { event: { type: "package.chosen", packageId: withoutPackage } } : undefined;
}

/** Typed words while times are offered: one of them, other ones, or when else. */
export function listenAmong(shown: (context: BookContext, turn: Turn) => Promise<Shown>) {
  return async (text: string, context: BookContext, turn: Turn): Promise<Heard> => {
    const offered = await shown(context, turn);
    const times = doubtAmong(text, offered, turn.nowMs);
    if (times !== undefined) return { event: wishEvent("wish.said", { ...noWish, times }) };
    const startsAtMs = chosenAmong(text, offered, turn.nowMs);
    if (startsAtMs !== undefined) return { event: { type: "slot.chosen", startsAtMs } };
    const wished = await listenForWish(text, context, turn);
    if (wished !== undefined) return wished;
    if (!wantsOthers(text)) return undefined;
    const { nextDay } = offered;
    return { event: nextDay === undefined ? { type: "times.wanted" } : { type: "day.chosen", day: nextDay } };
  };
}

/** "I have paid", wherever a payment is the matter. */
export async function listenForPaid(text: string): Promise<Heard> {
  const said = /^(i('ve| have)? |it'?s |it is |yes,? )*(just |now )?(paid|payed|done|finished)( (it|now|already))?$/;
  return said.test(normalise(text)) ? { event: { type: "payment.claimed" } } : undefined;
}

/** Typed words at the payment: that it is done, or what is to be different; words pay nothing. */
export async function listenForPayment(text: string, context: BookContext, turn: Turn): Promise<Heard> {
  const paid = await listenForPaid(text);
  if (paid !== undefined) return paid;
  return wantsOthers(text) ? { event: { type: "times.wanted" } } : listenForWish(text, context, turn);
}

/** A clear yes or no to the review card, or what is to be different; anything else books nothing. */
export async function listenForYes(text: string, context: BookContext, turn: Turn): Promise<Heard> {
  const { intent } = understand(text, { pending: "confirm" });
  if (intent === "affirm") return { event: { type: "booking.submitted" } };
  const booking = await ownBooking(turn, context.bookingId ?? "");
  const zone = booking?.frozen.location?.timezone ?? turn.reader.zone;
  const heldDay = booking === undefined ? undefined : localDateOf(zone, booking.startsAtMs);
  // "No, 4pm instead" is about the day on the card.
  const wished = await listenForWish(
    text.replace(/^\s*(no|nope|nah|not quite)\b[\s,.;:!-]*/i, ""),
    context,
    turn,
    heldDay,
  );
  // "Is it online?": a question about what stands there is no wish for something else, and keeps the held time.
  if (wished !== undefined && booking !== undefined && isAsBooked(wished, booking)) return { hint: bookWords.asOnCard };
  // "By phone, please": the time stays, where it is free so.
  if (wished !== undefined && booking !== undefined && leavesTime(wished)) {
    const times = textOfTimes({ readings: [exactly(booking.startsAtMs, zone)] });
    return { event: { ...wished.event, times } };
  }
  if (wished !== undefined) return wished;
  return intent === "negate" || wantsOthers(text) ? { event: { type: "times.wanted" } } : undefined;
}

function leavesTime(wished: Exclude<Heard, undefined>): wished is Extract<Heard, { event: CardEvent }> {
  return "event" in wished && wished.event.type === "wish.said" && wished.event.times === "";
}

/** Whether a wish says no more than what the draft is already. */
function isAsBooked(wished: Exclude<Heard, undefined>, { serviceId, practitionerId, frozen }: Booking): boolean {
  if (!("event" in wished) || wished.event.type !== "wish.said") return false;
  const { services, who, methodKey: key, times, package: packageId } = wished.event;
  return (
    times === "" &&
    packageId === "" &&
    ["", serviceId].includes(String(services)) &&
    ["", practitionerId].includes(String(who)) &&
    ["", methodKey(frozen.method)].includes(String(key))
  );
}

/** A clear yes or no to "Withdraw this request?". */
export async function listenForWithdrawal(text: string): Promise<Heard> {
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

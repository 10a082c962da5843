import type { Heard, Turn } from "../../src/conversation/flow.ts";
import { normalise } from "../../src/conversation/router.ts";
import { formProgress } from "../../src/desk/answers.ts";
import { localDateOf } from "../../src/domain/zone.ts";
import { understand } from "../../src/language/intent.ts";
import { asksForPackages } from "../../src/language/package-words.ts";
import { selectOffered } from "../../src/language/reference.ts";
import { bookWords } from "../../src/words/book.ts";
import type { Reader } from "../../src/words/instants.ts";
import { answerProblem } from "../../src/words/problems.ts";
import { ownBooking } from "./commands.ts";
import type { BookContext } from "./context.ts";
import { choosingPackageFacts, withoutPackage } from "./packages.ts";
import { onDay, readWish, wishEvent } from "./wish.ts";

/** Typed words while the form is open answer its first open question; what may not be said here is refused (D5.2). */
export async function listenForAnswer(text: string, context: BookContext, turn: Turn): Promise<Heard> {
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
  if (isAboutElse(text)) return undefined;
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

/** The times a card offers, in its order, and the day after the one shown. */
interface Shown {
  readonly times: readonly number[];
  readonly reader: Reader;
  readonly nextDay?: string;
}

/** Typed words while times are offered: one of them, other ones, or when else. */
export function listenAmong(shown: (context: BookContext, turn: Turn) => Promise<Shown>) {
  return async (text: string, context: BookContext, turn: Turn): Promise<Heard> => {
    const { times, reader, nextDay } = await shown(context, turn);
    const chosen = selectOffered(text, { offered: times, nowMs: turn.nowMs, zone: reader.zone });
    const startsAtMs = chosen !== undefined && "index" in chosen ? times[chosen.index] : undefined;
    if (startsAtMs !== undefined) return { event: { type: "slot.chosen", startsAtMs } };
    const [only, ...more] = times;
    const agrees =
      only !== undefined && more.length === 0 && understand(text, { pending: "confirm" }).intent === "affirm";
    if (agrees) return { event: { type: "slot.chosen", startsAtMs: only } };
    const wished = await listenForWish(text, context, turn);
    if (wished !== undefined) return wished;
    if (!wantsOthers(text)) return undefined;
    return { event: nextDay === undefined ? { type: "times.wanted" } : { type: "day.chosen", day: nextDay } };
  };
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
  if (wished !== undefined) return wished;
  return intent === "negate" || wantsOthers(text) ? { event: { type: "times.wanted" } } : undefined;
}

/** A clear yes or no to "Withdraw this request?". */
export async function listenForWithdrawal(text: string): Promise<Heard> {
  const { intent } = understand(text, { pending: "confirm" });
  if (intent === "affirm") return { event: { type: "withdrawal.agreed" } };
  return intent === "negate" || intent === "abort" ? { event: { type: "withdrawal.dropped" } } : undefined;
}

/** "Cancel", "never mind" while something is being chosen gives up the choosing, never a booking. */
function wantsOut(text: string): boolean {
  return /^(cancel|never ?mind|forget it|stop|quit|abort)( (it|that|this))?$/.test(normalise(text));
}

/** Words about sessions one has, or about something else altogether, are for the router. */
function isAboutElse(text: string): boolean {
  if (asksForPackages(text)) return true;
  const { intent, certainty } = understand(text, { pending: "offer" });
  if (intent === "out_of_scope" || intent === "list_upcoming" || intent === "help") return certainty >= 0.7;
  const itself = /\b(it|this|that)\b/.test(normalise(text));
  return (intent === "reschedule" || intent === "cancel") && certainty >= 0.7 && !itself;
}

function wantsOthers(text: string): boolean {
  const said = normalise(text);
  return (
    /\bnone of (these|them|those)\b|\b(other|another|different|more) (times?|days?|dates?|slots?|options?)\b/.test(
      said,
    ) || /^(something else|anything else|what else|none|neither|no|later|more)$/.test(said)
  );
}

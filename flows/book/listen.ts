import type { Heard, Turn } from "../../src/conversation/flow.ts";
import { normalise } from "../../src/conversation/router.ts";
import { formProgress } from "../../src/desk/answers.ts";
import { bookWords } from "../../src/words/book.ts";
import { ownBooking } from "./commands.ts";
import type { BookContext } from "./machine.ts";

/** Typed words while the form is open answer its first open question; what may not be said here is refused (D5.2). */
export async function listenForAnswer(text: string, context: BookContext, turn: Turn): Promise<Heard> {
  const booking = await ownBooking(turn, context.bookingId ?? "");
  const progress = booking === undefined ? undefined : await formProgress(turn.books, booking);
  const open = progress?.questions.filter((question) => !progress.answered.has(question.id)) ?? [];
  const next = open.find((question) => turn.asksSensitiveInline || !question.sensitive);
  if (next === undefined) return open.length === 0 ? undefined : { hint: bookWords.notHere };
  const skipped = ["skip", "none", "nothing"].includes(normalise(text));
  return { event: { type: "answer.typed" }, values: { [next.id]: skipped && !next.required ? "" : text } };
}

/** States that take buttons only: words that name none get a hint instead of leaving the talk. */
export async function listenForButtons(): Promise<Heard> {
  return undefined;
}

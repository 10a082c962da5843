import type { ReadBooks } from "../../../db/store.ts";
import type { Booking } from "../../domain/booking.ts";
import {
  type AnswerRefusal,
  type AnswerValue,
  answerTo,
  decideAnswer,
  isBlank,
  questionsToAsk,
} from "../../domain/form.ts";
import type { BookingForm, Question } from "../../domain/practice.ts";
import { type Actor, ownsAsClient } from "../actor.ts";
import type { Desk } from "../desk.ts";

/** How far a booking's form is completed. Sensitive answers are reported as present, never by value. */
export interface FormProgress {
  readonly form: BookingForm;
  /** The visible questions, given the answers so far. */
  readonly questions: readonly Question[];
  /** Ids of the questions with a saved answer, blank ones included. */
  readonly answered: ReadonlySet<string>;
  /** The answers to questions that are not sensitive, by question id. */
  readonly plain: Readonly<Record<string, AnswerValue>>;
  /** How many visible questions have an answer that is not blank. */
  readonly given: number;
}

/** The progress of the booking's form; undefined when it has none. */
export async function formProgress(books: ReadBooks, booking: Booking): Promise<FormProgress | undefined> {
  const form = await findForm(books, booking);
  if (form === undefined) return undefined;
  const { values, sensitive } = await openAnswers(books, booking);
  const questions = questionsToAsk(form.questions, values);
  const isPlain = (id: string) => !sensitive.has(id) && form.questions.some((one) => one.id === id && !one.sensitive);
  const plain = Object.fromEntries(Object.entries(values).filter(([id]) => isPlain(id)));
  const given = questions.filter(({ id }) => !isBlank(answerTo(values, id) ?? "")).length;
  return { form, questions, answered: new Set(Object.keys(values)), plain, given };
}

/** The visible required questions without an answer. */
export async function missingAnswers(desk: Desk, booking: Booking): Promise<readonly Question[]> {
  const progress = await formProgress(desk.books, booking);
  if (progress === undefined) return [];
  return progress.questions.filter((question) => question.required && !progress.answered.has(question.id));
}

export type SaveAnswersResult =
  | { readonly ok: true; readonly complete: boolean }
  | { readonly ok: false; readonly refusal: "not-yours" }
  | { readonly ok: false; readonly refusal: "not-valid"; readonly problems: Readonly<Record<string, AnswerRefusal>> };

/**
 * Saves a client's answers by question id, all or none. Questions absent from `given` keep their answer; so does a
 * sensitive question that comes back blank, since its answer is never shown for editing. `complete`: every visible
 * question has a saved answer. Sensitive answers are encrypted. Refuses bookings that are not the client's own draft,
 * and invalid values.
 */
export async function saveAnswers(
  desk: Desk,
  actor: Actor,
  bookingId: string,
  given: Readonly<Record<string, AnswerValue>>,
): Promise<SaveAnswersResult> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || !ownsAsClient(actor, booking) || booking.status !== "held") {
    return { ok: false, refusal: "not-yours" };
  }
  const form = await findForm(desk.books, booking);
  if (form === undefined) return { ok: true, complete: true };

  const { values } = await openAnswers(desk.books, booking);
  const isKept = ({ id, sensitive }: Question) =>
    sensitive && Object.hasOwn(values, id) && isBlank(answerTo(given, id) ?? "");
  const taken = form.questions.filter((question) => Object.hasOwn(given, question.id) && !isKept(question));
  const changed = Object.fromEntries(taken.map(({ id }) => [id, given[id] ?? ""]));
  const asked = questionsToAsk(form.questions, { ...values, ...changed }).filter((question) =>
    taken.includes(question),
  );
  const decided = asked.map((question) => ({ question, decision: decideAnswer(question, changed[question.id]) }));
  const problems = Object.fromEntries(
    decided.flatMap(({ question, decision }) => (decision.ok ? [] : [[question.id, decision]])),
  );
  if (Object.keys(problems).length > 0) return { ok: false, refusal: "not-valid", problems };
  for (const { question, decision } of decided) {
    if (!decision.ok) continue;
    await desk.books.answers.save({
      practiceId: booking.practiceId,
      clientId: booking.clientId,
      bookingId,
      formId: form.id,
      questionId: question.id,
      sensitive: question.sensitive,
      value: decision.value,
      atMs: desk.nowMs,
    });
  }
  const after = await formProgress(desk.books, booking);
  return {
    ok: true,
    complete: after === undefined || after.questions.every((question) => after.answered.has(question.id)),
  };
}

async function findForm(books: ReadBooks, { practiceId, frozen }: Booking): Promise<BookingForm | undefined> {
  return frozen.formId === undefined ? undefined : books.catalogue.findForm(practiceId, frozen.formId);
}

/** All answers, decrypted, because a condition may refer to a sensitive answer; and the ids of the sensitive ones. */
async function openAnswers(books: ReadBooks, { practiceId, id }: Booking) {
  const answers = await books.answers.list(practiceId, id);
  return {
    values: Object.fromEntries(answers.map(({ questionId, value }) => [questionId, value])) as Record<
      string,
      AnswerValue
    >,
    sensitive: new Set(answers.filter((answer) => answer.sensitive).map((answer) => answer.questionId)),
  };
}

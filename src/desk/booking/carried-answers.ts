import { type Booking, bookingStatuses } from "../../domain/booking.ts";
import { decideAnswer, isBlank } from "../../domain/form.ts";
import type { Question } from "../../domain/practice.ts";
import type { Desk } from "../desk.ts";

/** An askOnce answer older than this many bookings is asked for once more. */
const lookedThrough = 50;

/**
 * Gives a draft the answers that need not be asked for again: all of `before`, the client's own last try in this talk,
 * when it was for the same form (D4.3), else those that are asked only once (D5.1). Answers to another form are
 * dropped: the ids of its questions mean something else.
 */
export async function carryAnswers(desk: Desk, draft: Booking, before: Booking | undefined): Promise<void> {
  const { formId } = draft.frozen;
  const isSameForm = before !== undefined && before.frozen.formId === formId;
  if (before?.id === draft.id) {
    if (isSameForm) return;
    await desk.books.answers.removeForBooking(draft.id);
  }
  const form = formId === undefined ? undefined : await desk.books.catalogue.findForm(draft.practiceId, formId);
  if (form === undefined) return;
  if (isSameForm) return copy(desk, before, draft, form.questions);
  const askedOnce = form.questions.filter((question) => question.askOnce);
  const last = askedOnce.length === 0 ? undefined : await lastWithForm(desk, draft);
  if (last !== undefined) await copy(desk, last, draft, askedOnce, { blanks: false });
}

/** The client's latest request with this form. */
async function lastWithForm(desk: Desk, { practiceId, clientId, frozen }: Booking): Promise<Booking | undefined> {
  const asked = await desk.books.bookings.listForClient(practiceId, clientId, {
    statuses: bookingStatuses.filter((status) => status !== "held"),
    order: "desc",
    limit: lookedThrough,
  });
  const [last] = asked
    .filter((booking) => booking.frozen.formId === frozen.formId)
    .sort((a, b) => (b.requestedAtMs ?? 0) - (a.requestedAtMs ?? 0));
  return last;
}

/** Copies what still answers its question as the form stands now. */
async function copy(
  desk: Desk,
  from: Booking,
  to: Booking,
  questions: readonly Question[],
  { blanks } = { blanks: true },
): Promise<void> {
  for (const { questionId, value, sensitive } of await desk.books.answers.list(from.practiceId, from.id)) {
    const question = questions.find((one) => one.id === questionId);
    if (question === undefined || !decideAnswer(question, value).ok || (isBlank(value) && !blanks)) continue;
    await desk.books.answers.save({
      practiceId: to.practiceId,
      clientId: to.clientId,
      bookingId: to.id,
      formId: to.frozen.formId ?? "",
      questionId,
      sensitive: sensitive || question.sensitive,
      value,
      atMs: desk.nowMs,
    });
  }
}

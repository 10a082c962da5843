import { type Booking, bookingStatuses } from "../../domain/booking.ts";
import { decideAnswer, isBlank } from "../../domain/form.ts";
import type { Question } from "../../domain/practice.ts";
import type { Desk } from "../desk.ts";

/** `askOnce` answers are looked up in this many of the client's latest bookings. */
const lookedThrough = 50;

/**
 * Copies the answers that need not be asked again into a draft: all of `before`, the client's earlier draft of this
 * talk, if it has the same form (D4.3), else those of `askOnce` questions (D5.1). Answers to another form are deleted:
 * its question ids mean something else.
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

/** The client's most recent request with this form. */
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

/** Copies the answers that are still valid for the form as it is now. */
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

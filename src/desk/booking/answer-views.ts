import type { ReadBooks } from "../../../db/store.ts";
import type { SecretRef } from "../../cards/card.ts";
import type { Booking } from "../../domain/booking.ts";
import { isBlank, questionsToAsk } from "../../domain/form.ts";
import { minuteMs } from "../../domain/units.ts";
import { hashToken, newToken } from "../../ids.ts";
import { type Actor, decidesAsPractitioner } from "../actor.ts";
import { audit } from "../audit.ts";
import type { Desk } from "../desk.ts";
import { keepSecret, secretRef } from "../secrets.ts";

const validMs = 30 * minuteMs;

/**
 * Creates a one-time link to a client's answers for the practitioner who asks. Valid for 30 minutes of real time.
 * Answers are never shown in chat (D5.2, D7.5). Undefined: not the practitioner's booking.
 */
export async function openAnswerView(desk: Desk, actor: Actor, bookingId: string): Promise<SecretRef | undefined> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || actor.kind !== "practitioner" || !decidesAsPractitioner(actor, booking))
    return undefined;
  const { practiceId, practitionerId, admin, place } = actor;
  const token = newToken();
  const tokenHash = hashToken(token);
  const secret = secretRef("answers", practiceId, tokenHash);
  await keepSecret(desk.books, secret, token, desk.realNowMs + validMs);
  await desk.books.answerViews.add({
    tokenHash,
    practiceId,
    bookingId,
    practitionerId,
    admin,
    place,
    expiresAtMs: desk.realNowMs + validMs,
  });
  return secret;
}

export type AnswerView =
  | { readonly state: "open"; readonly client: string; readonly practice: string; readonly session: string }
  | { readonly state: "used" | "expired" | "unknown" };

/** The state of a link to answers. Reading it neither uses the link up nor decrypts an answer. */
export async function findAnswerView(books: ReadBooks, token: string, realNowMs: number): Promise<AnswerView> {
  const link = await books.answerViews.findByHash(hashToken(token));
  if (link === undefined) return { state: "unknown" };
  if (link.usedAtMs !== undefined) return { state: "used" };
  const booking = await books.bookings.find(link.practiceId, link.bookingId);
  const client = booking && (await books.people.findClient(booking.practiceId, booking.clientId));
  if (booking === undefined || client === undefined || link.expiresAtMs <= realNowMs) return { state: "expired" };
  const practice = await books.practices.get(booking.practiceId);
  return { state: "open", client: client.name, practice: practice.name, session: booking.frozen.publicName };
}

/** A question's label with its answer. */
export interface ShownAnswer {
  readonly label: string;
  readonly value: string;
}

export type AnswersResult =
  | { readonly ok: true; readonly client: string; readonly practice: string; readonly answers: readonly ShownAnswer[] }
  | { readonly ok: false; readonly state: "used" | "expired" | "unknown" };

/** Returns the answers and uses the link up. The audit records who read them. */
export async function viewAnswers(desk: Desk, token: string): Promise<AnswersResult> {
  const view = await findAnswerView(desk.books, token, desk.realNowMs);
  if (view.state !== "open") return { ok: false, state: view.state };
  const link = await desk.books.answerViews.findByHash(hashToken(token));
  if (link === undefined || !(await desk.books.answerViews.markUsed(link.tokenHash, desk.realNowMs)))
    return { ok: false, state: "used" };
  const { practiceId, practitionerId, place } = link;
  // Rights are checked again: the practitioner may have left or lost admin rights since the link was created (D7.4).
  const reader = (await desk.books.people.listPractitioners(practiceId)).find(({ id }) => id === practitionerId);
  const actor: Actor = { kind: "practitioner", practiceId, practitionerId, admin: reader?.admin === true, place };
  const booking = await desk.books.bookings.lock(practiceId, link.bookingId);
  if (reader === undefined || booking === undefined || !decidesAsPractitioner(actor, booking))
    return { ok: false, state: "expired" };
  await audit(desk, actor, "answers.viewed", booking);
  return { ok: true, client: view.client, practice: view.practice, answers: await answersOf(desk, booking) };
}

/** The visible questions with an answer, in form order. */
async function answersOf(desk: Desk, booking: Booking): Promise<readonly ShownAnswer[]> {
  const { formId } = booking.frozen;
  const form = formId === undefined ? undefined : await desk.books.catalogue.findForm(booking.practiceId, formId);
  if (form === undefined) return [];
  const answers = await desk.books.answers.list(booking.practiceId, booking.id);
  const given = new Map(answers.map(({ questionId, value }) => [questionId, value]));
  return questionsToAsk(form.questions, Object.fromEntries(given)).flatMap(({ id, label }) => {
    const value = given.get(id);
    if (value === undefined || isBlank(value)) return [];
    return [{ label, value: typeof value === "string" ? value : value.join(", ") }];
  });
}

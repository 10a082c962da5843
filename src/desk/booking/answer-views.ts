import type { ReadBooks } from "../../../db/store.ts";
import type { Booking } from "../../domain/booking.ts";
import { isBlank, questionsToAsk } from "../../domain/form.ts";
import { hashToken, newToken } from "../../ids.ts";
import { type Actor, decidesAsPractitioner } from "../actor.ts";
import type { Desk } from "../desk.ts";
import { audit } from "./request.ts";

const validMs = 30 * 60_000;

/**
 * Makes a one-time link to what a client answered, for the practitioner who asks (30 min). Answers are never drawn in
 * a chat (D5.2, D7.5). Undefined: the booking is not theirs.
 */
export async function openAnswerView(desk: Desk, actor: Actor, bookingId: string): Promise<string | undefined> {
  const booking = await desk.books.bookings.lock(actor.practiceId, bookingId);
  if (booking === undefined || actor.kind !== "practitioner" || !decidesAsPractitioner(actor, booking))
    return undefined;
  const { practiceId, practitionerId, admin, place } = actor;
  const token = newToken();
  await desk.books.answerViews.add({
    tokenHash: hashToken(token),
    practiceId,
    bookingId,
    practitionerId,
    admin,
    place,
    expiresAtMs: desk.realNowMs + validMs,
  });
  return `${desk.publicUrl}/answers/${token}`;
}

export type AnswerView =
  | { readonly state: "open"; readonly client: string; readonly practice: string; readonly session: string }
  | { readonly state: "used" | "expired" | "unknown" };

/** What a link to answers leads to; looking at it opens nothing and uses nothing up. */
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

/** A question with what was answered to it. */
export interface ShownAnswer {
  readonly label: string;
  readonly value: string;
}

export type AnswersResult =
  | { readonly ok: true; readonly client: string; readonly practice: string; readonly answers: readonly ShownAnswer[] }
  | { readonly ok: false; readonly state: "used" | "expired" | "unknown" };

/** Opens the answers, once; who saw them, when and for which booking is written down. */
export async function viewAnswers(desk: Desk, token: string): Promise<AnswersResult> {
  const view = await findAnswerView(desk.books, token, desk.realNowMs);
  if (view.state !== "open") return { ok: false, state: view.state };
  const link = await desk.books.answerViews.findByHash(hashToken(token));
  if (link === undefined || !(await desk.books.answerViews.markUsed(link.tokenHash, desk.realNowMs)))
    return { ok: false, state: "used" };
  const { practiceId, practitionerId, place } = link;
  // Who they are is judged by now: in the half hour since they may have left, or be an admin no more (D7.4).
  const reader = (await desk.books.people.listPractitioners(practiceId)).find(({ id }) => id === practitionerId);
  const actor: Actor = { kind: "practitioner", practiceId, practitionerId, admin: reader?.admin === true, place };
  const booking = await desk.books.bookings.lock(practiceId, link.bookingId);
  if (reader === undefined || booking === undefined || !decidesAsPractitioner(actor, booking))
    return { ok: false, state: "expired" };
  await audit(desk, actor, "answers.viewed", booking);
  return { ok: true, client: view.client, practice: view.practice, answers: await answersOf(desk, booking) };
}

/** What was asked and answered, in the form's order. */
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

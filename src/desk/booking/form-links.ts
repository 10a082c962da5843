import type { ReadBooks } from "../../../db/store.ts";
import type { SecretRef } from "../../cards/card.ts";
import type { Booking } from "../../domain/booking.ts";
import { type AnswerRefusal, type AnswerValue, answerTo } from "../../domain/form.ts";
import type { Practice, Question } from "../../domain/practice.ts";
import { minuteMs } from "../../domain/units.ts";
import { hashToken, newToken } from "../../ids.ts";
import type { Actor } from "../actor.ts";
import type { Desk } from "../desk.ts";
import { clientZone } from "../people/zones.ts";
import { keepSecret, secretRef } from "../secrets.ts";
import { queueErrand } from "../telling/announce.ts";
import { type FormProgress, formProgress, saveAnswers } from "./answers.ts";

const validMs = 30 * minuteMs;

/**
 * Creates a one-time link to the desk's form page, for questions that must not be answered in chat. Valid for 30
 * minutes of real time (D5.2).
 */
export async function openFormLink(desk: Desk, booking: Booking, talkId: string): Promise<SecretRef> {
  const token = newToken();
  const tokenHash = hashToken(token);
  const secret = secretRef("form", booking.practiceId, tokenHash);
  await keepSecret(desk.books, secret, token, desk.realNowMs + validMs);
  await desk.books.formTokens.add({
    tokenHash,
    practiceId: booking.practiceId,
    bookingId: booking.id,
    talkId,
    expiresAtMs: desk.realNowMs + validMs,
  });
  return secret;
}

export type FormLink =
  | {
      readonly state: "open";
      readonly booking: Booking;
      readonly practice: Practice;
      /** The zone the client reads times in. */
      readonly zone: string;
      readonly questions: readonly Question[];
      readonly talkId: string;
    }
  | { readonly state: "used" | "expired" | "unknown" };

/** The state of a form link. The link of a booking that is no longer a draft is expired. */
export async function findFormLink(books: ReadBooks, token: string, realNowMs: number): Promise<FormLink> {
  const link = await books.formTokens.findByHash(hashToken(token));
  if (link === undefined) return { state: "unknown" };
  if (link.usedAtMs !== undefined) return { state: "used" };
  const booking = await books.bookings.find(link.practiceId, link.bookingId);
  if (booking === undefined || booking.status !== "held" || link.expiresAtMs <= realNowMs) return { state: "expired" };
  const progress = await formProgress(books, booking);
  const practice = await books.practices.get(booking.practiceId);
  const client = await books.people.findClient(practice.id, booking.clientId);
  return {
    state: "open",
    booking,
    practice,
    zone: client === undefined ? practice.timezone : await clientZone(books, practice, client),
    questions: progress === undefined ? [] : privateQuestions(progress),
    talkId: link.talkId,
  };
}

/** The visible sensitive questions and those that depend on one of them: the page has a single submit. */
function privateQuestions({ form, questions }: FormProgress): readonly Question[] {
  const asked = new Set<string>();
  return form.questions.filter((question) => {
    const isAsked = questions.includes(question) || asked.has(question.shownIf?.question ?? "");
    if (!question.sensitive || !isAsked) return false;
    asked.add(question.id);
    return true;
  });
}

export type AnswerLinkResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly state: "used" | "expired" | "unknown" }
  | { readonly ok: false; readonly problems: Readonly<Record<string, { label: string; problem: AnswerRefusal }>> };

/** Saves the answers of the form page. The token identifies the client. Notifies the talk, which then continues. */
export async function answerFormLink(
  desk: Desk,
  token: string,
  given: Readonly<Record<string, AnswerValue>>,
): Promise<AnswerLinkResult> {
  const link = await findFormLink(desk.books, token, desk.realNowMs);
  if (link.state !== "open") return { ok: false, state: link.state };
  const { booking } = link;
  const actor: Actor = {
    kind: "client",
    practiceId: booking.practiceId,
    clientId: booking.clientId,
    place: "form-page",
  };
  const sensitive = Object.fromEntries(link.questions.map(({ id }) => [id, answerTo(given, id) ?? ""]));
  const saved = await saveAnswers(desk, actor, booking.id, sensitive);
  if (!saved.ok) {
    if (saved.refusal !== "not-valid") return { ok: false, state: "expired" };
    const labels = new Map(link.questions.map((question) => [question.id, question.label]));
    const problems = Object.entries(saved.problems).map(([id, problem]) => [
      id,
      { label: labels.get(id) ?? id, problem },
    ]);
    return { ok: false, problems: Object.fromEntries(problems) };
  }
  await desk.books.formTokens.markUsed(hashToken(token), desk.realNowMs);
  const talk = await desk.books.talks.find(link.talkId);
  if (talk !== undefined) {
    await queueErrand(
      desk,
      { do: "news", to: talk.address, talkId: talk.id, event: { type: "form.filled" } },
      { practiceId: booking.practiceId, bookingId: booking.id, dedupeKey: `form.filled:${hashToken(token)}` },
    );
  }
  return { ok: true };
}

/** The sensitive questions of the booking that have no answer yet; they are answered on the form page only. */
export async function leftPrivately(desk: Desk, booking: Booking): Promise<readonly Question[]> {
  const progress = await formProgress(desk.books, booking);
  return (progress?.questions ?? []).filter((question) => question.sensitive && !progress?.answered.has(question.id));
}

import type { Booking } from "../../domain/booking.ts";
import { absencesOf } from "../../domain/out-of-office.ts";
import type { Practitioner } from "../../domain/practice.ts";
import { dayMs, minuteMs } from "../../domain/units.ts";
import { endOfLocalDay, localDateOf, startOfLocalDay } from "../../domain/zone.ts";
import { diaryWords, type InDiary } from "../../words/diary.ts";
import type { Span } from "../../words/hours.ts";
import { questionWords } from "../../words/questions.ts";
import { withAbsences } from "../practice/absences.ts";
import type { Answer, Answerer, Asked, Asker } from "./asked.ts";
import { answerClientNext, clientMeant } from "./clients.ts";
import { answerFreeTimes } from "./free-times.ts";
import { openIn } from "./hours.ts";
import { answerWhen } from "./own-sessions.ts";
import { comingStatuses, diariesMeant, diaryStatuses, isMeant, otherSide, sessionsIn } from "./sessions.ts";

/** A diary is cut here: an answer is one short list. */
const mostLines = 12;

/** The sessions of a day or several: the practitioner's, or the client's own. Without a day: today. */
export const answerDay: Answerer = async (asker, asked) => {
  if (asker.actor.kind !== "practitioner") return answerWhen(asker, { ...asked, subject: {} });
  if (asked.clients.length > 0) return answerClientNext(asker, asked);
  if (diariesMeant(asker, asked) === undefined) return notYourDiary;
  const span = asked.span ?? today(asker);
  const sessions = (await sessionsIn(asker, asked, { ...span, statuses: diaryStatuses })).filter((one) =>
    isMeant(one, asked),
  );
  const [first] = sessions;
  if (first === undefined) {
    const isThen = asked.fits !== undefined || asked.services.length > 0;
    return { sentences: [diaryWords.noSessionsIn(span, isThen, asker.reader)] };
  }
  return {
    sentences: [await diaryOf(asker, sessions)],
    next: sessions.length === 1 ? { to: "session", bookingId: first.id } : { to: "bookings" },
  };
};

/** How many sessions there are on the days asked about. Without a day: all that are coming up. */
export const answerCount: Answerer = async (asker, asked) => {
  const { actor, nowMs, reader } = asker;
  if (actor.kind === "practitioner" && diariesMeant(asker, asked) === undefined) return notYourDiary;
  const { span } = asked;
  const range = span ?? { fromMs: nowMs };
  const statuses = span === undefined ? comingStatuses : diaryStatuses;
  const sessions = (await sessionsIn(asker, asked, { ...range, statuses })).filter((one) => isMeant(one, asked));
  const open = sessions.filter(({ status }) => status === "requested" || status === "proposed").length;
  return {
    sentences: [
      diaryWords.count(sessions.length, span, reader),
      ...(open === 0 ? [] : [diaryWords.ofThoseOpen(open, sessions.length)]),
    ],
    next: { to: "bookings" },
  };
};

/** Whether a practitioner is free: sessions, time off and hours of the times asked about. A client is answered with free times. */
export const answerFree: Answerer = async (asker, asked) => {
  const { actor, books, practice, nowMs } = asker;
  if (actor.kind !== "practitioner") return answerFreeTimes(asker, asked);
  const ids = diariesMeant(asker, asked);
  if (ids === undefined) return notYourDiary;
  const working = (await books.people.listPractitioners(practice.id)).filter(({ id }) => ids.includes(id));
  const sentences: string[] = [];
  for (const one of await withAbsences(books, working, nowMs)) sentences.push(...(await freeOf(asker, asked, one)));
  return { sentences, next: { to: "bookings" } };
};

async function freeOf(asker: Asker, asked: Asked, one: Practitioner): Promise<readonly string[]> {
  const { actor, books, practice, reader, nowMs } = asker;
  const span = asked.span ?? today(asker);
  const around = { fromMs: span.fromMs - dayMs, toMs: span.toMs };
  const who = actor.kind === "practitioner" && actor.practitionerId === one.id ? undefined : one.name;
  const sessions = (await sessionsIn(asker, { ...asked, practitioners: [one.id] }, around)).filter((session) =>
    touches(session, span, asked),
  );
  const away = absencesOf(one.schedule).find((absence) => touches(absence, span, asked));
  const awaySpan =
    away === undefined
      ? undefined
      : { fromMs: Math.max(away.startsAtMs, span.fromMs), toMs: Math.min(away.endsAtMs, span.toMs) };
  const awayWords = awaySpan === undefined ? [] : [diaryWords.away(who, awaySpan, reader)];
  if (sessions.length > 0) return [diaryWords.has(who, await diaryOf(asker, sessions)), ...awayWords];
  if (awayWords.length > 0) return awayWords;
  // Claims without a session: times that are proposed, or that a client is choosing now.
  const claims = await books.claims.listBusy({ practiceId: practice.id, practitionerId: one.id, ...around, nowMs });
  if (claims.some((claim) => touches(claim, span, asked))) return [diaryWords.onOffer(who)];
  const isOpen = openIn(one.schedule, practice.weekStartsOn, span).some((window) => touches(window, span, asked));
  return [isOpen ? diaryWords.free(who, span, reader) : diaryWords.freeOutside(who)];
}

/** Whether a stretch has an instant that is asked about, to the minute. */
function touches(
  { startsAtMs, endsAtMs }: { readonly startsAtMs: number; readonly endsAtMs: number },
  { fromMs, toMs }: Span,
  { fits }: Asked,
): boolean {
  const untilMs = Math.min(endsAtMs, toMs);
  const firstMs = Math.max(startsAtMs, fromMs);
  if (fits === undefined) return firstMs < untilMs;
  for (let ms = firstMs; ms < untilMs; ms += minuteMs) if (fits(ms)) return true;
  return false;
}

/** Which requests wait for the practitioner; which of a client's own wait for an answer. */
export const answerWaiting: Answerer = async (asker, asked) => {
  const { actor, books, practice } = asker;
  if (actor.kind !== "practitioner") return ownRequests(asker, asked);
  const ids = diariesMeant(asker, asked);
  if (ids === undefined) return notYourDiary;
  const requests = await sessionsIn(asker, asked, { fromMs: asker.nowMs, statuses: ["requested"] });
  const changes = (await Promise.all(ids.map((id) => books.changes.listOpenFor(practice.id, id)))).flat();
  const [change] = changes;
  const changeWords = change === undefined ? [] : [diaryWords.changesWait(changes.length)];
  if (requests.length === 0) {
    return change === undefined
      ? { sentences: [diaryWords.noRequest] }
      : { sentences: changeWords, next: { to: "session", bookingId: change.bookingId } };
  }
  return {
    sentences: [diaryWords.waiting(requests.length, await diaryOf(asker, requests)), ...changeWords],
    next: { to: "requests" },
  };
};

/** Whether clients have answered the times that were proposed to them. For a client: whether their sessions are confirmed. */
export const answerReply: Answerer = async (asker, asked) => {
  if (asker.actor.kind !== "practitioner") return ownRequests(asker, asked, true);
  const meant = asked.clients.length === 0 ? undefined : await clientMeant(asker, asked);
  if (meant?.ok === false) return meant.answer;
  if (diariesMeant(asker, asked) === undefined) return notYourDiary;
  const proposed = await sessionsIn(asker, asked, { fromMs: asker.nowMs, statuses: ["proposed"] });
  const open = proposed.filter(({ clientId }) => meant === undefined || clientId === meant.client.id);
  const [first] = open;
  if (first === undefined) return { sentences: [diaryWords.noReplyDue(meant?.client.name)] };
  return {
    sentences: [diaryWords.noReplyYet(await diaryOf(asker, open))],
    next: open.length === 1 ? { to: "session", bookingId: first.id } : { to: "bookings" },
  };
};

/** What a client waits for; `all` also names the sessions that are confirmed. */
async function ownRequests(asker: Asker, asked: Asked, all = false): Promise<Answer> {
  const { books, nowMs, reader } = asker;
  const lines: string[] = [];
  const coming = (await sessionsIn(asker, asked, { fromMs: nowMs })).filter((one) => isMeant(one, asked));
  for (const booking of coming) {
    if (booking.status === "proposed") lines.push(diaryWords.timesProposed(booking, reader));
    if (booking.status === "requested") lines.push(diaryWords.requestWaits(booking, reader));
    const change = booking.status === "confirmed" ? await books.changes.findOpenRequest(booking.id) : undefined;
    if (change !== undefined) lines.push(diaryWords.changeWaits(booking, reader));
    else if (all && booking.status === "confirmed") lines.push(diaryWords.isConfirmed(booking, reader));
  }
  return lines.length === 0
    ? { sentences: [all ? diaryWords.noSessionOfYours : diaryWords.noRequestOfYours] }
    : { sentences: [questionWords.lines(lines)], next: { to: "bookings" } };
}

async function diaryOf(asker: Asker, sessions: readonly Booking[]): Promise<string> {
  const shown: InDiary[] = [];
  for (const booking of sessions.slice(0, mostLines)) shown.push({ booking, other: await otherSide(asker, booking) });
  return diaryWords.diary(shown, sessions.length - shown.length, asker.reader);
}

const notYourDiary: Answer = { sentences: [diaryWords.notYourDiary] };

function today({ nowMs, reader }: Asker): Span {
  const date = localDateOf(reader.zone, nowMs);
  return { fromMs: startOfLocalDay(reader.zone, date), toMs: endOfLocalDay(reader.zone, date) };
}

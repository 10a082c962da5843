import type { Client } from "../../domain/practice.ts";
import { diaryWords } from "../../words/diary.ts";
import { questionWords } from "../../words/questions.ts";
import { decidesAsPractitioner } from "../actor.ts";
import { listClientsSeen } from "../people/care.ts";
import type { Answer, Answerer, Asked, Asker } from "./asked.ts";
import { answerWhen } from "./own-sessions.ts";
import { answerReachPerson } from "./practice.ts";
import { bookNext } from "./services.ts";
import { clocksOf, comingStatuses, isMeant, otherSide, sessionOnCard } from "./sessions.ts";

const past = ["completed", "confirmed", "no_show"] as const;

/** A client's e-mail address, for a practitioner who looks after them. A client is told how to reach the practice. */
export const answerContactDetails: Answerer = async (asker, asked) => {
  if (asker.actor.kind !== "practitioner") return answerReachPerson(asker, asked);
  const meant = await clientMeant(asker, asked);
  if (!meant.ok) return meant.answer;
  const { id, name, email } = meant.client;
  return { sentences: [diaryWords.emailOf(name, email)], next: { to: "client", clientId: id } };
};

/** The latest session that is over: the client's own, or for a practitioner one of a client they look after. */
export const answerLastSession: Answerer = async (asker, asked) => {
  const { actor, books, practice, nowMs } = asker;
  const meant = actor.kind === "client" ? undefined : await clientMeant(asker, asked);
  if (meant?.ok === false) return meant.answer;
  const clientId = actor.kind === "client" ? actor.clientId : (meant?.client.id ?? "");
  const bookings = await books.bookings.listForClient(practice.id, clientId, {
    statuses: past,
    confirmedBeforeMs: nowMs,
    order: "desc",
  });
  const booking = bookings.find(
    (one) =>
      one.endsAtMs <= nowMs &&
      isMeant(one, { ...asked, clients: [] }) &&
      (actor.kind === "client" || decidesAsPractitioner(actor, one)),
  );
  if (booking === undefined) {
    return meant === undefined
      ? { sentences: [diaryWords.noPastSession], ...bookNext(asker) }
      : { sentences: [diaryWords.noPastSessionOf(meant.client.name)], next: { to: "client", clientId } };
  }
  const clocks = await clocksOf(asker, asked, booking);
  return {
    sentences: [questionWords.sessionLine(booking, await otherSide(asker, booking), clocks)],
    next:
      actor.kind === "client" ? { to: "book", serviceId: booking.serviceId } : { to: "session", bookingId: booking.id },
  };
};

/** When the next session is: a client's own, a named client's, or the practitioner's. */
export const answerClientNext: Answerer = async (asker, asked) => {
  const { actor, books, practice, nowMs } = asker;
  const isAboutClient = asked.clients.length > 0 || asked.subject.clientId !== undefined;
  if (actor.kind !== "practitioner" || !isAboutClient) return answerWhen(asker, asked);
  const meant = await clientMeant(asker, asked);
  if (!meant.ok) return meant.answer;
  const { id: clientId, name } = meant.client;
  const { span } = asked;
  const coming = await books.bookings.listForClient(practice.id, clientId, {
    statuses: comingStatuses,
    ...(span === undefined ? {} : { fromMs: span.fromMs, toMs: span.toMs }),
    order: "asc",
  });
  const booking = coming.find(
    (one) => one.endsAtMs > nowMs && isMeant(one, { ...asked, clients: [] }) && decidesAsPractitioner(actor, one),
  );
  if (booking === undefined) {
    const isThen = span !== undefined || asked.fits !== undefined;
    return {
      sentences: [isThen ? diaryWords.noSessionOfThen(name) : diaryWords.noSessionOf(name)],
      next: { to: "client", clientId },
    };
  }
  const clocks = await clocksOf(asker, asked, booking);
  return {
    sentences: [questionWords.sessionLine(booking, await otherSide(asker, booking), clocks)],
    next: { to: "session", bookingId: booking.id },
  };
};

/** A client, or what to say where there is none, more than one, or one the practitioner does not look after. */
type ClientMeant = { readonly ok: true; readonly client: Client } | { readonly ok: false; readonly answer: Answer };

/** The client a question names, else the one on the open card, where the practitioner looks after them (D7.4). */
export async function clientMeant(asker: Asker, asked: Asked): Promise<ClientMeant> {
  const onCard = asked.subject.clientId ?? (await sessionOnCard(asker, asked))?.clientId;
  const ids = asked.clients.length > 0 ? asked.clients : onCard === undefined ? [] : [onCard];
  if (ids.length === 0) return { ok: false, answer: { sentences: [diaryWords.whichClient] } };
  const seen = await listClientsSeen(asker.books, asker.actor, asker.realNowMs);
  const clients = seen.map(({ client }) => client).filter(({ id }) => ids.includes(id));
  const [client] = clients;
  if (client === undefined) return { ok: false, answer: { sentences: [diaryWords.notYourClient] } };
  if (clients.length === 1) return { ok: true, client };
  return { ok: false, answer: { sentences: [diaryWords.whichOf(clients.map(({ name }) => name))] } };
}

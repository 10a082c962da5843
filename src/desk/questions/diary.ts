import type { Booking } from "../../domain/booking.ts";
import { absencesOf } from "../../domain/out-of-office.ts";
import { endOfLocalDay, localDateOf, startOfLocalDay } from "../../domain/zone.ts";
import { questionWords } from "../../words/questions.ts";
import { decidesAsPractitioner } from "../actor.ts";
import { findClientSeen } from "../people/care.ts";
import { withAbsences } from "../practice/absences.ts";
import type { Answer, Answerer, Asked, Asker } from "./asked.ts";
import { answerWhen } from "./own-sessions.ts";
import { answerFreeTimes, openIn } from "./practice.ts";
import { comingStatuses, sessionsIn } from "./sessions.ts";

const shown = ["requested", "proposed", "confirmed", "completed"] as const;
const past = ["completed", "confirmed", "no_show"] as const;

/** The sessions of a day or several: the practitioner's, or the client's own. Without a day: today. */
export const answerDay: Answerer = async (asker, asked) => {
  if (asker.actor.kind !== "practitioner") return answerWhen(asker, { ...asked, subject: {} });
  if (asked.clients.length > 0) return answerClientNext(asker, asked);
  const span = asked.span ?? today(asker);
  const sessions = (await sessionsIn(asker, { ...span, statuses: shown })).filter(
    ({ startsAtMs }) => asked.fits?.(startsAtMs) ?? true,
  );
  const [first] = sessions;
  if (first === undefined) {
    return { sentences: [questionWords.noSessionsIn(span, asker.reader)] };
  }
  const names = await clientNames(asker);
  return {
    sentences: [
      questionWords.diary(
        sessions.map((booking) => ({ booking, client: names.get(booking.clientId) ?? "" })),
        asker.reader,
      ),
    ],
    next: sessions.length === 1 ? { to: "session", bookingId: first.id } : { to: "bookings" },
  };
};

/** How many sessions a stretch has. */
export const answerCount: Answerer = async (asker, asked) => {
  const span = asked.span ?? today(asker);
  const sessions = await sessionsIn(asker, { ...span, statuses: shown });
  return { sentences: [questionWords.count(sessions.length, span, asker.reader)], next: { to: "bookings" } };
};

/** Whether a practitioner is free: sessions, time off and hours of the stretch. A client is answered with free times. */
export const answerFree: Answerer = async (asker, asked) => {
  const { actor, books, practice, reader, nowMs } = asker;
  if (actor.kind !== "practitioner") return answerFreeTimes(asker, asked);
  const span = asked.span ?? today(asker);
  const names = await clientNames(asker);
  const sessions = (await sessionsIn(asker, { fromMs: span.fromMs - 86_400_000, toMs: span.toMs })).filter(
    ({ startsAtMs, endsAtMs }) =>
      endsAtMs > span.fromMs && startsAtMs < span.toMs && (asked.fits?.(startsAtMs) ?? true),
  );
  const own = await books.people.findPractitioner(practice.id, actor.practitionerId);
  const [me] = own === undefined ? [] : await withAbsences(books, [own], nowMs);
  const isAway =
    me !== undefined && absencesOf(me.schedule).some((one) => one.startsAtMs < span.toMs && one.endsAtMs > span.fromMs);
  const isOpen = me !== undefined && openIn(me.schedule, asker, span.fromMs, span.toMs).length > 0;
  return {
    sentences: [
      sessions.length === 0
        ? questionWords.youAreFree(span, reader)
        : questionWords.youHave(
            sessions.map((booking) => ({ booking, client: names.get(booking.clientId) ?? "" })),
            reader,
          ),
      ...(isAway ? [questionWords.youAreAway] : isOpen ? [] : [questionWords.outsideHours]),
    ],
    ...(sessions.length === 0 ? {} : { next: { to: "bookings" } as const }),
  };
};

/** A client's mail address and phone, for a practitioner who looks after them. */
export const answerContactDetails: Answerer = async (asker, asked) => {
  const client = await clientMeant(asker, asked);
  if (client === undefined) return unknownClient(asked);
  return { sentences: [questionWords.emailOf(client.name, client.email)], next: { to: "client", clientId: client.id } };
};

/** The latest session of a client that took place. A client is told their own. */
export const answerLastSession: Answerer = async (asker, asked) => {
  const { actor, books, practice, nowMs, reader } = asker;
  const filter = { statuses: past, confirmedBeforeMs: nowMs, order: "desc", limit: 10 } as const;
  if (actor.kind === "client") {
    const [booking] = await books.bookings.listForClient(practice.id, actor.clientId, filter);
    if (booking === undefined) return { sentences: [questionWords.noPastSession], next: { to: "book" } };
    const other = await books.people.findPractitioner(practice.id, booking.practitionerId);
    return {
      sentences: [questionWords.lastSession(booking, other?.name ?? "", reader)],
      next: { to: "book", serviceId: booking.serviceId },
    };
  }
  const client = await clientMeant(asker, asked);
  if (client === undefined) return unknownClient(asked);
  const bookings = await books.bookings.listForClient(practice.id, client.id, filter);
  const booking = bookings.find((one) => decidesAsPractitioner(actor, one));
  return booking === undefined
    ? { sentences: [questionWords.noPastSessionOf(client.name)], next: { to: "client", clientId: client.id } }
    : {
        sentences: [questionWords.lastSession(booking, client.name, reader)],
        next: { to: "session", bookingId: booking.id },
      };
};

/** Which requests wait for the practitioner. */
export const answerWaiting: Answerer = async (asker) => {
  const { actor, books, practice } = asker;
  if (actor.kind !== "practitioner")
    return answerWhen(asker, { about: "when", services: [], practitioners: [], clients: [], methods: [], subject: {} });
  const open = await books.bookings.listForPractitioner(practice.id, actor.practitionerId, {
    statuses: ["requested"],
    order: "asc",
  });
  if (open.length === 0) return { sentences: [questionWords.nobodyWaits] };
  const names = await clientNames(asker);
  return {
    sentences: [
      questionWords.waiting(
        open.map((booking) => ({ booking, client: names.get(booking.clientId) ?? "" })),
        asker.reader,
      ),
    ],
    next: { to: "requests" },
  };
};

/** When a client's next session is. */
export const answerClientNext: Answerer = async (asker, asked) => {
  if (asker.actor.kind !== "practitioner") return answerWhen(asker, asked);
  const client = await clientMeant(asker, asked);
  if (client === undefined)
    return asked.clients.length === 0 ? answerDay(asker, { ...asked, clients: [] }) : unknownClient(asked);
  const { actor, books, practice, nowMs, reader } = asker;
  const coming = await books.bookings.listForClient(practice.id, client.id, {
    statuses: comingStatuses,
    fromMs: asked.span?.fromMs ?? nowMs,
    ...(asked.span === undefined ? {} : { toMs: asked.span.toMs }),
    order: "asc",
    limit: 10,
  });
  const booking = coming.find((one) => decidesAsPractitioner(actor, one));
  return booking === undefined
    ? { sentences: [questionWords.noSessionOf(client.name)], next: { to: "client", clientId: client.id } }
    : {
        sentences: [questionWords.nextOf(client.name, booking, reader)],
        next: { to: "session", bookingId: booking.id },
      };
};

/** The client a question names, or the one on the open card, where the practitioner looks after them (D7.4). */
async function clientMeant(asker: Asker, asked: Asked) {
  const id = asked.clients[0] ?? asked.subject.clientId;
  return id === undefined ? undefined : (await findClientSeen(asker.books, asker.actor, id, asker.realNowMs))?.client;
}

function unknownClient(asked: Asked): Answer {
  return { sentences: [asked.clients.length === 0 ? questionWords.whichClient : questionWords.notYourClient] };
}

async function clientNames({ books, practice }: Asker): Promise<ReadonlyMap<Booking["clientId"], string>> {
  return new Map((await books.people.listClients(practice.id)).map(({ id, name }) => [id, name]));
}

function today({ nowMs, reader }: Asker): { readonly fromMs: number; readonly toMs: number } {
  const date = localDateOf(reader.zone, nowMs);
  return { fromMs: startOfLocalDay(reader.zone, date), toMs: endOfLocalDay(reader.zone, date) };
}

import type { Booking } from "../../domain/booking.ts";
import { cutOffMs, lateCost } from "../../domain/policy.ts";
import { cancellationPolicyOf } from "../../domain/service.ts";
import { costWords } from "../../words/changes.ts";
import { methodDetail, methodName } from "../../words/methods.ts";
import { questionWords } from "../../words/questions.ts";
import type { Answer, Answerer, Asker } from "./asked.ts";
import { servicesMeant } from "./services.ts";
import { sessionMeant, sessionsMeant } from "./sessions.ts";

/** More sessions than this are not read out one by one. */
const mostSessions = 6;

/** When the sessions a client has are. */
export const answerWhen: Answerer = async (asker, asked) => {
  const booking = asked.subject.bookingId === undefined ? undefined : await sessionMeant(asker, asked);
  if (booking !== undefined) return about(asker, booking);
  const sessions = await sessionsMeant(asker, asked);
  const [first] = sessions;
  if (first === undefined) return none(asker, asked.span !== undefined);
  if (sessions.length === 1 || asked.span === undefined) return about(asker, first);
  const named = await Promise.all(sessions.slice(0, mostSessions).map((one) => lineOf(asker, one)));
  return { sentences: [named.join("\n")], next: { to: "bookings" } };
};

/** How to get into the call, or who calls. */
export const answerHowToJoin: Answerer = async (asker, asked) => {
  const booking = await sessionMeant(asker, asked);
  if (booking === undefined) {
    const [service] = await servicesMeant(asker, asked);
    const details = (service?.methods ?? []).map((method) => `${methodName(method)}: ${methodDetail(method)}.`);
    return details.length === 0
      ? none(asker, asked.span !== undefined)
      : { sentences: [[...new Set(details)].join("\n")] };
  }
  const { method, location } = booking.frozen;
  const isOpen = method.kind === "video" && booking.joinUrl !== undefined;
  return {
    sentences: [
      questionWords.joinAt(booking, methodName(method, location), asker.reader),
      isOpen ? questionWords.joinLink : `${methodDetail(method, location)}.`,
    ],
    next: { to: "session", bookingId: booking.id },
  };
};

/** In which zone times are shown. */
export const answerZone: Answerer = async ({ reader }, _asked) => ({ sentences: [questionWords.zone(reader)] });

/** Until when a session may be cancelled freely, and what is charged after that. */
export const answerCancellation: Answerer = async (asker, asked) => {
  const { practice, reader, nowMs, actor } = asker;
  const booking = actor.kind === "client" ? await sessionMeant(asker, asked) : undefined;
  if (booking === undefined) {
    const [service] = await servicesMeant(asker, asked);
    const policy = service === undefined ? practice.policies.cancellation : cancellationPolicyOf(practice, service);
    return { sentences: [questionWords.cancelRule(policy.windowMinutes), questionWords.lateRule(policy.late)] };
  }
  const untilMs = cutOffMs({ startsAtMs: booking.startsAtMs, policy: booking.frozen.cancellation });
  const packageName = await packageNameOf(asker, booking);
  const late =
    booking.frozen.cancellation.late === "block" || booking.frozen.cancellation.late === "ask"
      ? questionWords.lateRule(booking.frozen.cancellation.late)
      : costWords(lateCost(booking), packageName, practice.locale);
  return {
    sentences:
      nowMs <= untilMs
        ? [questionWords.cancelUntil(booking, untilMs, reader)]
        : [questionWords.cancelLate(booking, untilMs, reader), late],
    ...(booking.status === "held" ? {} : { next: { to: "session", bookingId: booking.id } as const }),
  };
};

async function packageNameOf({ books, practice }: Asker, { clientPackageId }: Booking): Promise<string | undefined> {
  if (clientPackageId === undefined) return undefined;
  return (await books.packages.findGrant(practice.id, clientPackageId))?.frozen.name;
}

async function about(asker: Asker, booking: Booking): Promise<Answer> {
  return {
    sentences: [await lineOf(asker, booking)],
    ...(booking.status === "held" ? {} : { next: { to: "session", bookingId: booking.id } as const }),
  };
}

/** A session in one line for either side. */
async function lineOf({ actor, books, practice, reader }: Asker, booking: Booking): Promise<string> {
  const other =
    actor.kind === "practitioner"
      ? await books.people.findClient(practice.id, booking.clientId)
      : await books.people.findPractitioner(practice.id, booking.practitionerId);
  return questionWords.sessionLine(booking, other?.name ?? "", reader);
}

function none({ actor }: Asker, onDay: boolean): Answer {
  return {
    sentences: [onDay ? questionWords.noSessionThen : questionWords.noSession],
    ...(actor.kind === "client" ? { next: { to: "book" } as const } : {}),
  };
}

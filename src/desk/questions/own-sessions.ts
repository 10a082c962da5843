import type { Booking } from "../../domain/booking.ts";
import { cutOffMs, lateCost } from "../../domain/policy.ts";
import type { CancellationPolicy } from "../../domain/practice.ts";
import { cancellationPolicyOf } from "../../domain/service.ts";
import { given } from "../../given.ts";
import { changeWords, costWords } from "../../words/changes.ts";
import { questionWords } from "../../words/questions.ts";
import type { Answer, Answerer, Asked, Asker } from "./asked.ts";
import { answerMethods } from "./service-terms.ts";
import { bookNext, servicesMeant } from "./services.ts";
import {
  clocksOf,
  diaryStatuses,
  isMeant,
  otherSide,
  sessionMeant,
  sessionPointedAt,
  sessionsIn,
  sessionsMeant,
} from "./sessions.ts";

/** A list of sessions is cut here. */
const mostSessions = 6;

/** When the asker's sessions are: the one on the card, those of the days asked about, else the next one. */
export const answerWhen: Answerer = async (asker, asked) => {
  const onCard = await sessionPointedAt(asker, asked);
  if (onCard !== undefined) return about(asker, asked, onCard);
  const sessions =
    asked.span === undefined
      ? await sessionsMeant(asker, asked)
      : // Sessions of that day that are over are an answer too.
        (await sessionsIn(asker, asked, { ...asked.span, statuses: diaryStatuses })).filter((one) =>
          isMeant(one, asked),
        );
  const [first, ...others] = sessions;
  if (first === undefined) return noSession(asker, asked);
  if (others.length === 0) return about(asker, asked, first);
  if (asked.span === undefined) {
    const { sentences, next } = await about(asker, asked, first);
    return {
      sentences: [...sentences, questionWords.moreSessions(others.length)],
      ...given({ next }),
    };
  }
  const shown = sessions.slice(0, mostSessions);
  const lines = await Promise.all(shown.map((one) => lineOf(asker, asked, one)));
  return { sentences: [questionWords.lines(lines, sessions.length - shown.length)], next: { to: "bookings" } };
};

/** How to get into the call, or who calls. */
export const answerHowToJoin: Answerer = async (asker, asked) => {
  const booking = await sessionMeant(asker, asked);
  if (booking === undefined) {
    const isService = (await servicesMeant(asker, asked)).length > 0;
    return isService ? answerMethods(asker, { ...asked, methods: [] }) : noSession(asker, asked);
  }
  const { reader } = await clocksOf(asker, asked, booking);
  const side = asker.actor.kind === "practitioner" ? "practitioner" : "client";
  return {
    sentences: [questionWords.wayOf(booking, { side, reader, contact: asker.practice.contact })],
    next: { to: "session", bookingId: booking.id },
  };
};

/** In which zone times are shown; of a session in person, that its place's clock comes first (D7.6). */
export const answerZone: Answerer = async (asker, asked) => {
  const { reader } = asker;
  const booking = await sessionPointedAt(asker, asked);
  const venue = booking?.frozen.location?.timezone;
  const isElsewhere = venue !== undefined && venue !== reader.zone;
  return { sentences: [questionWords.zone(reader), ...(isElsewhere ? [questionWords.venueZone(venue)] : [])] };
};

/** Until when a session may be cancelled free of charge, and what it costs after that (D4.6, D4.7). */
export const answerCancellation: Answerer = async (asker, asked) => {
  const { actor, books, practice, nowMs } = asker;
  const onCard = await sessionPointedAt(asker, asked);
  const booking = onCard ?? (actor.kind === "client" ? await cancellable(asker, asked) : undefined);
  const isOpen = booking !== undefined && ["held", "requested", "proposed", "confirmed"].includes(booking.status);
  if (actor.kind !== "client" || !isOpen) return policyAnswer(asker, asked, booking);
  const { frozen, status, startsAtMs } = booking;
  const next = status === "held" ? {} : { next: { to: "session", bookingId: booking.id } as const };
  if (status === "requested" || status === "proposed")
    return { sentences: [questionWords.withdrawAnyTime(frozen.publicName)], ...next };
  if (nowMs >= startsAtMs) return { sentences: [changeWords.startedText(practice.contact)], ...next };
  const untilMs = cutOffMs({ startsAtMs, policy: frozen.cancellation });
  const grant =
    booking.clientPackageId === undefined
      ? undefined
      : await books.packages.findGrant(practice.id, booking.clientPackageId);
  const { late } = frozen.cancellation;
  const cost = lateCost(booking);
  if (late !== "block" && late !== "ask" && cost.kind === "nothing")
    return { sentences: [questionWords.cancelAnyTime(frozen.publicName)], ...next };
  const isLate = nowMs > untilMs;
  const after =
    late === "block" || late === "ask"
      ? questionWords.afterThat[late](practice.contact)
      : isLate && status === "confirmed"
        ? costWords(cost, grant?.frozen.name, practice.locale)
        : questionWords.costsAfter(cost, practice.locale);
  const { reader } = await clocksOf(asker, asked, booking);
  return { sentences: [questionWords.cancelUntil(frozen.publicName, { untilMs, isLate }, reader), after], ...next };
};

/** The confirmed session a question means, else a request. */
async function cancellable(asker: Asker, asked: Asked): Promise<Booking | undefined> {
  const meant = await sessionsMeant(asker, asked);
  return meant.find(({ status }) => status === "confirmed") ?? meant[0];
}

/** The rule of a service, or of the practice, where no open session is meant. */
async function policyAnswer(asker: Asker, asked: Asked, booking: Booking | undefined): Promise<Answer> {
  const { actor, practice } = asker;
  const [service] = await servicesMeant(asker, asked);
  const policy: CancellationPolicy =
    booking?.frozen.cancellation ??
    (service === undefined ? practice.policies.cancellation : cancellationPolicyOf(practice, service));
  const isClient = actor.kind === "client";
  if (policy.windowMinutes === 0) return { sentences: [questionWords.cancelRule(0, isClient)] };
  const { late, feeMinor } = policy;
  const price = booking?.frozen.price ?? service?.price;
  const isKnown = late === "fee" && feeMinor > 0 && price !== undefined;
  return {
    sentences: [
      questionWords.cancelRule(policy.windowMinutes, isClient),
      isKnown
        ? questionWords.costsAfter(
            { kind: "fee", amount: { minor: feeMinor, currency: price.currency } },
            practice.locale,
          )
        : questionWords.afterThat[late](practice.contact),
    ],
  };
}

async function about(asker: Asker, asked: Asked, booking: Booking): Promise<Answer> {
  return {
    sentences: [await lineOf(asker, asked, booking)],
    ...(booking.status === "held" ? {} : { next: { to: "session", bookingId: booking.id } as const }),
  };
}

async function lineOf(asker: Asker, asked: Asked, booking: Booking): Promise<string> {
  const clocks = await clocksOf(asker, asked, booking);
  return questionWords.sessionLine(booking, await otherSide(asker, booking), clocks);
}

function noSession(asker: Asker, { span, fits, services, practitioners }: Asked): Answer {
  if (span !== undefined || fits !== undefined) return { sentences: [questionWords.noSessionThen], ...bookNext(asker) };
  const isNarrow = services.length + practitioners.length > 0;
  return { sentences: [isNarrow ? questionWords.noSuchSession : questionWords.noSession], ...bookNext(asker) };
}

import type { Booking } from "../domain/booking.ts";
import { statusNames } from "./bookings.ts";
import { byDay, clockLabels, linesOf, list, onSpan, type Span } from "./hours.ts";
import { moment, type Reader } from "./instants.ts";

/** A session and its other person, as a diary lists it. */
export interface InDiary {
  readonly booking: Booking;
  readonly other: string;
}

/** Answers about diaries, clients and requests (W9). */
export const diaryWords = {
  free: (who: string | undefined, span: Span, reader: Reader) =>
    `Yes, ${who === undefined ? "you are" : `${who} is`} free ${onSpan(span, reader)}.`,
  whichClient: "Which client do you mean? Please add the name.",
  whichOf: (names: readonly string[]) => `Which client do you mean: ${list(names, "or")}?`,
  notYourClient: "That client is not in your list.",
  notYourDiary: "Only an admin can see a colleague's sessions.",

  noSessionsIn: (span: Span, isThen: boolean, reader: Reader) =>
    `You have no ${isThen ? "such sessions" : "sessions"} ${onSpan(span, reader)}.`,
  diary: (sessions: readonly InDiary[], more: number, reader: Reader) => diaryLines(sessions, more, reader),
  count: (count: number, span: Span | undefined, reader: Reader) =>
    `${count === 0 ? "No sessions" : sessionsName(count)} ${span === undefined ? "coming up" : onSpan(span, reader)}.`,
  ofThoseOpen: (open: number, all: number) =>
    open === all ? "None is confirmed yet." : `${open} of them ${open === 1 ? "is" : "are"} not confirmed yet.`,
  has: (who: string | undefined, diary: string) =>
    `${who === undefined ? "You have" : `${who} has`} this then:\n${diary}`,
  away: (who: string | undefined, span: Span, reader: Reader) =>
    `${who === undefined ? "You have" : `${who} has`} time off ${onSpan(span, reader)}.`,
  onOffer: (who: string | undefined) =>
    `${who === undefined ? "You have" : `${who} has`} no session then, but a client is being offered that time or is booking it now.`,
  freeOutside: (who: string | undefined) =>
    who === undefined
      ? "You have no session then. It is outside your hours."
      : `${who} has no session then. It is outside their hours.`,
  emailOf: (client: string, email: string) =>
    email === "" ? `${client} has no email address here.` : `${client}: ${email}`,
  noPastSession: "You have had no session here yet.",
  noPastSessionOf: (client: string) => `${client} has had no session yet.`,
  noRequest: "No request is waiting.",
  waiting: (count: number, diary: string) =>
    `${count === 1 ? "1 request is waiting" : `${count} requests are waiting`}:\n${diary}`,
  changesWait: (count: number) =>
    count === 1 ? "1 change request is waiting." : `${count} change requests are waiting.`,
  noReplyYet: (diary: string) => `These proposed times are not answered yet:\n${diary}`,
  noReplyDue: (client: string | undefined) =>
    `No proposal of yours ${client === undefined ? "" : `to ${client} `}is waiting for an answer. Replies to messages arrive here as they are sent.`,
  notKept: "I do not keep that figure. I can tell you about sessions, requests, packages and clients.",
  noRequestOfYours: "You have no request waiting for an answer.",
  noSessionOfYours: "I find no such session or request of yours.",
  isConfirmed: ({ startsAtMs, frozen }: Booking, reader: Reader) =>
    `${frozen.publicName} on ${moment(startsAtMs, reader)} is confirmed.`,
  requestWaits: ({ startsAtMs, frozen, respondByMs }: Booking, reader: Reader) =>
    `${frozen.publicName} on ${moment(startsAtMs, reader)} is waiting for an answer${respondByMs === undefined ? "" : `, at the latest ${moment(respondByMs, reader)}`}.`,
  timesProposed: ({ startsAtMs, frozen }: Booking, reader: Reader) =>
    `For ${frozen.publicName} on ${moment(startsAtMs, reader)}, other times are proposed. Please choose one.`,
  changeWaits: ({ startsAtMs, frozen }: Booking, reader: Reader) =>
    `Your change request for ${frozen.publicName} on ${moment(startsAtMs, reader)} is waiting for an answer.`,
  noSessionOf: (client: string) => `${client} has no upcoming session.`,
  noSessionOfThen: (client: string) => `${client} has no session then.`,
} as const;

/** " (waiting for an answer)" where a session is not certain, took another course or is a draft. */
export function doubt({ status }: Booking): string {
  return status === "confirmed" || status === "completed" ? "" : ` (${statusNames[status]})`;
}

function sessionsName(count: number): string {
  return count === 1 ? "1 session" : `${count} sessions`;
}

/** One line for each session, under its day. */
function diaryLines(sessions: readonly InDiary[], more: number, reader: Reader): string {
  const lineOf = ({ booking, other }: InDiary) =>
    `– ${clockLabels(booking.startsAtMs, booking.endsAtMs, reader)} ${other}, ${booking.frozen.publicName}${doubt(booking)}`;
  const timed = sessions.map((one) => ({ ...one, startsAtMs: one.booking.startsAtMs }));
  return linesOf(
    byDay(timed, reader).flatMap(([day, ones]) => [day, ...ones.map(lineOf)]),
    more,
  );
}

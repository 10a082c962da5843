import type { Booking } from "../domain/booking.ts";
import type { Money } from "../domain/money.ts";
import type { Client, Practice, Practitioner } from "../domain/practice.ts";
import { moment, otherZoneTime, type Reader, sessionTime } from "./instants.ts";
import { methodDetail, methodFor } from "./methods.ts";
import { money } from "./money.ts";
import { paymentWords } from "./payment.ts";

export type MailKind =
  | "requested"
  | "confirmed"
  | "declined"
  | "expired"
  | "proposed"
  | "lapsed"
  | "cancelled"
  | "moved"
  /** A change request (move or late cancellation) was sent to the practitioner, or ended without a change. */
  | "wished"
  | "stays"
  | "reminder";

/** The data of a mail about a booking; `zone` is the recipient's. */
export interface MailMatter {
  readonly booking: Booking;
  readonly practice: Practice;
  readonly practitioner: Practitioner;
  readonly client: Client;
  readonly zone: string;
  /** The times proposed instead of the one that was asked for. */
  readonly proposed?: readonly { readonly startsAtMs: number; readonly endsAtMs: number }[];
  /** The client's change request for this session. */
  readonly wish?: {
    readonly kind: "move" | "cancel";
    readonly startsAtMs?: number;
    readonly endsAtMs?: number;
    readonly respondByMs: number;
    /** The practitioner did not answer before the deadline. */
    readonly isExpired: boolean;
  };
  /** What is to be paid, and where: only where it is paid after the approval. */
  readonly pay?: { readonly amount: Money; readonly url: string };
}

/** Subject and plain text of the client's mail. Neutral: the service's public name, no answers; a price only where it is to be paid. */
export function mailWords(kind: MailKind, matter: MailMatter): { subject: string; text: string } {
  const { booking, practitioner, practice, client } = matter;
  const reader = readerOf(matter);
  const what = `${booking.frozen.publicName} with ${practitioner.name}`;
  const day = moment(booking.startsAtMs, reader);
  const contact = `Questions? Reach ${practice.name} at ${practice.contact}.`;
  const letter = (...paragraphs: string[]) =>
    [`Hello ${client.name},`, ...paragraphs, contact].filter((paragraph) => paragraph !== "").join("\n\n");
  switch (kind) {
    case "requested":
      return {
        subject: `Request received: ${booking.frozen.publicName}, ${day}`,
        text: letter(
          `We have passed on your request: ${what}.`,
          details(matter),
          booking.respondByMs === undefined ? "" : `You will have an answer by ${moment(booking.respondByMs, reader)}.`,
        ),
      };
    case "confirmed":
      return {
        subject: `Confirmed: ${booking.frozen.publicName}, ${day}`,
        text: letter(
          `Your session is confirmed: ${what}.`,
          details(matter),
          booking.joinUrl === undefined ? "" : `Join: ${booking.joinUrl}`,
          payLine(matter),
          "The attached invitation adds it to your calendar.",
        ),
      };
    case "declined":
      return {
        subject: `Not possible: ${booking.frozen.publicName}, ${day}`,
        text: letter(
          `${practitioner.name} cannot take this session at the time you asked for: ${what}.`,
          details(matter),
          booking.reason === undefined ? "" : `${practitioner.name} writes: ${booking.reason}`,
          "You can choose another time in your chat.",
        ),
      };
    case "expired":
      return {
        subject: `No answer in time: ${booking.frozen.publicName}, ${day}`,
        text: letter(
          `Your request was not answered in time, so it has expired and the time is free again: ${what}.`,
          details(matter),
          "You can choose another time in your chat.",
        ),
      };
    case "proposed":
      return {
        subject: `Other times proposed: ${booking.frozen.publicName}`,
        text: letter(
          `${practitioner.name} cannot take this session at the time you asked for, and proposes other times: ${what}.`,
          (matter.proposed ?? []).map((time) => `– ${timeOf(time, matter)}`).join("\n"),
          booking.reason === undefined ? "" : `${practitioner.name} writes: ${booking.reason}`,
          booking.respondByMs === undefined
            ? ""
            : `They are held for you until ${moment(booking.respondByMs, reader)}. Accept one, or say what suits you, in your chat.`,
        ),
      };
    case "lapsed":
      return {
        subject: `Proposed times expired: ${booking.frozen.publicName}`,
        text: letter(
          `You accepted none of the times ${practitioner.name} proposed, so they are free again and your request has expired: ${what}.`,
          "You can choose another time in your chat.",
        ),
      };
    case "cancelled":
      return {
        subject: `Cancelled: ${booking.frozen.publicName}, ${day}`,
        text: letter(
          booking.cancelledBy === "client"
            ? `You have cancelled your session: ${what}.`
            : `${practitioner.name} had to cancel your session: ${what}.`,
          details(matter),
          booking.cancelledBy !== "practitioner" || booking.reason === undefined
            ? ""
            : `${practitioner.name} writes: ${booking.reason}`,
          "The attached update removes it from your calendar.",
        ),
      };
    case "moved":
      return {
        subject: `Moved: ${booking.frozen.publicName}, ${day}`,
        text: letter(
          `Your session has a new time: ${what}.`,
          details(matter),
          booking.reason === undefined ? "" : `${practitioner.name} writes: ${booking.reason}`,
          booking.joinUrl === undefined ? "" : `Join: ${booking.joinUrl}`,
          payLine(matter),
          "The attached update moves it in your calendar.",
        ),
      };
    case "wished":
      return {
        subject: `${matter.wish?.kind === "cancel" ? "Exception asked for" : "Another time asked for"}: ${booking.frozen.publicName}, ${day}`,
        text: letter(
          matter.wish?.kind === "cancel"
            ? `We have asked ${practitioner.name} for an exception, so that you can cancel your session late: ${what}.`
            : `We have asked ${practitioner.name} for another time for your session: ${what}.`,
          details(matter),
          newTime(matter),
          matter.wish === undefined
            ? ""
            : `You will have an answer by ${moment(matter.wish.respondByMs, reader)}. Until then your session stays as it is.`,
        ),
      };
    case "stays":
      return {
        subject: `Unchanged: ${booking.frozen.publicName}, ${day}`,
        text: letter(
          matter.wish?.isExpired === true
            ? `${practitioner.name} did not answer in time, so your session stays as it was: ${what}.`
            : matter.wish?.kind === "cancel"
              ? `${practitioner.name} cannot make an exception this time, so your session stays as it was: ${what}.`
              : `${practitioner.name} cannot move your session to the time you asked for, so it stays as it was: ${what}.`,
          details(matter),
        ),
      };
    case "reminder":
      return {
        subject: `Reminder: ${booking.frozen.publicName}, ${day}`,
        text: letter(
          `This is a reminder of your session: ${what}.`,
          details(matter),
          booking.joinUrl === undefined ? "" : `Join: ${booking.joinUrl}`,
        ),
      };
    default:
      return kind satisfies never;
  }
}

function newTime(matter: MailMatter): string {
  const { startsAtMs, endsAtMs } = matter.wish ?? {};
  return startsAtMs === undefined || endsAtMs === undefined
    ? ""
    : `New time: ${timeOf({ startsAtMs, endsAtMs }, matter)}`;
}

/** The link opens the desk's own page, which leads to the payment provider; reading the mail pays nothing. */
function payLine({ pay, practice }: MailMatter): string {
  return pay === undefined ? "" : paymentWords.mailDue(money(pay.amount, practice.locale), pay.url);
}

/** In person the venue's clock comes first (D7.6). */
export function readerOf({ booking, practice, zone }: Pick<MailMatter, "booking" | "practice" | "zone">): Reader {
  return { zone: booking.frozen.location?.timezone ?? zone, locale: practice.locale };
}

/** When, how and where a session is. */
export function details(matter: MailMatter, side: "client" | "practitioner" = "client"): string {
  const { method, location } = matter.booking.frozen;
  return [
    `When: ${timeOf(matter.booking, matter)}`,
    `How: ${methodFor(side, method, location)}`,
    ...(location === undefined ? [] : [`Where: ${methodDetail(method, location)}`]),
  ].join("\n");
}

/** A time in the recipient's zone and, where it differs, the other side's (D7.6). */
function timeOf(time: { startsAtMs: number; endsAtMs: number }, matter: MailMatter): string {
  const reader = readerOf(matter);
  const { practitioner, zone, booking } = matter;
  const elsewhere = booking.frozen.location === undefined ? practitioner.schedule.timezone : zone;
  const other = otherZoneTime(time, reader, elsewhere);
  return other === undefined ? sessionTime(time, reader) : `${sessionTime(time, reader)} · ${other}`;
}

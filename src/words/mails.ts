import type { Booking } from "../domain/booking.ts";
import type { Client, Practice, Practitioner } from "../domain/practice.ts";
import { moment, otherZoneTime, type Reader, sessionTime } from "./instants.ts";
import { methodDetail, methodFor } from "./methods.ts";

export type MailKind = "requested" | "confirmed" | "declined" | "expired" | "cancelled" | "moved" | "reminder";

/** Everything a mail about a booking may speak of; `zone` is the recipient's. */
export interface MailMatter {
  readonly booking: Booking;
  readonly practice: Practice;
  readonly practitioner: Practitioner;
  readonly client: Client;
  readonly zone: string;
}

/** Subject and plain text of the client's mail. Neutral: the service's public name, no answers, no price. */
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
          "The attached invitation puts it into your calendar.",
        ),
      };
    case "declined":
      return {
        subject: `Not possible: ${booking.frozen.publicName}, ${day}`,
        text: letter(
          `${practitioner.name} cannot take this session at the time you asked for: ${what}.`,
          details(matter),
          booking.reason === undefined ? "" : `${practitioner.name} writes: ${booking.reason}`,
          "Your chat has other times to choose from.",
        ),
      };
    case "expired":
      return {
        subject: `No answer in time: ${booking.frozen.publicName}, ${day}`,
        text: letter(
          `Your request was not answered in time, so it has lapsed and the time is free again: ${what}.`,
          details(matter),
          "Your chat has other times to choose from.",
        ),
      };
    case "cancelled":
      return {
        subject: `Cancelled: ${booking.frozen.publicName}, ${day}`,
        text: letter(
          booking.cancelledBy === "client"
            ? `You have cancelled your session: ${what}.`
            : `${practitioner.name} has to cancel your session: ${what}.`,
          details(matter),
          booking.cancelledBy !== "practitioner" || booking.reason === undefined
            ? ""
            : `${practitioner.name} writes: ${booking.reason}`,
          "The attached update takes it out of your calendar.",
        ),
      };
    case "moved":
      return {
        subject: `Moved: ${booking.frozen.publicName}, ${day}`,
        text: letter(
          `Your session has a new time: ${what}.`,
          details(matter),
          booking.joinUrl === undefined ? "" : `Join: ${booking.joinUrl}`,
          "The attached update moves it in your calendar.",
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

/** Subject and text of the mail to a practitioner: a request they have not answered in chat, or a session made without them. */
export function practitionerMailWords(matter: MailMatter): { subject: string; text: string } {
  const { booking, practitioner, client } = matter;
  const reader = readerOf(matter);
  const confirmed = booking.status === "confirmed";
  return {
    subject: `${confirmed ? "A new session" : "A request is waiting"}: ${moment(booking.startsAtMs, reader)}`,
    text: [
      `Hello ${practitioner.name},`,
      `${client.name} ${confirmed ? "booked" : "asks for"} a session: ${booking.frozen.publicName}.`,
      details(matter, "practitioner"),
      confirmed || booking.respondByMs === undefined
        ? ""
        : `Please answer in your chat with the desk by ${moment(booking.respondByMs, reader)}.`,
    ]
      .filter((paragraph) => paragraph !== "")
      .join("\n\n"),
  };
}

/** In person the venue's clock comes first (D7.6). */
function readerOf({ booking, practice, zone }: MailMatter): Reader {
  return { zone: booking.frozen.location?.timezone ?? zone, locale: practice.locale };
}

function details(matter: MailMatter, side: "client" | "practitioner" = "client"): string {
  const { booking, practitioner, zone } = matter;
  const { method, location } = booking.frozen;
  const reader = readerOf(matter);
  const other = otherZoneTime(booking, reader, location === undefined ? practitioner.schedule.timezone : zone);
  return [
    `When: ${sessionTime(booking, reader)}${other === undefined ? "" : ` · ${other}`}`,
    `How: ${methodFor(side, method, location)}`,
    ...(location === undefined ? [] : [`Where: ${methodDetail(method, location)}`]),
  ].join("\n");
}

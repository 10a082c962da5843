import { moment } from "./instants.ts";
import { details, type MailMatter, readerOf } from "./mails.ts";

/** Subject and text of the mail to a practitioner: a request they have not answered in chat, or a session made without them. */
export function practitionerMailWords(matter: MailMatter): { subject: string; text: string } {
  const { booking, client } = matter;
  const reader = readerOf(matter);
  const confirmed = booking.status === "confirmed";
  return letter(
    matter,
    `${confirmed ? "A new session" : "A request is waiting"}: ${moment(booking.startsAtMs, reader)}`,
    `${client.name} ${confirmed ? "booked" : "asks for"} a session: ${booking.frozen.publicName}.`,
    confirmed || booking.respondByMs === undefined ? "" : answerBy(booking.respondByMs, matter),
  );
}

/** What happened to a session of theirs. */
export type PractitionerNews =
  | { readonly kind: "cancelled" }
  | { readonly kind: "moved"; readonly beforeMs: number }
  /** The client asks for another time, `toMs`, or, without one, to cancel late. */
  | { readonly kind: "change-asked"; readonly toMs?: number | undefined; readonly respondByMs: number };

/** Subject and text of the fallback mail to a practitioner without a reachable chat, about what `by` did. It quotes no reason or message (D7.5). */
export function practitionerNewsWords(
  news: PractitionerNews,
  by: string,
  matter: MailMatter,
): { subject: string; text: string } {
  const { booking } = matter;
  const reader = readerOf(matter);
  const what = booking.frozen.publicName;
  const when = moment(booking.startsAtMs, reader);
  switch (news.kind) {
    case "cancelled":
      return letter(matter, `Cancelled: ${when}`, `${by} has cancelled a session: ${what}.`, "The time is free again.");
    case "moved":
      return letter(
        matter,
        `Moved: ${when}`,
        `${by} has moved a session: ${what}.`,
        `It was on ${moment(news.beforeMs, reader)} before.`,
      );
    case "change-asked":
      return news.toMs === undefined
        ? letter(
            matter,
            `A late cancellation is asked for: ${when}`,
            `${by} asks to cancel a session late: ${what}.`,
            answerBy(news.respondByMs, matter),
          )
        : letter(
            matter,
            `Another time is asked for: ${when}`,
            `${by} asks to move a session to ${moment(news.toMs, reader)}: ${what}.`,
            `${answerBy(news.respondByMs, matter)} Until then both times are held.`,
          );
    default:
      return news satisfies never;
  }
}

function answerBy(untilMs: number, matter: MailMatter): string {
  return `Please answer in your chat with the desk by ${moment(untilMs, readerOf(matter))}.`;
}

function letter(matter: MailMatter, subject: string, what: string, after: string): { subject: string; text: string } {
  const paragraphs = [`Hello ${matter.practitioner.name},`, what, details(matter, "practitioner"), after];
  return { subject, text: paragraphs.filter((paragraph) => paragraph !== "").join("\n\n") };
}

import { ICalAttendeeStatus, ICalCalendar, ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import type { Invitation } from "../../src/ports/mailer.ts";
import { cleanLine, cleanText } from "./clean.ts";

/**
 * The .ics text of an invitation or its cancellation (RFC 5545, iTIP RFC 5546): one VEVENT with UTC instants, which need
 * no VTIMEZONE and are unambiguous for every client. `from` is the desk's address when the booking was made: mail programs
 * match an update to its event by UID and organiser, so neither may change with MAIL_FROM (V8). Ends in CRLF.
 */
export function icsOf(invitation: Invitation, from: { readonly address: string; readonly domain: string }): string {
  const cancelled = invitation.method === "CANCEL";
  const calendar = new ICalCalendar({
    prodId: "//Frontdesk//Frontdesk//EN",
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  const location = cleanLine(invitation.location ?? "", longest.location);
  calendar.createEvent({
    id: `${invitation.uid}@${from.domain}`,
    sequence: invitation.sequence,
    stamp: new Date(invitation.revisedAtMs),
    start: new Date(invitation.startsAtMs),
    end: new Date(invitation.endsAtMs),
    summary: cleanLine(invitation.title, longest.title),
    description: cleanText(invitation.description, longest.description),
    ...(location === "" ? {} : { location }),
    organizer: { name: commonName(invitation.organizerName), email: from.address },
    attendees: [
      {
        name: commonName(invitation.attendee.name) || invitation.attendee.address,
        email: invitation.attendee.address,
        status: ICalAttendeeStatus.ACCEPTED,
        rsvp: false,
      },
    ],
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return `${calendar.toString()}\r\n`;
}

const longest = { title: 200, name: 100, location: 300, description: 4_000 };

/** A CN cannot contain a quote. Parsers disagree on its escape (RFC 6868) and on backslashes, so both are replaced. */
function commonName(name: string): string {
  return cleanLine(name, longest.name).replaceAll('"', "'").replaceAll("\\", "/").replaceAll("^", "");
}

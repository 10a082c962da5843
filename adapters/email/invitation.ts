import { ICalAttendeeStatus, ICalCalendar, ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import type { Invitation } from "../../src/ports/mailer.ts";
import { cleanLine, cleanText } from "./clean.ts";

/**
 * The .ics text of an invitation or its withdrawal (RFC 5545, iTIP RFC 5546): one VEVENT in UTC instants, so that
 * no VTIMEZONE is needed and no client can disagree about it. `from` is the desk's own address: the organiser must
 * be the sender, or mail programs refuse the invitation. Ends in CRLF.
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

/** A CN cannot hold a quote; readers differ over its escape (RFC 6868) and over backslashes, so none of them is used. */
function commonName(name: string): string {
  return cleanLine(name, longest.name).replaceAll('"', "'").replaceAll("\\", "/").replaceAll("^", "");
}

import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { icsOf } from "../../../adapters/email/invitation.ts";
import type { Invitation } from "../../../src/ports/mailer.ts";
import { from, invitation } from "./mails.ts";

const sender = { address: from.address, domain: "harbour.example" };

function read(changes: Partial<Invitation>) {
  const text = icsOf(invitation(changes), sender);
  const calendar = new ICAL.Component(ICAL.parse(text));
  const component = calendar.getFirstSubcomponent("vevent");
  if (component === null) throw new Error("no VEVENT");
  return { text, calendar, component, event: new ICAL.Event(component) };
}

describe("an invitation", () => {
  test.each([
    ["in Lisbon's summer (UTC+1)", "2026-07-14T15:00:00+01:00", "20260714T140000Z"],
    ["in Lisbon's winter (UTC)", "2026-12-15T15:00:00+00:00", "20261215T150000Z"],
    ["in the hour that occurs twice, second time", "2026-10-25T01:30:00+00:00", "20261025T013000Z"],
  ])("has the instant of a session %s", (_, iso, utc) => {
    const startsAtMs = Date.parse(iso);
    const { text, event } = read({ startsAtMs, endsAtMs: startsAtMs + 3_600_000 });
    expect(text).toContain(`DTSTART:${utc}\r\n`);
    expect(event.startDate.toJSDate().getTime()).toBe(startsAtMs);
    expect(event.endDate.toJSDate().getTime()).toBe(startsAtMs + 3_600_000);
    expect(text).not.toMatch(/VTIMEZONE|TZID|RRULE/);
  });

  test("keeps its UID over revisions while SEQUENCE and DTSTAMP grow (V8)", () => {
    const first = read({ sequence: 0 });
    const moved = read({
      sequence: 1,
      revisedAtMs: Date.parse("2026-07-02T09:00:00Z"),
      startsAtMs: Date.parse("2026-07-15T14:00:00Z"),
      endsAtMs: Date.parse("2026-07-15T15:00:00Z"),
    });
    expect([first.event.uid, moved.event.uid]).toEqual(["bk_1@harbour.example", "bk_1@harbour.example"]);
    expect([first.event.sequence, moved.event.sequence]).toEqual([0, 1]);
    expect(first.text).toContain("DTSTAMP:20260701T080000Z");
    expect(moved.text).toContain("DTSTAMP:20260702T090000Z");
  });

  test("requests no reply: REQUEST, organised by the sender under the practitioner's name, already accepted", () => {
    const { calendar, component } = read({});
    expect(calendar.getFirstPropertyValue("method")).toBe("REQUEST");
    expect(component.getFirstPropertyValue("status")).toBe("CONFIRMED");
    const organizer = component.getFirstProperty("organizer");
    expect(organizer?.getFirstValue()).toBe("mailto:desk@harbour.example");
    expect(organizer?.getFirstParameter("cn")).toBe("Dr Maya Lee");
    const attendees = component.getAllProperties("attendee");
    expect(attendees).toHaveLength(1);
    expect(String(attendees[0]?.getFirstValue()).toLowerCase()).toBe("mailto:ana@example.com");
    expect(attendees[0]?.getFirstParameter("partstat")).toBe("ACCEPTED");
    expect(attendees[0]?.getFirstParameter("rsvp")).toBe("FALSE");
  });

  test("has its link in the description, on separate lines, and its location if there is one", () => {
    const { event, component } = read({ location: "Cais 4, Lisboa" });
    expect(event.description).toBe("First visit with Dr Maya Lee\nhttps://meet.harbour.example/room-1");
    expect(event.location).toBe("Cais 4, Lisboa");
    expect(component.getFirstProperty("url")).toBeNull();
    expect(read({}).component.getFirstProperty("location")).toBeNull();
  });

  test("when cancelled is CANCEL with STATUS:CANCELLED for the same UID and the next SEQUENCE (V8)", () => {
    const { calendar, component, event } = read({ method: "CANCEL", sequence: 2 });
    expect(calendar.getFirstPropertyValue("method")).toBe("CANCEL");
    expect(component.getFirstPropertyValue("status")).toBe("CANCELLED");
    expect([event.uid, event.sequence]).toEqual(["bk_1@harbour.example", 2]);
  });

  test("follows RFC 5545: CRLF on every line, at most 75 octets per line", () => {
    const { text } = read({ title: "Ernährung 👩‍⚕️ ".repeat(12), organizerName: "名前".repeat(40) });
    expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });

  test.each([
    ["quotes, semicolons and commas", 'Dr "Maya"; Lee, MD: x', "Dr 'Maya'; Lee, MD: x"],
    ["a forged line", "Maya\r\nATTENDEE:mailto:all@example.com", "Maya ATTENDEE:mailto:all@example.com"],
    ["a forged line behind a backslash", "Maya\\nATTENDEE:x\\", "Maya/nATTENDEE:x/"],
    ["text with direction marks", "\u202EMaya", "Maya"],
    ["emoji", "Maya 👩‍⚕️", "Maya 👩‍⚕️"],
    ["ten thousand letters", "M".repeat(10_000), `${"M".repeat(99)}…`],
  ])("survives hostile names: %s", (_, name, kept) => {
    const { component, event, text } = read({
      organizerName: name,
      title: name.slice(0, 90),
      attendee: { name, address: "ana@example.com" },
    });
    expect(component.getFirstProperty("organizer")?.getFirstParameter("cn")).toBe(kept);
    expect(component.getAllProperties("attendee")).toHaveLength(1);
    expect(event.summary.slice(0, 4)).toBe(kept.slice(0, 4) === "Dr '" ? 'Dr "' : kept.slice(0, 4));
    expect(text).not.toMatch(/^ATTENDEE:/m);
  });
});

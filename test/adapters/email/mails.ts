import type { Invitation, Mail } from "../../../src/ports/mailer.ts";

/** Ana's confirmed first visit with Maya: Tuesday 14 July 2026, 15:00–16:00 in Lisbon (UTC+1). */
export function invitation(changes: Partial<Invitation> = {}): Invitation {
  return {
    method: "REQUEST",
    uid: "bk_1",
    sequence: 0,
    revisedAtMs: Date.parse("2026-07-01T08:00:00Z"),
    startsAtMs: Date.parse("2026-07-14T15:00:00+01:00"),
    endsAtMs: Date.parse("2026-07-14T16:00:00+01:00"),
    title: "First visit",
    description: "First visit with Dr Maya Lee\nhttps://meet.harbour.example/room-1",
    organizerName: "Dr Maya Lee",
    attendee: { name: "Ana Alves", address: "ana@example.com" },
    ...changes,
  };
}

/** The mail that carries it. */
export function mail(changes: Partial<Mail> = {}): Mail {
  return {
    practiceId: "harbour",
    bookingId: "bk_1",
    to: { name: "Ana Alves", address: "ana@example.com" },
    from: { name: "Harbour Wellness" },
    replyTo: "hello@harbour.example",
    subject: "Confirmed: First visit, Tue 14 Jul 15:00",
    text: "Your session is confirmed.\n\nJoin: https://meet.harbour.example/room-1",
    messageKey: "bk_1:confirmed:0",
    ...changes,
  };
}

/** The sender of the desk under test. */
export const from = { name: "Frontdesk", address: "desk@harbour.example" };

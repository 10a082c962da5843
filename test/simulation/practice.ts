import type { Platform } from "../../src/ports/messenger.ts";

/**
 * The simulated practice. Few times in few days, so that people compete for them: Tuesday and Wednesday, two starts a
 * day, three days ahead. One package, a service on request, one that is paid and
 * confirms itself, one of two practitioners that is paid after the approval.
 */
export const simulatedPractice = `
practice: { id: quay, name: Quay Practice, timezone: Europe/Lisbon, locale: en-GB, contact: hello@quay.example }
policies:
  minimumNoticeMinutes: 120
  incrementMinutes: 60
  horizonDays: 4
practitioners:
  - { id: maya, name: Maya Lee, email: maya@quay.example, timezone: Europe/Lisbon, chat: [{ page: maya }], hours: [{ days: [mon, tue, wed, thu, fri], from: "09:00", to: "11:00" }] }
  - { id: jonas, name: Jonas Weber, email: jonas@quay.example, timezone: America/New_York, admin: true, chat: [{ page: jonas }], hours: [{ days: [tue, wed, thu], from: "04:00", to: "06:00" }] }
services:
  - { id: talk, name: Private talk, publicName: Talk, durationMinutes: 60, methods: [{ kind: video, url: "https://meet.quay.example/{room}" }], practitioners: [maya], confirmation: request }
  - { id: duo, name: Private duo, publicName: Duo, durationMinutes: 60, price: { minor: 9000, currency: EUR }, payment: after_approval, methods: [{ kind: phone, caller: practitioner }], practitioners: [maya, jonas], confirmation: request }
  - { id: quick, name: Private quick, publicName: Quick, durationMinutes: 60, price: { minor: 7000, currency: EUR }, payment: at_request, methods: [{ kind: video, url: "https://meet.quay.example/{room}" }], practitioners: [maya], confirmation: auto }
packages:
  - { id: three, name: Three talks, items: [{ service: talk, sessions: 3 }], expiresAfterDays: 60 }
clients:
  - { id: ana, name: Ana Alves, email: ana@example.com, timezone: Europe/Lisbon, chat: [{ page: ana }], packages: [{ template: three, startsOn: 2026-03-01 }] }
  - { id: ben, name: Ben Okoro, email: ben@example.com, timezone: Asia/Kolkata, chat: [{ page: ben }] }
  - { id: cleo, name: Cleo Marsh, email: cleo@example.com, timezone: Australia/Lord_Howe, chat: [{ page: cleo }] }
`;

/** The people, and where each of them chats. */
export const people = [
  { user: "ana", role: "client", platform: "slack" },
  { user: "ben", role: "client", platform: "teams" },
  { user: "cleo", role: "client", platform: "page" },
  { user: "maya", role: "practitioner", platform: "slack" },
  { user: "jonas", role: "practitioner", platform: "teams" },
] as const satisfies readonly { user: string; role: "client" | "practitioner"; platform: Platform }[];

export type Person = (typeof people)[number];

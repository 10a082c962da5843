import type { NewClaim } from "../../db/repositories/claims.ts";
import type { ClaimLimit, NewOutboxRow } from "../../db/repositories/outbox.ts";
import type { Talk } from "../../db/repositories/talks.ts";
import type { Store } from "../../db/store.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { defaultPolicies } from "../../src/domain/policy.ts";
import type { Client, Practice, Practitioner, Schedule, Service } from "../../src/domain/practice.ts";
import type { Address } from "../../src/ports/messenger.ts";
import { services } from "../../src/ports/services.ts";
import { instant } from "./clock.ts";

const schedule: Schedule = {
  timezone: "Europe/Lisbon",
  hours: [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "17:00", everyWeeks: 1 }],
  overrides: [],
  outOfOffice: [],
  limits: {},
};

/** Ana's chat on the page. */
export const anasPage: Address = { platform: "page", workspace: "local", user: "ana" };

/** Harbour Wellness in Lisbon. */
export function aPractice(but: Partial<Practice> = {}): Practice {
  return {
    id: "harbour",
    name: "Harbour Wellness",
    timezone: "Europe/Lisbon",
    locale: "en-GB",
    contact: "hello@harbour.example",
    weekStartsOn: "mon",
    policies: defaultPolicies,
    ...but,
  };
}

/** Dr Maya Lee of Harbour. */
export function aPractitioner(but: Partial<Practitioner> = {}): Practitioner {
  return {
    id: "maya",
    practiceId: "harbour",
    name: "Dr Maya Lee",
    email: "maya@harbour.example",
    admin: false,
    position: 0,
    schedule,
    ...but,
  };
}

/** Ana Alves, a client of Harbour. */
export function aClient(but: Partial<Client> = {}): Client {
  return {
    id: "ana",
    practiceId: "harbour",
    name: "Ana Alves",
    email: "ana@example.com",
    state: "active",
    ...but,
  };
}

/** Maya's first visit: an hour by video, on request. */
export function aService(but: Partial<Service> = {}): Service {
  return {
    id: "first-visit",
    practiceId: "harbour",
    name: "Nutrition first visit",
    publicName: "First visit",
    position: 0,
    durationMinutes: 60,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 10,
    methods: [{ kind: "video", url: "https://meet.harbour.example/{room}" }],
    practitionerIds: ["maya"],
    confirmation: "request",
    visibility: "listed",
    eligibility: "both",
    payment: "none",
    policies: {},
    ...but,
  };
}

/** Ana's first visit with Maya, held: Tuesday 3 March 2026, 10:00–11:00 in Lisbon. */
export function aBooking(but: Partial<Booking> = {}): Booking {
  return {
    id: "bk_1",
    practiceId: "harbour",
    clientId: "ana",
    practitionerId: "maya",
    serviceId: "first-visit",
    status: "held",
    version: 1,
    sequence: 0,
    startsAtMs: instant("2026-03-03T10:00:00Z"),
    endsAtMs: instant("2026-03-03T11:00:00Z"),
    frozen: {
      name: "Nutrition first visit",
      publicName: "First visit",
      durationMinutes: 60,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 10,
      method: { kind: "video", url: "https://meet.harbour.example/{room}" },
      confirmation: "request",
      cancellation: defaultPolicies.cancellation,
      respondWithinMinutes: 1440,
    },
    createdAtMs: instant("2026-03-02T08:00:00Z"),
    ...but,
  };
}

/** The session claim of `aBooking`. */
export function aClaim(but: Partial<NewClaim> = {}): NewClaim {
  return {
    practiceId: "harbour",
    practitionerId: "maya",
    bookingId: "bk_1",
    kind: "session",
    startsAtMs: instant("2026-03-03T10:00:00Z"),
    endsAtMs: instant("2026-03-03T11:00:00Z"),
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 10,
    ...but,
  };
}

/** Ana's talk of the flow `book`, showing its first card. */
export function aTalk(but: Partial<Talk> = {}): Talk {
  return {
    id: "tk_1",
    practiceId: "harbour",
    flow: "book",
    version: 1,
    address: anasPage,
    role: "client",
    personId: "ana",
    revision: 1,
    snapshot: "{}",
    card: { summary: "Which service?", parts: [] },
    ended: false,
    cardOrder: 1,
    updatedAtMs: instant("2026-03-02T08:00:00Z"),
    ...but,
  };
}

/** A card on its way to Ana. */
/** Room for this many rows of each service. */
export function roomFor(limit: number): readonly ClaimLimit[] {
  return services.map((service) => ({ service, limit }));
}

/** When the first row of any service is due. */
export async function nextRowAtMs({ read }: Pick<Store, "read">): Promise<number | undefined> {
  const due = Object.values(await read.outbox.nextDueAtMs());
  return due.length === 0 ? undefined : Math.min(...due);
}

export function anOutboxRow(but: Partial<NewOutboxRow> & { readonly id: string }): NewOutboxRow {
  return {
    practiceId: "harbour",
    kind: "card",
    service: "page",
    lane: "page:local:ana",
    talkId: "tk_1",
    dedupeKey: but.id,
    payload: "{}",
    queuedAtMs: 1_000,
    ...but,
  };
}

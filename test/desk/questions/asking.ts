import type { Actor } from "../../../src/desk/actor.ts";
import { answerQuestion } from "../../../src/desk/questions/answer.ts";
import type { Answer, Asked, Topic } from "../../../src/desk/questions/asked.ts";
import type { Booking } from "../../../src/domain/booking.ts";
import { instant } from "../../support/clock.ts";
import type { TestDesk } from "../../support/desk.ts";
import { aBooking } from "../../support/records.ts";
import { asClient, asPractitioner, inDesk, openQuay, quay } from "../quay.ts";

/** The quay with an admin, a service whose methods differ in price and length, a package and irregular hours. */
export const library = quay
  .replace(
    "incrementMinutes: 60",
    "incrementMinutes: 60\n  cancellation: { windowMinutes: 1440, late: fee, feeMinor: 2000 }",
  )
  .replace(
    "services:\n",
    `  - { id: ada, name: Ada Hall, email: ada@quay.example, admin: true, timezone: America/New_York, chat: [{ page: ada }], hours: [{ days: [sat], from: "10:00", to: "13:00", everyWeeks: 2, since: 2026-03-07 }, { days: [mon], from: "22:00", to: "24:00" }], overrides: [{ date: 2026-03-09, hours: [] }], outOfOffice: [{ from: "2026-03-16T00:00", to: "2026-03-17T00:00", message: "I am at a course." }] }
services:
  - { id: mixed, name: Private mixed, publicName: Mixed, durationMinutes: 50, price: { minor: 9000, currency: EUR }, methods: [{ kind: in_person, location: pier }, { kind: phone, caller: client, durationMinutes: 30, price: { minor: 6000, currency: EUR } }], practitioners: [maya], confirmation: request }
  - { id: secret, name: Private secret, publicName: Secret, durationMinutes: 60, price: { minor: 1000, currency: EUR }, methods: [{ kind: chat }], practitioners: [maya], confirmation: request, visibility: unlisted }
`,
  )
  .replace(
    "forms:\n",
    "packages:\n  - { id: trio, name: Trio, items: [{ service: mixed, sessions: 2 }, { service: visit, sessions: 1 }] }\nforms:\n",
  )
  .replace("chat: [{ page: ana }] }", "chat: [{ page: ana }], packages: [{ template: trio, startsOn: 2026-03-02 }] }");

export const ana = asClient("ana");
export const ben = asClient("ben");
export const maya = asPractitioner("maya");
export const jonas = asPractitioner("jonas");
export const ada = asPractitioner("ada", { admin: true });

export function openLibrary(yaml = library, now = "2026-03-02T08:00+00:00"): Promise<TestDesk> {
  return openQuay({ practice: yaml, now });
}

/** Adds a confirmed hour of Talk, by default Ana's with Maya. */
export async function addSession(desk: TestDesk, startsAt: string, but: Partial<Booking> = {}): Promise<Booking> {
  const startsAtMs = instant(startsAt);
  const base = aBooking();
  const booking: Booking = {
    ...base,
    id: `bk_${startsAtMs}_${but.clientId ?? "ana"}`,
    practiceId: "quay",
    serviceId: "talk",
    status: "confirmed",
    startsAtMs,
    endsAtMs: startsAtMs + 3_600_000,
    ...but,
    frozen: { ...base.frozen, publicName: "Talk", ...but.frozen },
  };
  await desk.store.transaction((books) => books.bookings.add(booking));
  return booking;
}

export type Asking = Partial<Omit<Asked, "about">> & { readonly takesPayments?: boolean };

/** Asks as the conversation does; by default the asker reads in Lisbon's zone. */
export async function ask(
  desk: TestDesk,
  actor: Actor,
  about: Topic,
  { takesPayments = false, ...asking }: Asking = {},
  readerZone = "Europe/Lisbon",
): Promise<Answer> {
  const practice = await desk.store.read.practices.get("quay");
  return inDesk(desk, (at) =>
    answerQuestion(
      { ...at, takesPayments, actor, practice, reader: { zone: readerZone, locale: practice.locale } },
      { about, services: [], practitioners: [], clients: [], methods: [], subject: {}, ...asking },
    ),
  );
}

/** The sentences of an answer as one text. */
export async function told(...question: Parameters<typeof ask>): Promise<string> {
  return (await ask(...question)).sentences.join(" ");
}

/** A span between two instants. */
export function between(from: string, to: string): { readonly fromMs: number; readonly toMs: number } {
  return { fromMs: instant(from), toMs: instant(to) };
}

import { type CardEvent, eventButtons, type SecretRef } from "../../src/cards/card.ts";
import type { Actor } from "../../src/desk/actor.ts";
import type { Desk } from "../../src/desk/desk.ts";
import { type ImportReport, importPractice } from "../../src/desk/practice/import-practice.ts";
import { type Booking, bookingStatuses } from "../../src/domain/booking.ts";
import { toDomain } from "../../src/practice-file/plan.ts";
import { readPracticeFile } from "../../src/practice-file/read.ts";
import { openTestDesk, type TestDesk, type TestDeskOptions } from "../support/desk.ts";

/**
 * A practice made for these tests. Maya (no admin) and Jonas work Monday to Friday 09:00–12:00 in Lisbon, a start each
 * hour, two hours' notice. `Talk` is Maya's, on request; `Duo` is given by both; `Quick` is confirmed automatically;
 * `Visit` has a form.
 */
export const quay = `
practice: { id: quay, name: Quay Practice, timezone: Europe/Lisbon, locale: en-GB, contact: hello@quay.example }
policies:
  minimumNoticeMinutes: 120
  incrementMinutes: 60
locations:
  - { id: pier, name: Pier rooms, address: "Cais 1, Lisboa", timezone: Europe/Lisbon }
practitioners:
  - { id: maya, name: Maya Lee, email: maya@quay.example, timezone: Europe/Lisbon, chat: [{ page: maya }], hours: [{ days: [mon, tue, wed, thu, fri], from: "09:00", to: "12:00" }] }
  - { id: jonas, name: Jonas Weber, email: jonas@quay.example, timezone: Europe/Lisbon, chat: [{ page: jonas }], hours: [{ days: [mon, tue, wed, thu, fri], from: "09:00", to: "12:00" }] }
services:
  - { id: talk, name: Private talk, publicName: Talk, durationMinutes: 60, methods: [{ kind: video, url: "https://meet.quay.example/{room}" }], practitioners: [maya], confirmation: request }
  - { id: duo, name: Private duo, publicName: Duo, durationMinutes: 60, methods: [{ kind: phone, caller: practitioner }], practitioners: [maya, jonas], confirmation: request }
  - { id: quick, name: Private quick, publicName: Quick, durationMinutes: 60, methods: [{ kind: video, url: "https://meet.quay.example/{room}" }], practitioners: [maya], confirmation: auto }
  - { id: visit, name: Private visit, publicName: Visit, durationMinutes: 60, price: { minor: 9000, currency: EUR }, methods: [{ kind: in_person, location: pier }], practitioners: [maya], confirmation: request, form: intake, terms: rules }
forms:
  - id: intake
    questions:
      - { id: goal, label: Your goal, type: long_text, required: true, sensitive: true }
      - { id: diet, label: Your diet, type: choice, options: [None, Other], required: true }
      - { id: which-diet, label: Which diet, type: short_text, sensitive: false, shownIf: { question: diet, is: Other } }
terms:
  - { id: rules, version: "2026-01", text: "Please cancel at least 24 hours before." }
clients:
  - { id: ana, name: Ana Alves, email: ana@example.com, timezone: Europe/Lisbon, chat: [{ page: ana }] }
  - { id: ben, name: Ben Okoro, email: ben@example.com, timezone: America/New_York, chat: [{ page: ben }] }
  - { id: cleo, name: Cleo Marsh, email: cleo@example.com }
`;

/** Monday, 08:00 in Lisbon, which is UTC all March but its last Sunday. */
const monday = "2026-03-02T08:00+00:00";

/** The desk of the practice above, by default on that Monday. */
export function openQuay(options: Partial<TestDeskOptions> = {}): Promise<TestDesk> {
  return openTestDesk({ now: monday, practice: quay, ...options });
}

/** The choices before Confirm & book: `days` as the strip shows them, `time` as its button reads. */
export interface Wish {
  readonly service: string;
  readonly with?: string;
  readonly day?: string;
  readonly time: string;
}

/** Goes up to the held time. */
export async function hold(desk: TestDesk, user: string, wish: Wish): Promise<void> {
  await desk.say(user, "book");
  await desk.press(user, wish.service);
  if (wish.with !== undefined) await desk.press(user, wish.with);
  if (wish.day !== undefined) await desk.press(user, wish.day);
  await desk.press(user, wish.time);
}

/** Holds a time and sends the request; returns the booking. */
export async function request(desk: TestDesk, user: string, wish: Wish): Promise<Booking> {
  const asked = async () => (await bookingsOf(desk, user)).filter(({ status }) => status !== "held");
  const before = new Set((await asked()).map(({ id }) => id));
  await hold(desk, user, wish);
  await desk.press(user, "Confirm & book");
  const booking = (await asked()).find(({ id }) => !before.has(id));
  if (booking === undefined) throw new Error(`${user} has requested nothing`);
  return booking;
}

/** Every booking of a client of the practice, by start. */
export function bookingsOf(desk: TestDesk, client: string, practiceId = "quay"): Promise<readonly Booking[]> {
  return desk.store.read.bookings.listForClient(practiceId, client, { statuses: bookingStatuses, order: "asc" });
}

/** One booking as it is in the books now. */
export async function reread(desk: TestDesk, booking: Booking): Promise<Booking> {
  return desk.store.read.bookings.get(booking.practiceId, booking.id);
}

/** The text of a card: title, texts, facts, hints. */
export function wordsOn(card: ReturnType<TestDesk["newest"]>): string {
  return [
    card.title ?? "",
    ...card.parts.flatMap((part) => {
      if (part.type === "text" || part.type === "hint") return [part.text];
      if (part.type === "facts") return part.facts.map((fact) => `${fact.label}: ${fact.value}`);
      return [];
    }),
  ].join("\n");
}

/** The titles of a card's event buttons, in reading order. */
export function buttonsOn(card: ReturnType<TestDesk["newest"]>): readonly string[] {
  return card.parts.flatMap((part) =>
    part.type === "buttons" ? part.buttons.map((one) => one.label) : part.type === "inputs" ? [part.submit.label] : [],
  );
}

const connections = new WeakMap<TestDesk, ReturnType<TestDesk["store"]["raw"]>>();

/** Runs a function with one connection to the database, beside the desk. */
function raw(desk: TestDesk): ReturnType<TestDesk["store"]["raw"]> {
  const connection = connections.get(desk) ?? desk.store.raw();
  connections.set(desk, connection);
  return connection;
}

/** The table's rows, read beside the desk. */
export function rows(desk: TestDesk, table: string): readonly Record<string, unknown>[] {
  return raw(desk).prepare(`select * from ${table}`).all() as Record<string, unknown>[]; // better-sqlite3 says unknown
}

/** Imports another version of the practice file into the open desk. */
export async function importAgain(desk: TestDesk, yaml: string): Promise<ImportReport> {
  const read = readPracticeFile(yaml);
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
  return desk.store.transaction((books) => importPractice(books, toDomain(read.file), desk.clock.now()));
}

/** A press stored in a chat, which any person may send. */
export interface LyingPress {
  readonly label: string;
  readonly talkId: string;
  readonly revision: number;
  readonly event: CardEvent;
}

/** Every press that a person's chat offers now, the newest message last. */
export function pressesIn(desk: TestDesk, user: string): readonly LyingPress[] {
  return desk
    .chat(user)
    .flatMap(({ talkId, revision, card }) =>
      eventButtons(card).map(({ label, action }) => ({ label, talkId, revision, event: action.event })),
    );
}

/** The newest press with that title. */
export function pressOn(desk: TestDesk, user: string, label: string): LyingPress {
  const press = pressesIn(desk, user).findLast((one) => one.label === label);
  if (press === undefined) throw new Error(`${user} sees no button “${label}”`);
  return press;
}

/** Everything in the books, table by table, as one text each. */
export function dump(desk: TestDesk): Readonly<Record<string, string>> {
  const books = raw(desk);
  const names = books.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[]; // names are texts
  return Object.fromEntries(
    names.map((name) => [name, JSON.stringify(books.prepare(`select * from "${name}"`).all())]),
  );
}

/** The title of a person's newest message. */
export function titleOf(desk: TestDesk, user: string): string | undefined {
  return desk.newest(user).title;
}

/** Calls the desk's functions as flows do; the clock may differ from the desk's. */
export function inDesk<Result>(
  desk: TestDesk,
  work: (inside: Desk) => Promise<Result>,
  nowMs = desk.clock.now(),
): Promise<Result> {
  return desk.store.transaction((books) =>
    work({ books, nowMs, realNowMs: desk.clock.realNow(), publicUrl: "http://localhost:3000", platforms: ["page"] }),
  );
}

/** A client of the practice as an actor of the desk's functions. */
export function asClient(clientId: string, practiceId = "quay"): Actor {
  return { kind: "client", practiceId, clientId, place: `page:local:${clientId}` };
}

/** A practitioner of the practice as an actor, by default without admin rights. */
export function asPractitioner(practitionerId: string, { admin = false, practiceId = "quay" } = {}): Actor {
  return { kind: "practitioner", practiceId, practitionerId, admin, place: `page:local:${practitionerId}` };
}

/** The quay with another form for `Visit`. */
export function withQuestions(...questions: readonly string[]): string {
  const list = questions.map((question) => `      - ${question}\n`).join("");
  return quay.replace(/questions:\n( {6}- .*\n)+/, `questions:\n${list}`);
}

/** The ids of the questions a person's newest card asks. */
export function asked(desk: TestDesk, user = "ana"): readonly string[] {
  return desk.newest(user).parts.flatMap((part) => (part.type === "inputs" ? part.inputs.map(({ id }) => id) : []));
}

/** A client's answers in the draft being filled in, by question. */
export async function answersOf(desk: TestDesk, client = "ana"): Promise<Record<string, unknown>> {
  const [booking] = (await bookingsOf(desk, client)).filter(({ status }) => status === "held");
  const answers = await desk.store.read.answers.list("quay", booking?.id ?? "");
  return Object.fromEntries(answers.map(({ questionId, value }) => [questionId, value]));
}

/** The token of a link, as the desk seals it for its sender. */
export async function tokenOf({ store }: TestDesk, link: SecretRef | undefined): Promise<string> {
  const [practiceId = "", ref = ""] = link?.ref.split("/") ?? [];
  return (await store.read.secrets.find({ practiceId, kind: link?.link ?? "", ref })) ?? "";
}

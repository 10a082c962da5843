import { readFileSync } from "node:fs";
import { flows } from "../../flows/index.ts";
import type { TalkName } from "../../src/cards/talks.ts";
import { consentIn } from "../../src/conversation/hear.ts";
import { typedPress } from "../../src/conversation/typed-press.ts";
import { given } from "../../src/given.ts";
import { read } from "../../src/language/reading.ts";
import { openTestDesk, type TestDesk } from "../support/desk.ts";
import { type KeptTalk, putBack, readKeptTalks } from "../support/kept-talks.ts";
import {
  aboutClients,
  clientOrders,
  clientQuestions,
  orders,
  ordinary,
  practitionerOrders,
  questions,
  reasonsAndWishes,
} from "./ordinary-talk.ts";

const now = "2026-03-02T08:00+00:00";

/** A talk in each state of each flow, of the newest version kept. */
export function everyState(): readonly KeptTalk[] {
  const kept = readKeptTalks();
  const isNewest = ({ flow, state, version }: KeptTalk) =>
    !kept.some((other) => other.flow === flow && other.state === state && other.version > version);
  return kept.filter((talk) => !talk.ended && talk.flow in flows && isNewest(talk));
}

/** A message of a client, a practitioner or, without a role, of both. An order or a question must not fill a field. */
export interface Said {
  readonly text: string;
  readonly isNoAnswer: boolean | "in a form";
  readonly role?: "client" | "practitioner";
}

function saidBy(texts: readonly string[], isNoAnswer: Said["isNoAnswer"], role?: Said["role"]): readonly Said[] {
  return texts.map((text) => ({ text, isNoAnswer, ...given({ role }) }));
}

/** Orders, questions and ordinary sentences. */
export const corpus: readonly Said[] = [
  ...saidBy([...orders, ...questions], true),
  ...saidBy([...clientOrders, ...clientQuestions], true, "client"),
  ...saidBy([...practitionerOrders, ...aboutClients], true, "practitioner"),
  ...saidBy(reasonsAndWishes, "in a form"),
  ...saidBy(ordinary, false),
];

/** Tables that hold what was decided, given, paid or told. A time that is only held is not decided. */
const decided =
  "absences answers bookings change_requests client_packages clients fees forms invitations locations memberships payments practices practitioners proposals relays services terms_acceptances".split(
    " ",
  );

function booksOf(desk: TestDesk, withAnswers: boolean): string {
  const raw = desk.store.raw();
  const rows = decided
    .filter((table) => withAnswers || table !== "answers")
    .map((table) => {
      const all = raw.prepare(`SELECT * FROM ${table} ORDER BY rowid`).all() as { status?: string }[]; // that statement
      return [table, all.filter(({ status }) => status !== "held")];
    });
  return JSON.stringify(rows);
}

/**
 * Types each message to the card of a kept talk and gives what happened that must not: something was decided, another
 * person was told, or an order, a question or a name was taken as the text of a field. Messages that say the title or the
 * number of a button, or agree to what the card asks, are left out: they press it.
 */
export async function surprisesAt(kept: KeptTalk, messages: readonly Said[]): Promise<readonly string[]> {
  const practice = readFileSync(new URL(`../support/practices/${kept.practice}.yaml`, import.meta.url), "utf8");
  const desk = await openTestDesk({ now, practice });
  const found: string[] = [];
  const name = await otherClient(desk, kept);
  const agreesTo = flows[kept.flow as TalkName].answers?.[kept.state]?.yes?.to;
  for (const [at, { text: said, isNoAnswer: no, role = kept.role }] of messages.entries()) {
    const isNoAnswer = no === true || (no === "in a form" && kept.flow === "book");
    const text = said.replace("{name}", name ?? "{name}");
    if (role !== kept.role || text.includes("{name}") || typedPress(kept.card, text) !== undefined) continue;
    if (
      consentIn(
        read(
          text,
          { role: role === "practitioner" ? role : "client" },
          { nowMs: desk.clock.now(), zone: "Europe/Lisbon" },
        ),
        agreesTo,
      ) === "yes"
    )
      continue;
    const id = await putBack(desk, kept, at);
    await desk.idle();
    const before = { books: booksOf(desk, isNoAnswer), told: await toldTo(desk, kept.user) };
    await desk.say(kept.user, text);
    await desk.idle();
    const where = `“${text}” to ${kept.flow}.${kept.state}`;
    if (booksOf(desk, isNoAnswer) !== before.books) found.push(`${where} decided something`);
    if (!reportsGap.has(kept.state) && (await toldTo(desk, kept.user)) !== before.told)
      found.push(`${where} told somebody`);
    const talk = await desk.store.read.talks.find(id);
    if (isNoAnswer && talk?.snapshot !== kept.snapshot && talk?.snapshot.includes(`:${JSON.stringify(text)}`) === true)
      found.push(`${where} was taken as an answer`);
  }
  return found;
}

/** States in which the desk itself tells a practitioner that nothing can be booked. */
const reportsGap: ReadonlySet<string> = new Set(["nothingOffered", "noTimes"]);

/** The first name of a client of the practice who is not on the card. */
async function otherClient(desk: TestDesk, { card }: KeptTalk): Promise<string | undefined> {
  const [practice] = await desk.store.read.practices.list();
  const clients = practice === undefined ? [] : await desk.store.read.people.listClients(practice.id);
  const shown = JSON.stringify(card);
  return clients.map(({ name }) => name.split(" ")[0] ?? "").find((first) => first !== "" && !shown.includes(first));
}

const secret = "mushroom-4711";

/** What a practitioner may type about one client while the card of another is open. */
const aboutB: readonly string[] = [
  `{name} told me about the ${secret}`,
  `{name} is away, ${secret}`,
  `decline {name}, ${secret}`,
  `cancel {name}'s session, ${secret}`,
  `message {name}: ${secret}`,
  `because of {name}'s ${secret}`,
  `{name} wants another time because of the ${secret}`,
];

/**
 * Types words about one client to the card of another, and agrees to whatever comes then; gives who else than that client
 * received the words.
 */
export async function leaksAt(kept: KeptTalk): Promise<readonly string[]> {
  const practice = readFileSync(new URL(`../support/practices/${kept.practice}.yaml`, import.meta.url), "utf8");
  const desk = await openTestDesk({ now, practice });
  const name = await otherClient(desk, kept);
  if (name === undefined) return [];
  const found: string[] = [];
  for (const [at, text] of aboutB.entries()) {
    await putBack(desk, kept, at);
    await desk.idle();
    await desk.say(kept.user, text.replace("{name}", name));
    await desk.say(kept.user, "yes");
    await desk.idle();
    const others = people.filter((one) => one !== kept.user && one !== name.toLowerCase());
    const reached = others.filter((one) => JSON.stringify(desk.chat(one)).includes(secret));
    const mails = (await desk.mails()).filter((mail) => JSON.stringify(mail).includes(secret));
    if (reached.length + mails.length > 0)
      found.push(`“${text}” to ${kept.flow}.${kept.state} reached ${reached.join(", ")} and ${mails.length} mailboxes`);
  }
  return found;
}

const people = ["ana", "ben", "carl", "cleo", "dana", "jonas", "lee", "lou", "maya", "ruth", "sam", "una", "nora"];

/** Everything shown to other people: their chats and all mails. */
async function toldTo(desk: TestDesk, user: string): Promise<string> {
  const chats = people.filter((one) => one !== user).map((one) => desk.chat(one).length);
  return JSON.stringify([chats, (await desk.mails()).length]);
}

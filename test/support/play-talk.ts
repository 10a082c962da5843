import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { Store, Talk } from "../../db/store.ts";
import { type Button, type Card, type CardEvent, closed, eventButtons, isLive } from "../../src/cards/card.ts";
import { toPlainText } from "../../src/cards/plain.ts";
import type { Delivered } from "../../src/conversation/inbound.ts";
import { answerFormLink, findFormLink } from "../../src/desk/booking/form-links.ts";
import { makeLinkCode } from "../../src/desk/people/link.ts";
import type { Booking } from "../../src/domain/booking.ts";
import type { TrayMail } from "../../src/ports/mailer.ts";
import { cardWords } from "../../src/words/cards.ts";
import { conversationWords } from "../../src/words/conversation.ts";
import { answerProblem } from "../../src/words/problems.ts";
import { chatBreaches } from "./card-rules.ts";
import { openTestDesk, type Seen, type TestDatabase, type TestDesk } from "./desk.ts";
import { type GoldenTalk, type ScriptEntry, writeEntry, writeSpoken } from "./golden-talk.ts";
import { askFor, changeFile, isoOf } from "./outside-acts.ts";
import { placeOf } from "./place.ts";
import { openPaidTalk, type PaidTalk } from "./stripe/paid-talk.ts";

const header = ["practice", "platform", "mails"];
const fromOutside = ["clock", "file"];

interface Stage {
  readonly talk: GoldenTalk;
  readonly desk: TestDesk<Store>;
  /** The payment provider, if the practice takes payments. */
  readonly paid: PaidTalk | undefined;
  readonly people: readonly string[];
  /** The current practice file. */
  yaml: string;
  /** Each person's last press by button title, for repeating it. */
  readonly pressed: Map<string, Pressed>;
  readonly rested: Map<string, RestedTalk>;
}

interface Pressed {
  readonly talkId: string;
  readonly revision: number;
  readonly event: CardEvent;
  readonly message: string;
}

/** A talk in a resting state, with its booking at that time. */
export interface RestedTalk {
  readonly talk: Talk;
  readonly booking: Booking | undefined;
}

/** A played golden talk, and the states in which its talks rested. */
export interface PlayedTalk {
  readonly text: string;
  readonly rested: ReadonlyMap<string, RestedTalk>;
}

/** Plays a talk on its own desk. Throws when a card or chat breaks a general rule. */
export async function playTalk(talk: GoldenTalk, database: TestDatabase = "sqlite"): Promise<PlayedTalk> {
  const yaml = readFileSync(new URL(`practices/${talk.practice}.yaml`, import.meta.url), "utf8");
  const start = talk.entries.find(({ who }) => who === "clock")?.what ?? "";
  const clock: { now?: () => number } = {};
  const paid = await openPaidTalk(yaml, () => clock.now?.() ?? Date.parse(isoOf(start)));
  const payments = paid === undefined ? {} : { payments: paid.payments };
  const desk = await openTestDesk({
    now: isoOf(start),
    practice: yaml,
    platform: talk.platform,
    database,
    ...payments,
  });
  clock.now = desk.clock.realNow;
  const scripted = talk.entries.map(({ who }) => who).filter((who) => ![...header, ...fromOutside].includes(who));
  const imported = [...yaml.matchAll(/page: (\w+)/g)].map(([, user = ""]) => user);
  const people = [...new Set([...scripted, ...imported])].sort();
  const stage: Stage = { talk, desk, paid, people, yaml, pressed: new Map(), rested: new Map() };
  const lines: string[] = [];
  for (const entry of talk.entries) {
    lines.push(...writeEntry(entry));
    if (!header.includes(entry.who)) lines.push(...(await playEntry(stage, entry)));
  }
  return { text: lines.join("\n"), rested: stage.rested };
}

async function playEntry(stage: Stage, entry: ScriptEntry): Promise<readonly string[]> {
  const { desk, people } = stage;
  const before = chatsNow(stage);
  const mails = await desk.mails();
  let did: Done = {};
  let ownBefore = before;
  if (entry.who === "clock") await desk.advance(isoOf(entry.what));
  else if (entry.who === "file") stage.yaml = await changeFile(desk, stage.yaml, entry.what);
  else {
    const acts = entry.what.split(" → ");
    for (const [at, what] of acts.entries()) {
      ownBefore = chatsNow(stage);
      did = await act(stage, { ...entry, what, fields: at === acts.length - 1 ? entry.fields : [] });
      assertValid(stage, entry);
      await noteRests(stage);
    }
  }
  assertValid(stage, entry);
  await noteRests(stage);
  const said = [
    ...problems(did.delivered ?? {}),
    ...[entry.who, ...people.filter((person) => person !== entry.who)].flatMap((person) => {
      const old = (person === entry.who ? ownBefore : before).get(person) ?? [];
      return seenBy(person, old, desk.chat(person), person === entry.who ? did : undefined);
    }),
    ...(await desk.mails())
      .slice(mails.length)
      .sort(byRecipient)
      .map((mail) => mailLine(stage.talk, mail)),
  ];
  const nothing = said.length === 0 && !fromOutside.includes(entry.who) ? [["desk", "(nothing changes)"] as const] : [];
  return [...said, ...nothing].flatMap(([who, text]) => writeSpoken(who, masked(text)));
}

function chatsNow({ desk, people }: Stage): ReadonlyMap<string, readonly Seen[]> {
  return new Map(people.map((person) => [person, [...desk.chat(person)]]));
}

function assertValid({ desk, people }: Stage, { who, what }: ScriptEntry): void {
  const breaches = people.flatMap((person) => chatBreaches(desk.chat(person)));
  if (breaches.length > 0) throw new Error(`after “${who} ${what}”:\n${breaches.join("\n")}`);
}

async function noteRests({ desk, people, rested }: Stage): Promise<void> {
  for (const person of people) {
    for (const talk of (await desk.talks(person)).slice(0, 4)) {
      const place = placeOf(talk);
      if (rested.has(place)) continue;
      const { aboutBookingId, practiceId } = talk;
      const booking =
        aboutBookingId === undefined ? undefined : await desk.store.read.bookings.find(practiceId, aboutBookingId);
      rested.set(place, { talk, booking });
    }
  }
}

/** A person's action: the message whose button was pressed, and the immediate response. */
interface Done {
  readonly pressed?: string;
  readonly delivered?: Delivered;
}

type Line = readonly [who: string, text: string];

function problems({ refused, stale, errors = {} }: Delivered): readonly Line[] {
  return [
    ...(refused === undefined ? [] : [["desk", `! ${refused}`] as const]),
    ...(stale === undefined ? [] : [["desk", `! ${conversationWords.old}`] as const]),
    ...Object.values(errors).map((error) => ["desk", `! ${error}`] as const),
  ];
}

/** The changes in a person's chat. A card that only lost its buttons to a newer one is omitted. */
function seenBy(person: string, before: readonly Seen[], now: readonly Seen[], did?: Done): readonly Line[] {
  return now.flatMap((message): Line[] => {
    const old = before.find(({ id }) => id === message.id);
    const isAnswer = did !== undefined && did.pressed === (old === undefined ? undefined : message.id);
    if (old === undefined) return [[isAnswer ? "desk" : `to ${person}`, drawn(message.card)]];
    if (isDeepStrictEqual(old.card, message.card)) return [];
    if (isDeepStrictEqual(message.card, closed(old.card, conversationWords.continuedBelow))) return [];
    return [[isAnswer ? "desk" : `${person} ↻`, drawn(message.card)]];
  });
}

function drawn(card: Card): string {
  return toPlainText(card, cardWords);
}

/** Mails to one recipient travel in several lanes, whose order is open: the subject decides. */
function byRecipient(a: TrayMail, b: TrayMail): number {
  return a.to.localeCompare(b.to) || a.subject.localeCompare(b.subject, "en", { numeric: true });
}

function mailLine({ wholeMails }: GoldenTalk, mail: TrayMail): Line {
  const subject = `to ${mail.to}: ${mail.subject}${mail.ics === undefined ? "" : " (with an invitation)"}`;
  return ["mail", wholeMails ? `${subject}\n${mail.text.trim().replaceAll(/\n\n+/g, "\n")}` : subject];
}

/** Masks random tokens and room names. */
function masked(text: string): string {
  return text
    .replaceAll(/(\/(form|pay|answers|activate)\/)[\w-]+/g, "$1…")
    .replaceAll(/\bFD-(?!7K3M-Q2XP)\w{4}-\w{4}\b/g, "FD-…")
    .replaceAll(/(https:\/\/meet\.[\w.]+\/)[\w-]{22}/g, "$1…");
}

async function act(stage: Stage, { who, what, fields }: ScriptEntry): Promise<Done> {
  const { desk, pressed } = stage;
  if (what === "*opens the chat*") return { delivered: await desk.open(who) };
  const code = /^\*types the code (.+)\*$/.exec(what)?.[1];
  if (code !== undefined) return { delivered: await desk.say(who, await codeOf(stage, code)) };
  const asked = await askFor(desk, stage.talk, who, what);
  if (asked !== undefined) return { delivered: asked };
  const press = /^\((.+)\)(?: (again)| of (\w+))?$/.exec(what);
  if (press === null) return { delivered: await desk.say(who, longText(what)) };
  const [, label = "", again, owner] = press;
  const key = `${owner ?? who} ${label}`;
  if (again !== undefined) {
    const { message, ...once } = pressed.get(key) ?? missing(key);
    return { pressed: message, delivered: await desk.forge(who, once) };
  }
  const message = desk.chat(owner ?? who).findLast(({ card }) => isLive(card) && findButton(card, label) !== undefined);
  if (message === undefined) return missing(key);
  const { id, card, talkId, revision } = message;
  const button = findButton(card, label) ?? missing(key);
  if ("url" in button.action && button.action.url.includes("/pay/"))
    return { pressed: id, delivered: await payAt(stage, button.action.url, fields) };
  if ("url" in button.action) return { pressed: id, delivered: await answerPrivately(desk, button.action.url, fields) };
  if (!("event" in button.action)) return missing(key);
  const once = { talkId, revision, event: button.action.event };
  pressed.set(key, { ...once, message: id });
  const values = fields.length === 0 ? {} : { values: filledIn(card, fields) };
  return { pressed: id, delivered: await desk.forge(who, { ...once, ...values }) };
}

/** Pays on the provider's page: `Card = declined`, or a valid card. */
async function payAt({ desk, paid }: Stage, url: string, fields: readonly string[]): Promise<Delivered> {
  const refused = await paid?.payAt(desk, url, fields[0]?.split(" = ")[1]);
  return refused === undefined ? {} : { refused };
}

/** Finds a one-time code: `mailed to ana@example.com`, `shown to ana`, `of the operator`, `of the operator as maya`. */
async function codeOf({ desk, talk }: Stage, where: string): Promise<string> {
  const [, how = "", whom = ""] = /^(mailed to|shown to|of the operator)(?: (?:as )?(\S+))?$/.exec(where) ?? [];
  const pattern = /FD-\w{4}-\w{4}/;
  if (how === "mailed to") {
    const mail = (await desk.mails()).findLast(({ to, text }) => to === whom && pattern.test(text));
    return pattern.exec(mail?.text ?? "")?.[0] ?? missing(where);
  }
  if (how === "shown to") return pattern.exec(drawn(desk.newest(whom)))?.[0] ?? missing(where);
  const at = { nowMs: desk.clock.now(), realNowMs: desk.clock.realNow() };
  const which = { practiceId: talk.practice, ...(whom === "" ? {} : { practitionerId: whom }) };
  const made = await desk.store.transaction((books) => makeLinkCode(books, which, at));
  return made.ok ? made.code : missing(where);
}

/** Expands `a×10000` to a long text. */
function longText(what: string): string {
  return what.replace(/(.)×(\d+)/gu, (_all, letter: string, times: string) => letter.repeat(Number(times)));
}

function missing(what: string): never {
  throw new Error(`there is no such button: ${what}`);
}

function findButton(card: Card, label: string): Button | undefined {
  const links = card.parts
    .flatMap((part) => (part.type === "buttons" ? part.buttons : []))
    .filter(({ action }) => "url" in action);
  return [...eventButtons(card), ...links].find((button) => button.label === label);
}

function filledIn(card: Card, fields: readonly string[]): Record<string, string | readonly string[]> {
  const inputs = card.parts.flatMap((part) => (part.type === "inputs" ? part.inputs : []));
  const filled = fields.map(longText).map((field) => {
    const [label = "", value = ""] = field.split(" = ");
    const input = inputs.find((one) => one.label === label) ?? missing(label);
    return [input.id, input.kind === "choices" ? value.split("; ") : value] as const;
  });
  return Object.fromEntries(filled);
}

/** Fills in the private form page, which is answered outside the chat. */
async function answerPrivately(desk: TestDesk<Store>, url: string, fields: readonly string[]): Promise<Delivered> {
  const { store, clock } = desk;
  const token = url.split("/").at(-1) ?? "";
  const link = await findFormLink(store.read, token, clock.realNow());
  if (link.state !== "open") return { refused: `the link is ${link.state}` };
  const given = fields.map((field) => {
    const [label = "", value = ""] = field.split(" = ");
    return [(link.questions.find((question) => question.label === label) ?? missing(label)).id, value] as const;
  });
  const saved = await store.transaction((books) =>
    answerFormLink(
      {
        books,
        nowMs: clock.now(),
        realNowMs: clock.realNow(),
        publicUrl: "http://localhost:3000",
        platforms: ["slack"],
      },
      token,
      Object.fromEntries(given),
    ),
  );
  await desk.idle();
  if (saved.ok || "state" in saved) return saved.ok ? {} : { refused: `the link is ${saved.state}` };
  return {
    errors: Object.fromEntries(
      Object.entries(saved.problems).map(([id, { label, problem }]) => [id, answerProblem(label, problem)]),
    ),
  };
}

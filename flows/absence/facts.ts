import type { KeptAbsence } from "../../db/store.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import { listAbsences, sessionsWithin } from "../../src/desk/absences.ts";
import type { Booking } from "../../src/domain/booking.ts";
import type { WallStretch } from "../../src/domain/out-of-office.ts";
import type { OutOfOffice, Practitioner } from "../../src/domain/practice.ts";
import { resolveLocal } from "../../src/domain/zone.ts";
import { readStretches } from "../../src/language/time-off.ts";
import type { SpanWords } from "../../src/words/absence.ts";
import type { Reader } from "../../src/words/instants.ts";
import type { AbsenceContext } from "./machine.ts";

/** A stretch of somebody's time, and what is booked in it. */
export interface AbsenceFacts {
  readonly order: string;
  readonly spans: readonly SpanWords[];
  readonly sessions: readonly { readonly booking: Booking; readonly client: string }[];
  /** Time off in the practice file that lies in it. */
  readonly inFile: readonly SpanWords[];
  readonly reader: Reader;
  /** Nothing was kept free before it was asked for, so there is something to take back. */
  readonly mayUndo: boolean;
}

/** The practitioner who talks. Throws for anybody else: the flow is theirs only. */
export async function ownself({ actor, books, practice }: Turn): Promise<Practitioner> {
  const id = actor.kind === "practitioner" ? actor.practitionerId : "";
  const own = await books.people.findPractitioner(practice.id, id);
  if (own === undefined) throw new Error("time off is a practitioner's");
  return own;
}

/** The stretches as the machine keeps them. */
export function stretchesOf(json: string | undefined): readonly WallStretch[] {
  return JSON.parse(json ?? "[]") as readonly WallStretch[]; // written by the flow's own commands
}

/** A stretch with its instants, in the practitioner's zone. */
function spanOf({ from, to }: WallStretch, { schedule }: Practitioner): SpanWords {
  const { timezone } = schedule;
  return { from, to, startsAtMs: resolveLocal(timezone, from, "start"), endsAtMs: resolveLocal(timezone, to, "end") };
}

export async function absenceFacts(context: AbsenceContext, turn: Turn): Promise<AbsenceFacts> {
  const own = await ownself(turn);
  const stretches = stretchesOf(context.stretches);
  const clients = new Map((await turn.books.people.listClients(turn.practice.id)).map(({ id, name }) => [id, name]));
  const booked = await sessionsWithin(turn.books, own, stretches, turn.nowMs);
  return {
    order: context.order ?? "block",
    spans: stretches.map((stretch) => spanOf(stretch, own)),
    sessions: booked.map((booking) => ({ booking, client: clients.get(booking.clientId) ?? "" })),
    inFile: overlapping(own.schedule.outOfOffice, stretches).map((one) => spanOf(one, own)),
    reader: turn.reader,
    mayUndo: (context.ids ?? "") !== "",
  };
}

/** Those that share time with any of the stretches. */
export function overlapping<Away extends WallStretch>(all: readonly Away[], stretches: readonly WallStretch[]) {
  return all.filter(({ from, to }) => stretches.some((stretch) => stretch.from < to && from < stretch.to));
}

/** A time to choose, with what its button says to the machine. */
export interface Choosable {
  readonly span: readonly SpanWords[];
  readonly stretches: string;
}

export interface ReadingsFacts {
  readonly order: string;
  readonly readings: readonly Choosable[];
  readonly reader: Reader;
}

export async function readingsFacts(context: AbsenceContext, turn: Turn): Promise<ReadingsFacts> {
  const own = await ownself(turn);
  const readings = JSON.parse(context.readings ?? "[]") as readonly (readonly WallStretch[])[]; // as above
  return {
    order: context.order ?? "block",
    readings: readings.map((stretches) => choosable(stretches, own)),
    reader: turn.reader,
  };
}

function choosable(stretches: readonly WallStretch[], own: Practitioner): Choosable {
  return { span: stretches.map((stretch) => spanOf(stretch, own)), stretches: JSON.stringify(stretches) };
}

export interface AskingFacts {
  readonly order: string;
  readonly today: string;
  readonly tomorrow: string;
  readonly nextWeek: string;
}

/** The times most asked for, ready to press. */
export async function askingFacts(context: AbsenceContext, turn: Turn): Promise<AskingFacts> {
  const own = await ownself(turn);
  const read = (words: string) => JSON.stringify(readStretches(words, readingOf(own, turn)).readings[0] ?? []);
  return {
    order: context.order ?? "block",
    today: read("today"),
    tomorrow: read("tomorrow"),
    nextWeek: read("next week"),
  };
}

export interface ListFacts {
  readonly own: readonly Choosable[];
  readonly inFile: readonly SpanWords[];
  readonly reader: Reader;
}

const mostListed = 10;

export async function listFacts(_context: AbsenceContext, turn: Turn): Promise<ListFacts> {
  const own = await ownself(turn);
  const kept: readonly KeptAbsence[] = await listAbsences(turn.books, own, turn.nowMs);
  const away: readonly OutOfOffice[] = own.schedule.outOfOffice;
  return {
    own: kept.slice(0, mostListed).map(({ from, to }) => choosable([{ from, to }], own)),
    inFile: away.map((one) => spanOf(one, own)).filter(({ endsAtMs }) => endsAtMs > turn.nowMs),
    reader: turn.reader,
  };
}

/** How this practitioner's words of time are read: the whole day counts, also where they do not work. */
export function readingOf({ schedule }: Practitioner, { nowMs, reader }: Turn) {
  return { nowMs, zone: schedule.timezone, locale: reader.locale };
}

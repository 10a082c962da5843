import type { KeptAbsence } from "../../db/store.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import { absenceOwner, listAbsences, sessionsWithin } from "../../src/desk/practice/absences.ts";
import type { Booking } from "../../src/domain/booking.ts";
import type { WallStretch } from "../../src/domain/out-of-office.ts";
import type { OutOfOffice, Practitioner } from "../../src/domain/practice.ts";
import { resolveLocal } from "../../src/domain/zone.ts";
import { given } from "../../src/given.ts";
import { readStretches, type TimeOffOrder } from "../../src/language/when/time-off.ts";
import type { SpanWords } from "../../src/words/absence.ts";
import type { Reader } from "../../src/words/instants.ts";
import type { AbsenceContext } from "./machine.ts";

/** A range of a practitioner's time, and the sessions booked in it. */
export interface AbsenceFacts {
  readonly order: TimeOffOrder;
  readonly spans: readonly SpanWords[];
  readonly sessions: readonly { readonly booking: Booking; readonly client: string }[];
  /** The practice file's own time off within the range. */
  readonly inFile: readonly SpanWords[];
  readonly reader: Reader;
  readonly colleague?: Owner["colleague"];
  /** The talk blocked something that was free before, so it can be undone. */
  readonly mayUndo: boolean;
}

/** The owner of the time, and how they are shown. */
export interface Owner {
  readonly own: Practitioner;
  /** Their name and zone, if it is a colleague's time. */
  readonly colleague?: { readonly name: string; readonly zone: string };
  /** Times are shown on the owner's clock, because they work by it. */
  readonly reader: Reader;
}

/** The owner of the time the talk is about. Only admins see a colleague's. Throws for anyone but a practitioner. */
export async function ownerOf({ practitionerId }: Pick<AbsenceContext, "practitionerId">, turn: Turn): Promise<Owner> {
  const { actor, reader } = turn;
  const own = (await absenceOwner(turn, actor, practitionerId)) ?? (await absenceOwner(turn, actor));
  if (own === undefined || actor.kind !== "practitioner") throw new Error("time off is a practitioner's");
  const zone = own.schedule.timezone;
  const colleague = own.id === actor.practitionerId ? {} : { colleague: { name: own.name, zone } };
  return { own, ...colleague, reader: { ...reader, zone } };
}

/** A range with its instants, in the practitioner's zone. */
function spanOf({ from, to }: WallStretch, { schedule }: Practitioner): SpanWords {
  const { timezone } = schedule;
  return { from, to, startsAtMs: resolveLocal(timezone, from, "start"), endsAtMs: resolveLocal(timezone, to, "end") };
}

export async function absenceFacts(context: AbsenceContext, turn: Turn): Promise<AbsenceFacts> {
  const { own, ...seen } = await ownerOf(context, turn);
  const stretches = context.stretches ?? [];
  const clients = new Map((await turn.books.people.listClients(turn.practice.id)).map(({ id, name }) => [id, name]));
  const booked = await sessionsWithin(turn.books, own, stretches, turn.nowMs);
  return {
    order: context.order ?? "block",
    spans: stretches.map((stretch) => spanOf(stretch, own)),
    sessions: booked.map((booking) => ({ booking, client: clients.get(booking.clientId) ?? "" })),
    inFile: overlapping(own.schedule.outOfOffice, stretches).map((one) => spanOf(one, own)),
    ...seen,
    mayUndo: context.ids !== undefined && context.ids.length > 0,
  };
}

/** The entries that overlap any of the ranges. */
export function overlapping<Away extends WallStretch>(all: readonly Away[], stretches: readonly WallStretch[]) {
  return all.filter(({ from, to }) => stretches.some((stretch) => stretch.from < to && from < stretch.to));
}

/** A time to choose, with the event of its button. */
export interface Choosable {
  readonly span: readonly SpanWords[];
  readonly stretches: readonly WallStretch[];
}

export interface ReadingsFacts {
  readonly order: TimeOffOrder;
  readonly readings: readonly Choosable[];
  readonly reader: Reader;
  readonly colleague?: Owner["colleague"];
}

export async function readingsFacts(context: AbsenceContext, turn: Turn): Promise<ReadingsFacts> {
  const { own, ...seen } = await ownerOf(context, turn);
  const { readings = [] } = context;
  return {
    order: context.order ?? "block",
    readings: readings.map((stretches) => choosable(stretches, own)),
    ...seen,
  };
}

function choosable(stretches: readonly WallStretch[], own: Practitioner): Choosable {
  return { span: stretches.map((stretch) => spanOf(stretch, own)), stretches };
}

export interface AskingFacts {
  readonly order: TimeOffOrder;
  readonly today: readonly WallStretch[];
  readonly tomorrow: readonly WallStretch[];
  readonly nextWeek: readonly WallStretch[];
  readonly colleague?: Owner["colleague"];
}

/** The times asked for most often, each as a button. */
export async function askingFacts(context: AbsenceContext, turn: Turn): Promise<AskingFacts> {
  const { own, colleague } = await ownerOf(context, turn);
  const read = (words: string) => readStretches(words, readingOf(own, turn)).readings[0] ?? [];
  return {
    order: context.order ?? "block",
    today: read("today"),
    tomorrow: read("tomorrow"),
    nextWeek: read("next week"),
    ...given({ colleague }),
  };
}

export interface ListFacts {
  readonly own: readonly Choosable[];
  readonly inFile: readonly SpanWords[];
  readonly reader: Reader;
  readonly colleague?: Owner["colleague"];
}

const mostListed = 10;

export async function listFacts(context: AbsenceContext, turn: Turn): Promise<ListFacts> {
  const { own, ...seen } = await ownerOf(context, turn);
  const kept: readonly KeptAbsence[] = await listAbsences(turn.books, own, turn.nowMs);
  const away: readonly OutOfOffice[] = own.schedule.outOfOffice;
  return {
    own: kept.slice(0, mostListed).map(({ from, to }) => choosable([{ from, to }], own)),
    inFile: away.map((one) => spanOf(one, own)).filter(({ endsAtMs }) => endsAtMs > turn.nowMs),
    ...seen,
  };
}

/** The card's reader: told that they may not change a colleague's time, or that it is unclear whose time is meant. */
export function notTheirsFacts(_context: AbsenceContext, { actor }: Turn): { readonly isAdmin: boolean } {
  return { isAdmin: actor.kind === "practitioner" && actor.admin };
}

/**
 * The context for reading this practitioner's words about time. It has no opening hours, so times outside them count
 * too.
 */
export function readingOf({ schedule }: Practitioner, { nowMs, reader }: Turn) {
  return { nowMs, zone: schedule.timezone, locale: reader.locale };
}

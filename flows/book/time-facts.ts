import {
  type FitsFacts,
  type FreeStarts,
  fitsFacts,
  type NearestFacts,
  nearestFacts,
  type TimesFacts,
  timesFacts,
} from "../../src/choosing/time-facts.ts";
import { noTimes } from "../../src/choosing/times.ts";
import type { Turn } from "../../src/conversation/flow.ts";
import { clientIdOf } from "../../src/desk/actor.ts";
import { type FreeSlot, findSlots, nearest, type SlotSearch } from "../../src/desk/booking/slots.ts";
import { withAbsences } from "../../src/desk/practice/absences.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { given } from "../../src/given.ts";
import type { Reader } from "../../src/words/instants.ts";
import type { BookContext } from "./context.ts";
import { type BookingFacts, bookingFacts, type Chosen, chosenSoFar, progressAt } from "./facts.ts";
import { ownBooking } from "./own.ts";

/** The free times for the choices so far. */
async function offeringOfChoice(context: BookContext, turn: Turn): Promise<{ chosen: Chosen; offering: FreeStarts }> {
  const chosen = await chosenSoFar(context, turn);
  const reader = chosen.location === undefined ? turn.reader : { ...turn.reader, zone: chosen.location.timezone };
  const offering = {
    service: chosen.service?.publicName ?? "",
    starts: (await freeSlots(chosen, turn)).map((slot) => slot.startsAtMs),
    reader,
    practitioners: await withAbsences(turn.books, chosen.practitioners, turn.nowMs),
    nowMs: turn.nowMs,
    progress: await progressAt("time", context, turn),
  };
  return { chosen, offering };
}

/** Free times by day. */
export async function choosingTimeFacts(context: BookContext, turn: Turn): Promise<TimesFacts> {
  return timesFacts((await offeringOfChoice(context, turn)).offering, context);
}

/** The three nearest times, offered instead of one that is gone (D4.3). */
export async function offeringNearestFacts(context: BookContext, turn: Turn): Promise<NearestFacts> {
  const { chosen, offering } = await offeringOfChoice(context, turn);
  const wantedMs = context.wantedMs ?? turn.nowMs;
  const said = context.notFree === true ? (context.asked?.times ?? noTimes) : undefined;
  const lost = said === undefined ? await lostDraft(context, wantedMs, turn) : undefined;
  const practitioners = chosen.practitioners.filter(({ id }) => lost === undefined || lost.practitionerId === id);
  const search = searchOf({ ...chosen, practitioners }, turn);
  return nearestFacts(offering, { wantedMs, search, ...given({ said }) }, turn);
}

/** The draft whose time was lost. Other practitioners who are free then are searched, its own is not. */
async function lostDraft({ bookingId }: BookContext, wantedMs: number, turn: Turn): Promise<Booking | undefined> {
  const draft = await ownBooking(turn, bookingId);
  return draft?.status === "held" && draft.startsAtMs === wantedMs ? draft : undefined;
}

/** The free times that fit the words. */
export async function offeringFitsFacts(context: BookContext, turn: Turn): Promise<FitsFacts> {
  return fitsFacts((await offeringOfChoice(context, turn)).offering, context.asked?.times);
}

export interface AgainFacts {
  readonly facts: BookingFacts | undefined;
  readonly reader: Reader;
  readonly times: readonly number[];
  /** The client took none of the times proposed to them. */
  readonly lapsed: boolean;
}

/** After a no, or no answer: the booking, and three new times for the same session. */
export async function againFacts(context: BookContext, turn: Turn): Promise<AgainFacts> {
  const facts = await bookingFacts(context.bookingId, turn);
  const chosen = await chosenSoFar(context, turn);
  const free = await freeSlots(chosen, turn);
  const fresh = facts?.booking.status === "declined" ? free.filter((slot) => !overlaps(slot, facts.booking)) : free;
  const near = nearest(fresh, facts?.booking.startsAtMs ?? turn.nowMs, 3);
  const lapsed = facts === undefined ? [] : await turn.books.changes.listProposals(facts.booking.id, "expired");
  const times = near.map((slot) => slot.startsAtMs);
  return { facts, reader: facts?.reader ?? turn.reader, times, lapsed: lapsed.length > 0 };
}

/** Whether the same session at this time would overlap the declined one. Such a time is no alternative. */
function overlaps(slot: FreeSlot, { startsAtMs, endsAtMs }: Booking): boolean {
  return Math.abs(slot.startsAtMs - startsAtMs) < endsAtMs - startsAtMs;
}

async function freeSlots(chosen: Chosen, turn: Turn): Promise<readonly FreeSlot[]> {
  const search = searchOf(chosen, turn);
  return search === undefined ? [] : findSlots(turn.books, search);
}

/** The search for times of a choice. Undefined: it is incomplete, or no longer offered. */
function searchOf({ service, method, practitioners, clientPackageId }: Chosen, turn: Turn): SlotSearch | undefined {
  if (service === undefined || method === undefined) return undefined;
  const { practice, nowMs } = turn;
  const search = { practice, service, method, practitioners, clientId: clientIdOf(turn.actor), nowMs };
  return { ...search, ...given({ clientPackageId }) };
}

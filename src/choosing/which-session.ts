import { z } from "zod";
import { type Button, buttonOf, type Card } from "../cards/card.ts";
import type { Heard, Turn } from "../conversation/flow.ts";
import type { Booking, BookingStatus } from "../domain/booking.ts";
import { given } from "../given.ts";
import type { ActObject } from "../language/intent/act.ts";
import { sessionsMeant } from "../language/meant-sessions.ts";
import type { Reading } from "../language/reading.ts";
import { changeWords } from "../words/changes.ts";
import { shortDay, slotLabel } from "../words/instants.ts";

/** The most sessions on a card. The list of sessions shows the others. */
const mostOffered = 8;
/** How many sessions are offered when the words fit none. */
const mostGuessed = 3;

/** Sessions to choose from, in order of time. `fits`: the words described sessions, and these fit. */
export const offeredSessions = z.object({ ids: z.array(z.string()).readonly(), fits: z.boolean() });
export type OfferedSessions = z.infer<typeof offeredSessions>;

/** Reads offered sessions as version 1 of the flows stored them: ids in one text, separated by spaces. */
export function offeredInText({
  ids,
  fits,
}: {
  readonly ids?: unknown;
  readonly fits?: unknown;
}): OfferedSessions | undefined {
  if (typeof ids !== "string") return undefined;
  return { ids: ids.split(" ").filter((id) => id !== ""), fits: fits !== false };
}

/** Which session is meant: one, a few to choose from, or none. */
export type WhichSession =
  | { type: "session.found"; bookingId: string }
  | { type: "sessions.offered"; offered: OfferedSessions }
  | { type: "sessions.none" };

/** The events that the buttons of a choice of sessions send. */
export type SessionChoiceEvent = { type: "session.chosen"; bookingId: string } | { type: "bookings.wanted" };

const button = buttonOf<{ type: "bookings.wanted" } | { type: "book.wanted" }>();
const choiceButton = buttonOf<SessionChoiceEvent>();

/** Which coming session of this person an act is about: one, a few to choose from, or none. */
export async function sessionMeant(
  object: Pick<ActObject, "names" | "refs" | "when" | "move">,
  turn: Turn,
  statuses: readonly BookingStatus[],
): Promise<WhichSession> {
  const coming = await comingSessions(turn, statuses);
  const [first, ...more] = coming;
  if (first === undefined) return { type: "sessions.none" };
  const { ids, said } = sessionsMeant(
    object,
    coming.map((booking) => ({ ...booking, personId: otherId(turn, booking) })),
    { nowMs: turn.nowMs, zone: turn.reader.zone },
  );
  const [only, ...others] = ids;
  if (only !== undefined && others.length === 0) return { type: "session.found", bookingId: only };
  if (ids.length === 0 && more.length === 0)
    return { type: "sessions.offered", offered: { ids: [first.id], fits: false } };
  const offered = ids.length === 0 ? coming.slice(0, mostGuessed).map(({ id }) => id) : ids.slice(0, mostOffered);
  return { type: "sessions.offered", offered: { ids: offered, fits: ids.length > 0 || !said } };
}

/**
 * The offered session that the words choose: by day, time, name or place. "The second one" is already read as a button.
 */
export async function sessionHeard(
  reading: Reading,
  { offered }: { readonly offered?: OfferedSessions | undefined },
  turn: Turn,
  statuses: readonly BookingStatus[],
): Promise<Heard<SessionChoiceEvent>> {
  const { names, refs, when } = reading;
  if (names.length + refs.length === 0 && when === undefined) return undefined;
  const found = await sessionMeant({ names, refs, ...given({ when }) }, turn, statuses);
  if (found.type !== "session.found") return undefined;
  const isOffered = offered === undefined || !offered.fits || offered.ids.includes(found.bookingId);
  return isOffered ? { event: { type: "session.chosen", bookingId: found.bookingId } } : undefined;
}

/** The ids of this person's coming sessions without that of the card, soonest first. */
export async function otherSessions(
  bookingId: string | undefined,
  turn: Turn,
  statuses: readonly BookingStatus[],
): Promise<readonly string[]> {
  const coming = await comingSessions(turn, statuses);
  return coming
    .map(({ id }) => id)
    .filter((id) => id !== bookingId)
    .slice(0, mostOffered);
}

function comingSessions(turn: Turn, statuses: readonly BookingStatus[]): Promise<readonly Booking[]> {
  const { actor, books, practice, nowMs } = turn;
  const filter = { statuses, fromMs: nowMs + 1, order: "asc" } as const;
  if (actor.kind === "client") return books.bookings.listForClient(practice.id, actor.clientId, filter);
  if (actor.kind === "practitioner")
    return books.bookings.listForPractitioner(practice.id, actor.practitionerId, filter);
  return Promise.resolve([]);
}

async function namesOfOthers(turn: Turn): Promise<ReadonlyMap<string, string>> {
  const people =
    turn.actor.kind === "practitioner"
      ? await turn.books.people.listClients(turn.practice.id)
      : await turn.books.people.listPractitioners(turn.practice.id);
  return new Map<string, string>(people.map(({ id, name }) => [id, name]));
}

function otherId(turn: Turn, booking: Booking): string {
  return turn.actor.kind === "practitioner" ? booking.clientId : booking.practitionerId;
}

/** The sessions to choose from, in their present state. Those that no longer exist are left out. */
export async function offeredSessionsFacts(
  { offered }: { readonly offered?: OfferedSessions | undefined },
  turn: Turn,
) {
  const names = await namesOfOthers(turn);
  const found: { booking: Booking; other: string }[] = [];
  for (const id of offered?.ids ?? []) {
    const booking = await turn.books.bookings.find(turn.practice.id, id);
    if (booking !== undefined) found.push({ booking, other: names.get(otherId(turn, booking)) ?? "" });
  }
  return { sessions: found, fits: offered?.fits !== false, reader: turn.reader };
}

/** "Which session do you mean?" with a button for each, which sends `session.chosen`. */
export function offeredSessionsView(facts: Awaited<ReturnType<typeof offeredSessionsFacts>>): Card<SessionChoiceEvent> {
  const bookings = choiceButton(changeWords.myBookings, { type: "bookings.wanted" });
  const ways = { type: "buttons", role: "navigation", buttons: [bookings] } as const;
  if (facts.sessions.length === 0) {
    const text = { type: "text", text: changeWords.noneText } as const;
    return { summary: changeWords.none, title: changeWords.none, parts: [text, ways] };
  }
  const title = facts.fits ? changeWords.which : changeWords.noneFits;
  return {
    summary: title,
    title,
    parts: [
      ...(facts.fits ? [] : [{ type: "text", text: changeWords.noneFitsText } as const]),
      { type: "buttons", role: "choices", label: title, buttons: sessionButtons(facts) },
      ways,
    ],
  };
}

function sessionButtons({
  sessions,
  reader,
}: Awaited<ReturnType<typeof offeredSessionsFacts>>): Button<SessionChoiceEvent>[] {
  const labels = sessions.map(({ booking, other }) => {
    const when = `${shortDay(booking.startsAtMs, reader)}, ${slotLabel(booking.startsAtMs, reader)}`;
    return `${when} · ${booking.frozen.publicName} · ${other}`.slice(0, 72);
  });
  return sessions.map(({ booking }, at) => {
    const label = labels[at] ?? "";
    const before = labels.slice(0, at).filter((earlier) => earlier === label).length;
    return choiceButton(before === 0 ? label : `${label} (${before + 1})`, {
      type: "session.chosen",
      bookingId: booking.id,
    });
  });
}

/** There is no session to change: shows what can be done instead. */
export function noSessionsView({
  role,
}: {
  readonly role: "client" | "practitioner";
}): Card<{ type: "bookings.wanted" } | { type: "book.wanted" }> {
  return {
    summary: changeWords.none,
    title: changeWords.none,
    parts: [
      { type: "text", text: changeWords.noneText },
      {
        type: "buttons",
        role: "navigation",
        buttons: [
          ...(role === "client" ? [button(changeWords.requestASession, { type: "book.wanted" }, "primary")] : []),
          button(changeWords.myBookings, { type: "bookings.wanted" }),
        ],
      },
    ],
  };
}

/** The role of the reader, for a card that is about no particular session. */
export function roleFacts(_context: unknown, turn: Turn): { readonly role: "client" | "practitioner" } {
  return { role: turn.actor.kind === "practitioner" ? "practitioner" : "client" };
}

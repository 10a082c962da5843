import { type Button, button, type Card } from "../cards/card.ts";
import type { Heard, Turn } from "../conversation/flow.ts";
import type { Booking, BookingStatus } from "../domain/booking.ts";
import { understand } from "../language/intent/intent.ts";
import { type OwnSession, resolveSession } from "../language/intent/session.ts";
import type { When } from "../language/when/when.ts";
import { changeWords } from "../words/changes.ts";
import { shortDay, slotLabel } from "../words/instants.ts";
import { wantsOut } from "./offered-times.ts";

/** More than this are reached through the list of sessions. */
const mostOffered = 8;
/** Where words single out no session, this many are offered. */
const mostGuessed = 3;

/** Which session is meant: one, a few to choose from, or none there is. */
export type WhichSession =
  | { readonly type: "session.found"; readonly bookingId: string }
  /** `ids` in order of time, parted by spaces; `fits`: the words said which, and these fit. */
  | { readonly type: "sessions.offered"; readonly ids: string; readonly fits: boolean }
  | { readonly type: "sessions.none" };

/** Resolves words over the sessions this person has to come; `when` is the time the session has, if that was read already. */
export async function whichSession(
  turn: Turn,
  statuses: readonly BookingStatus[],
  when?: When | "unsaid",
): Promise<WhichSession> {
  const coming = await comingSessions(turn, statuses);
  const [first, ...more] = coming;
  if (first === undefined) return { type: "sessions.none" };
  const names = await namesOfOthers(turn);
  const sessions = coming.map((booking): OwnSession => {
    const other = names.get(otherId(turn, booking)) ?? "";
    return {
      id: booking.id,
      startsAtMs: booking.startsAtMs,
      service: [booking.frozen.publicName, ...(turn.actor.kind === "practitioner" ? [booking.frozen.name] : [])],
      other: [other, ...other.split(/\s+/).filter((word) => !/^(dr|prof|mr|mrs|ms|mx)\.?$/i.test(word))],
    };
  });
  const { ids, said } = resolveSession(
    turn.said ?? "",
    sessions,
    { nowMs: turn.nowMs, zone: turn.reader.zone, locale: turn.reader.locale },
    when,
  );
  const [only, ...others] = ids;
  if (only !== undefined && others.length === 0) return { type: "session.found", bookingId: only };
  if (ids.length === 0 && more.length === 0) return { type: "sessions.offered", ids: first.id, fits: false };
  const offered = ids.length === 0 ? coming.slice(0, mostGuessed).map(({ id }) => id) : ids.slice(0, mostOffered);
  return { type: "sessions.offered", ids: offered.join(" "), fits: ids.length > 0 || !said };
}

/** Typed words while sessions are offered: one of them; "never mind" leads to the list of all. */
export async function sessionSaid(text: string, turn: Turn, statuses: readonly BookingStatus[]): Promise<Heard> {
  if (wantsOut(text) || understand(text, { pending: "offer" }).intent === "abort") {
    return { event: { type: "bookings.wanted" } };
  }
  const found = await whichSession(turn, statuses);
  return found.type === "session.found" ? { event: { type: "session.chosen", bookingId: found.bookingId } } : undefined;
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

/** The sessions to choose from, as they are now; those that are gone are left out. */
export async function offeredSessionsFacts(
  { ids, fits }: { ids?: string | undefined; fits?: boolean | undefined },
  turn: Turn,
) {
  const names = await namesOfOthers(turn);
  const found: { booking: Booking; other: string }[] = [];
  for (const id of (ids ?? "").split(" ")) {
    const booking = await turn.books.bookings.find(turn.practice.id, id);
    if (booking !== undefined) found.push({ booking, other: names.get(otherId(turn, booking)) ?? "" });
  }
  return { sessions: found, fits: fits !== false, reader: turn.reader };
}

/** "Which session do you mean?", a button each, saying `session.chosen`. */
export function offeredSessionsView(facts: Awaited<ReturnType<typeof offeredSessionsFacts>>): Card {
  const title = facts.fits ? changeWords.which : changeWords.noneFits;
  return {
    summary: title,
    title,
    parts: [
      ...(facts.fits ? [] : [{ type: "text", text: changeWords.noneFitsText } as const]),
      { type: "buttons", role: "choices", label: title, buttons: sessionButtons(facts) },
      {
        type: "buttons",
        role: "navigation",
        buttons: [button(changeWords.myBookings, { type: "bookings.wanted" })],
      },
    ],
  };
}

function sessionButtons({ sessions, reader }: Awaited<ReturnType<typeof offeredSessionsFacts>>): Button[] {
  const labels = sessions.map(({ booking, other }) => {
    const when = `${shortDay(booking.startsAtMs, reader)}, ${slotLabel(booking.startsAtMs, reader)}`;
    return `${when} · ${booking.frozen.publicName} · ${other}`.slice(0, 72);
  });
  return sessions.map(({ booking }, at) => {
    const label = labels[at] ?? "";
    const before = labels.slice(0, at).filter((earlier) => earlier === label).length;
    return button(before === 0 ? label : `${label} (${before + 1})`, { type: "session.chosen", bookingId: booking.id });
  });
}

/** No session to change: what can be done instead. */
export function noSessionsView({ role }: { readonly role: "client" | "practitioner" }): Card {
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

/** Who looks at a card that is about no session. */
export function roleFacts(_context: unknown, turn: Turn): { readonly role: "client" | "practitioner" } {
  return { role: turn.actor.kind === "practitioner" ? "practitioner" : "client" };
}

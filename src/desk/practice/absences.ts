import type { KeptAbsence, ReadBooks } from "../../../db/store.ts";
import type { Booking, BookingStatus } from "../../domain/booking.ts";
import { type WallStretch, withoutStretch } from "../../domain/out-of-office.ts";
import type { OutOfOffice, Practitioner } from "../../domain/practice.ts";
import { dayMs } from "../../domain/units.ts";
import { localDateOf, resolveLocal } from "../../domain/zone.ts";
import { given } from "../../given.ts";
import { type Actor, actorName } from "../actor.ts";
import type { Desk } from "../desk.ts";
import { startWithPractitioner } from "../telling/announce.ts";

/** The statuses of sessions that are still to take place. */
const coming: readonly BookingStatus[] = ["requested", "proposed", "confirmed"];

/**
 * The practitioners with the time off they entered in chat added to their schedule. The practice file's own schedule is
 * not changed.
 */
export async function withAbsences(
  books: ReadBooks,
  practitioners: readonly Practitioner[],
  nowMs: number,
): Promise<readonly Practitioner[]> {
  const [first] = practitioners;
  if (first === undefined) return practitioners;
  const kept = await books.absences.list(first.practiceId, someTimeAgo(nowMs));
  if (kept.length === 0) return practitioners;
  return practitioners.map((one) => {
    const own = kept.filter(({ practitionerId }) => practitionerId === one.id).map(asOutOfOffice);
    if (own.length === 0) return one;
    return { ...one, schedule: { ...one.schedule, outOfOffice: [...one.schedule.outOfOffice, ...own] } };
  });
}

/** A wall time `YYYY-MM-DDTHH:MM` that is past in every zone. */
function someTimeAgo(nowMs: number): string {
  return `${localDateOf("UTC", nowMs - 2 * dayMs)}T00:00`;
}

function asOutOfOffice({ from, to, message }: KeptAbsence): OutOfOffice {
  return message === undefined ? { from, to } : { from, to, message };
}

/** A practitioner's time off entered in chat that is not over, the earliest first. */
export async function listAbsences(
  books: ReadBooks,
  { practiceId, id, schedule }: Practitioner,
  nowMs: number,
): Promise<readonly KeptAbsence[]> {
  const kept = await books.absences.list(practiceId, someTimeAgo(nowMs));
  return kept.filter(
    ({ practitionerId, to }) => practitionerId === id && resolveLocal(schedule.timezone, to, "end") > nowMs,
  );
}

/** The sessions and requests within an absence: time off cancels nothing. */
export async function sessionsWithin(
  books: ReadBooks,
  { practiceId, id, schedule }: Practitioner,
  stretches: readonly WallStretch[],
  nowMs: number,
): Promise<readonly Booking[]> {
  const found = new Map<string, Booking>();
  for (const { from, to } of stretches) {
    const startsAtMs = resolveLocal(schedule.timezone, from, "start");
    const endsAtMs = resolveLocal(schedule.timezone, to, "end");
    const near = await books.bookings.listForPractitioner(practiceId, id, {
      statuses: coming,
      fromMs: startsAtMs - dayMs,
      toMs: endsAtMs,
      order: "asc",
    });
    for (const booking of near) if (booking.endsAtMs > Math.max(startsAtMs, nowMs)) found.set(booking.id, booking);
  }
  return [...found.values()].sort((a, b) => a.startsAtMs - b.startsAtMs);
}

export interface AbsenceOrder {
  /** The colleague whose time an admin blocks; absent: the actor's own. */
  readonly practitionerId?: string;
  readonly stretches: readonly WallStretch[];
  readonly kind: KeptAbsence["kind"];
  /** Shown to clients who look for times. */
  readonly message?: string;
}

/**
 * The practitioner whose time the actor may block: their own, or as an admin a colleague's of the same practice (D7.4);
 * else undefined.
 */
export async function absenceOwner(
  { books }: Pick<Desk, "books">,
  actor: Actor,
  practitionerId?: string,
): Promise<Practitioner | undefined> {
  if (actor.kind !== "practitioner") return undefined;
  const id = practitionerId ?? actor.practitionerId;
  if (id !== actor.practitionerId && !actor.admin) return undefined;
  return books.people.findPractitioner(actor.practiceId, id);
}

/**
 * Blocks a practitioner's time for new sessions; booked ones stay. Returns the ids of the absences added, none for time
 * that was blocked already; undefined: the actor has no right. Notifies a colleague whose time an admin blocks.
 */
export async function addAbsences(
  desk: Desk,
  actor: Actor,
  { stretches, kind, message, practitionerId: whose }: AbsenceOrder,
): Promise<readonly string[] | undefined> {
  const practitioner = await absenceOwner(desk, actor, whose);
  if (practitioner === undefined) return undefined;
  const { practiceId, id: practitionerId } = practitioner;
  await desk.books.claims.lock(practiceId, [practitionerId]);
  const before = await listAbsences(desk.books, practitioner, desk.nowMs);
  const ids: string[] = [];
  for (const { from, to } of stretches) {
    const isKept = before.some((kept) => kept.from <= from && to <= kept.to && kept.message === message);
    if (isKept) continue;
    const made = await desk.books.absences.add({
      practiceId,
      practitionerId,
      from,
      to,
      kind,
      source: "chat",
      createdAtMs: desk.nowMs,
      ...given({ message }),
    });
    ids.push(made.id);
    await note(desk, actor, "absence.added", made.id);
  }
  if (ids.length > 0) await tellOwner(desk, actor, practitioner, { type: "time.kept", stretches });
  return ids;
}

/** Removes absences that were just added; skips those of others and those already gone. */
export async function removeAbsences(
  desk: Desk,
  actor: Actor,
  ids: readonly string[],
  practitionerId?: string,
): Promise<void> {
  const practitioner = await absenceOwner(desk, actor, practitionerId);
  if (practitioner === undefined) return;
  const { practiceId, id } = practitioner;
  await desk.books.claims.lock(practiceId, [id]);
  const gone = (await listAbsences(desk.books, practitioner, desk.nowMs)).filter((kept) => ids.includes(kept.id));
  await desk.books.absences.remove(practiceId, id, ids);
  for (const one of gone) await note(desk, actor, "absence.removed", one.id);
  if (gone.length > 0) await tellOwner(desk, actor, practitioner, { type: "time.opened", stretches: gone });
}

/** Unblocks stretches of a practitioner's time; the rest of a longer absence stays. */
export async function openAgain(
  desk: Desk,
  actor: Actor,
  stretches: readonly WallStretch[],
  whose?: string,
): Promise<void> {
  const practitioner = await absenceOwner(desk, actor, whose);
  if (practitioner === undefined) return;
  const { practiceId, id: practitionerId } = practitioner;
  await desk.books.claims.lock(practiceId, [practitionerId]);
  let opened = 0;
  for (const { id, ...kept } of await listAbsences(desk.books, practitioner, desk.nowMs)) {
    const left = stretches.reduce<readonly WallStretch[]>(
      (pieces, cut) => pieces.flatMap((piece) => withoutStretch(piece, cut)),
      [kept],
    );
    const [only] = left;
    if (left.length === 1 && only?.from === kept.from && only.to === kept.to) continue;
    await desk.books.absences.remove(practiceId, practitionerId, [id]);
    for (const { from, to } of left) await desk.books.absences.add({ ...kept, from, to });
    await note(desk, actor, "absence.opened", id);
    opened++;
  }
  if (opened > 0) await tellOwner(desk, actor, practitioner, { type: "time.opened", stretches });
}

/** Notifies the practitioner whose time an admin changed. */
async function tellOwner(
  desk: Desk,
  actor: Actor,
  { practiceId, id }: Practitioner,
  { type, stretches }: { readonly type: "time.kept" | "time.opened"; readonly stretches: readonly WallStretch[] },
): Promise<void> {
  if (actor.kind !== "practitioner" || actor.practitionerId === id) return;
  const spans = stretches.map(({ from, to }) => ({ from, to }));
  await startWithPractitioner(desk, practiceId, id, {
    flow: "notice",
    input: { type, byId: actor.practitionerId, spans },
    dedupeKey: `${type}:${id}:${desk.nowMs}:${JSON.stringify(spans)}`,
  });
}

async function note(desk: Desk, actor: Actor, action: string, subject: string): Promise<void> {
  const { practiceId, place } = actor;
  await desk.books.audit.add({ practiceId, atMs: desk.nowMs, actor: actorName(actor), action, subject, place });
}

import type { KeptAbsence, ReadBooks } from "../../db/store.ts";
import type { Booking, BookingStatus } from "../domain/booking.ts";
import { type WallStretch, withoutStretch } from "../domain/out-of-office.ts";
import type { OutOfOffice, Practitioner } from "../domain/practice.ts";
import { localDateOf, resolveLocal } from "../domain/zone.ts";
import { type Actor, actorName } from "./actor.ts";
import type { Desk } from "./desk.ts";

const day = 86_400_000;
/** What is still to take place, or may be. */
const coming: readonly BookingStatus[] = ["requested", "proposed", "confirmed"];

/** The practitioners, out of office also when they said so in chat. The practice file's own schedule stays as it is. */
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

/** A wall time that is past in every zone. */
function someTimeAgo(nowMs: number): string {
  return `${localDateOf("UTC", nowMs - 2 * day)}T00:00`;
}

function asOutOfOffice({ from, to, message }: KeptAbsence): OutOfOffice {
  return message === undefined ? { from, to } : { from, to, message };
}

/** What a practitioner said in chat of time off that is not over, the earliest first. */
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

/** Sessions and requests that an absence would leave standing: nothing is cancelled by being away. */
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
      fromMs: startsAtMs - day,
      toMs: endsAtMs,
      order: "asc",
    });
    for (const booking of near) if (booking.endsAtMs > Math.max(startsAtMs, nowMs)) found.set(booking.id, booking);
  }
  return [...found.values()].sort((a, b) => a.startsAtMs - b.startsAtMs);
}

export interface AbsenceOrder {
  readonly stretches: readonly WallStretch[];
  readonly kind: KeptAbsence["kind"];
  /** Shown to clients who look for times. */
  readonly message?: string;
}

/**
 * Keeps a practitioner's own time free of new sessions; what is booked stays. Gives the ids of what was added, fewer
 * where it was kept free before; undefined for anybody else.
 */
export async function addAbsences(
  desk: Desk,
  actor: Actor,
  { stretches, kind, message }: AbsenceOrder,
): Promise<readonly string[] | undefined> {
  const practitioner = await themselves(desk, actor);
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
      ...(message === undefined ? {} : { message }),
    });
    ids.push(made.id);
    await note(desk, actor, "absence.added", made.id);
  }
  return ids;
}

/** Takes back absences that were just added; those of others, or gone already, are left alone. */
export async function removeAbsences(desk: Desk, actor: Actor, ids: readonly string[]): Promise<void> {
  const practitioner = await themselves(desk, actor);
  if (practitioner === undefined) return;
  const { practiceId, id } = practitioner;
  await desk.books.claims.lock(practiceId, [id]);
  await desk.books.absences.remove(practiceId, id, ids);
  for (const gone of ids) await note(desk, actor, "absence.removed", gone);
}

/** Opens stretches of the practitioner's own time again; of a longer absence the rest stays. */
export async function openAgain(desk: Desk, actor: Actor, stretches: readonly WallStretch[]): Promise<void> {
  const practitioner = await themselves(desk, actor);
  if (practitioner === undefined) return;
  const { practiceId, id: practitionerId } = practitioner;
  await desk.books.claims.lock(practiceId, [practitionerId]);
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
  }
}

async function themselves({ books }: Desk, actor: Actor): Promise<Practitioner | undefined> {
  if (actor.kind !== "practitioner") return undefined;
  return books.people.findPractitioner(actor.practiceId, actor.practitionerId);
}

async function note(desk: Desk, actor: Actor, action: string, subject: string): Promise<void> {
  const { practiceId, place } = actor;
  await desk.books.audit.add({ practiceId, atMs: desk.nowMs, actor: actorName(actor), action, subject, place });
}

import type { Membership } from "../../../db/store.ts";
import type { Address, Unreachable } from "../../ports/messenger.ts";
import type { Desk } from "../desk.ts";
import { leadsPlan } from "../packages/plan-answers.ts";
import { listComing } from "../people/deactivate.ts";
import { type QueuedTalk, startWithPractitioner } from "./announce.ts";
import { mailPractitioner, mailPractitionerNews } from "./mails.ts";

/**
 * Marks a chat as unreachable until it is heard from again. The first time it notifies those who can act: for a
 * practitioner the practice's admins, and requests that wait for an answer go out by mail at once; for a client the
 * practitioners of their sessions (case 22).
 */
export async function noteUnreachable(desk: Desk, address: Address, why: Unreachable): Promise<void> {
  if (!(await desk.books.identities.setUnreachable(address, why, desk.nowMs))) return;
  for (const membership of await desk.books.identities.memberships(address)) {
    const { practiceId, role, personId } = membership;
    const chats = await desk.books.identities.listAddresses(practiceId, role, personId);
    if (chats.some((chat) => chat.unreachable === undefined && desk.platforms.includes(chat.platform))) continue;
    if (role === "practitioner") await tellAboutPractitioner(desk, membership);
    else await tellAboutClient(desk, membership);
  }
}

async function tellAboutPractitioner(desk: Desk, { practiceId, personId }: Membership): Promise<void> {
  const waiting = await desk.books.bookings.listForPractitioner(practiceId, personId, {
    statuses: ["requested"],
    order: "asc",
  });
  // One mail covers all sessions of a plan.
  for (const booking of waiting) if (await leadsPlan(desk, booking)) await mailPractitioner(desk, booking);
  const open = await desk.books.changes.listOpenFor(practiceId, personId);
  // Ascending ids: the lock order of all turns.
  for (const { bookingId, startsAtMs, respondByMs } of open.toSorted((a, b) => (a.bookingId < b.bookingId ? -1 : 1))) {
    const booking = await desk.books.bookings.lock(practiceId, bookingId);
    if (booking === undefined) continue;
    const client = await desk.books.people.findClient(practiceId, booking.clientId);
    const news = { kind: "change-asked", toMs: startsAtMs, respondByMs } as const;
    await mailPractitionerNews(desk, booking, news, client?.name ?? "");
  }
  const admins = (await desk.books.people.listPractitioners(practiceId)).filter((one) => one.admin);
  for (const admin of admins.filter(({ id }) => id !== personId)) {
    await startWithPractitioner(desk, practiceId, admin.id, notice(desk, "practitioner.unreachable", personId));
  }
}

async function tellAboutClient(desk: Desk, { practiceId, personId }: Membership): Promise<void> {
  const coming = await listComing(desk.books, practiceId, personId, desk.nowMs);
  for (const practitionerId of new Set(coming.map((booking) => booking.practitionerId))) {
    await startWithPractitioner(desk, practiceId, practitionerId, notice(desk, "client.unreachable", personId));
  }
}

function notice(desk: Desk, type: "practitioner.unreachable" | "client.unreachable", personId: string): QueuedTalk {
  return { flow: "people", input: { type, personId }, dedupeKey: `${type}:${personId}:${desk.nowMs}` };
}

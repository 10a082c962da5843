import type { Membership } from "../../../db/store.ts";
import type { Address, Unreachable } from "../../ports/messenger.ts";
import type { Desk } from "../desk.ts";
import { leadsPlan } from "../packages/plan-answers.ts";
import { listComing } from "../people/deactivate.ts";
import { type NewTalk, startWithPractitioner } from "./announce.ts";
import { mailPractitioner, mailPractitionerNews } from "./mails.ts";

/**
 * Notes that nothing reaches this chat user any more; forgotten when they are heard of again. The first time, whoever can do
 * something about it is told: of a practitioner the practice's admins, and what waits for their answer goes out by mail at once; of
 * a client the practitioners they have sessions with (case 22).
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
  // A plan's sessions are all in one mail.
  for (const booking of waiting) if (await leadsPlan(desk, booking)) await mailPractitioner(desk, booking);
  const wishes = await desk.books.changes.listOpenFor(practiceId, personId);
  // In the order in which all turns take them.
  for (const { bookingId, startsAtMs, respondByMs } of wishes.toSorted((a, b) =>
    a.bookingId < b.bookingId ? -1 : 1,
  )) {
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

function notice(desk: Desk, type: string, personId: string): NewTalk {
  return { flow: "people", input: { type, personId }, dedupeKey: `${type}:${personId}:${desk.nowMs}` };
}

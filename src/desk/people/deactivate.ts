import type { ReadBooks } from "../../../db/store.ts";
import type { Booking } from "../../domain/booking.ts";
import type { Actor } from "../actor.ts";
import { auditEntry } from "../audit.ts";
import type { Desk } from "../desk.ts";
import { startWithPractitioner } from "../telling/announce.ts";
import { looksAfter } from "./care.ts";

/** A client's future sessions; they stay in the books when the client is deactivated (case 22). */
export async function listComing(
  books: ReadBooks,
  practiceId: string,
  clientId: string,
  nowMs: number,
): Promise<readonly Booking[]> {
  return books.bookings.listForClient(practiceId, clientId, {
    statuses: ["requested", "proposed", "confirmed"],
    fromMs: nowMs,
    order: "asc",
  });
}

/**
 * Deactivates a client: their buttons and their invitation stop working, their sessions stay. False: not managed by the
 * actor, or deactivated already.
 */
export async function deactivateClient(desk: Desk, actor: Actor, clientId: string): Promise<boolean> {
  const { books } = desk;
  if (!(await looksAfter(books, actor, clientId))) return false;
  const client = await books.people.findClient(actor.practiceId, clientId);
  if (client?.state !== "active") return false;
  await books.people.setDeactivated(actor.practiceId, clientId, desk.nowMs);
  const invitation = await books.invitations.findForClient(actor.practiceId, clientId);
  if (invitation !== undefined) await books.invitations.revoke(invitation.id, desk.realNowMs);
  await auditEntry(desk, actor, "client.deactivated", clientId);
  await tellOthers(desk, actor, clientId);
  return true;
}

/** Notifies the practitioners who have future sessions with the client, except the actor. */
async function tellOthers(desk: Desk, actor: Actor, clientId: string): Promise<void> {
  const coming = await listComing(desk.books, actor.practiceId, clientId, desk.nowMs);
  const self = actor.kind === "practitioner" ? actor.practitionerId : "";
  for (const practitionerId of new Set(coming.map((booking) => booking.practitionerId))) {
    if (practitionerId === self) continue;
    await startWithPractitioner(desk, actor.practiceId, practitionerId, {
      flow: "people",
      input: { type: "client.out", clientId },
      dedupeKey: `client.out:${clientId}:${practitionerId}:${desk.nowMs}`,
    });
  }
}

/** Reactivates a client with their bound chats. False: not managed by the actor, or not deactivated. */
export async function reactivateClient(desk: Desk, actor: Actor, clientId: string): Promise<boolean> {
  if (!(await looksAfter(desk.books, actor, clientId))) return false;
  const client = await desk.books.people.findClient(actor.practiceId, clientId);
  if (client?.state !== "deactivated") return false;
  await desk.books.people.setDeactivated(actor.practiceId, clientId, undefined);
  await auditEntry(desk, actor, "client.reactivated", clientId);
  return true;
}

import type { Booking } from "../../domain/booking.ts";
import type { PractitionerNews } from "../../words/practitioner-mails.ts";
import type { Actor } from "../actor.ts";
import type { Desk } from "../desk.ts";
import { type QueuedTalk, startWithPractitioner } from "./announce.ts";
import { mailPractitionerNews } from "./mails.ts";

/**
 * Tells the practitioner of a session what happened to it, in their chats, or by mail where none reaches them. `byId` is
 * the colleague who did it; without one it was the client.
 */
export async function tellPractitioner(
  desk: Desk,
  booking: Booking,
  talk: QueuedTalk,
  { news, byId }: { readonly news: PractitionerNews; readonly byId?: string | undefined },
): Promise<void> {
  const { practiceId, practitionerId, clientId } = booking;
  if (await startWithPractitioner(desk, practiceId, practitionerId, talk)) return;
  const { people } = desk.books;
  const who = byId === undefined ? people.findClient(practiceId, clientId) : people.findPractitioner(practiceId, byId);
  await mailPractitionerNews(desk, booking, news, (await who)?.name ?? "");
}

/** The practitioner of a session hears what a colleague, an admin, did to it; of their own doing they hear nothing. */
export async function tellColleague(
  desk: Desk,
  actor: Actor,
  booking: Booking,
  news: PractitionerNews & { readonly kind: "cancelled" | "moved" },
): Promise<void> {
  if (actor.kind !== "practitioner" || actor.practitionerId === booking.practitionerId) return;
  const byId = actor.practitionerId;
  const talk: QueuedTalk = {
    flow: "notice",
    input:
      news.kind === "moved"
        ? { type: "session.moved", bookingId: booking.id, beforeMs: news.beforeMs, byId }
        : { type: "session.cancelled", bookingId: booking.id, byId },
    dedupeKey: `${news.kind}:${booking.id}:${booking.version}`,
    bookingId: booking.id,
  };
  await tellPractitioner(desk, booking, talk, { news, byId });
}

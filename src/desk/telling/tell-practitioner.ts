import type { Booking } from "../../domain/booking.ts";
import type { PractitionerNews } from "../../words/practitioner-mails.ts";
import type { Actor } from "../actor.ts";
import type { Desk } from "../desk.ts";
import { type QueuedTalk, startWithPractitioner } from "./announce.ts";
import { mailPractitionerNews } from "./mails.ts";

/**
 * Notifies the practitioner of a session in their chats, or by mail where none is reachable. `byId` is the colleague
 * who acted; absent: the client did.
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

/** Notifies the practitioner of what an admin did to their session; nothing for their own actions. */
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

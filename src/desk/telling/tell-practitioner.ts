import type { Booking } from "../../domain/booking.ts";
import type { PractitionerNews } from "../../words/practitioner-mails.ts";
import type { Actor } from "../actor.ts";
import type { Desk } from "../desk.ts";
import { type NewTalk, startWithPractitioner } from "./announce.ts";
import { mailPractitionerNews } from "./mails.ts";

/**
 * Notifies the practitioner of a session in their chats, or by mail where none is reachable. `byId` is the colleague
 * who acted; absent: the client did.
 */
export async function tellPractitioner(
  desk: Desk,
  booking: Booking,
  talk: NewTalk,
  { news, byId }: { readonly news: PractitionerNews; readonly byId?: string | undefined },
): Promise<void> {
  const { practiceId, practitionerId, clientId } = booking;
  const input = byId === undefined ? talk.input : { ...talk.input, byId };
  if (await startWithPractitioner(desk, practiceId, practitionerId, { ...talk, input })) return;
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
  const before = news.kind === "moved" ? { beforeMs: news.beforeMs } : {};
  const talk = {
    flow: "notice",
    input: { type: `session.${news.kind}`, bookingId: booking.id, ...before },
    dedupeKey: `${news.kind}:${booking.id}:${booking.version}`,
    bookingId: booking.id,
  };
  await tellPractitioner(desk, booking, talk, { news, byId: actor.practitionerId });
}

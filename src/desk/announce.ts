import type { CardEvent } from "../cards/card.ts";
import type { Booking } from "../domain/booking.ts";
import { newId } from "../ids.ts";
import { type Address, laneOf } from "../ports/messenger.ts";
import type { Desk } from "./desk.ts";

/** What the desk tells itself to do next, each in a turn of its own; the payload of an outbox errand. */
export type Errand =
  | { readonly do: "news"; readonly to: Address; readonly talkId: string; readonly event: CardEvent }
  | {
      readonly do: "start";
      readonly to: Address;
      readonly flow: string;
      readonly practiceId: string;
      readonly role: "client" | "practitioner";
      readonly input: CardEvent;
    };

/** Queues an errand; the same `dedupeKey` again queues nothing. */
export async function queueErrand(
  desk: Desk,
  errand: Errand,
  about: { practiceId: string; bookingId?: string; dedupeKey: string },
): Promise<void> {
  await desk.books.outbox.add({
    id: newId("ob"),
    practiceId: about.practiceId,
    kind: "errand",
    // Not the chat's own lane: news must get through to the books even while the platform is down.
    lane: errand.do === "news" ? `talk:${errand.talkId}` : `start:${laneOf(errand.to)}`,
    ...(errand.do === "news" ? { talkId: errand.talkId } : {}),
    ...(about.bookingId === undefined ? {} : { bookingId: about.bookingId }),
    dedupeKey: about.dedupeKey,
    payload: JSON.stringify(errand),
    queuedAtMs: desk.realNowMs,
  });
}

/** Tells every live talk about a booking, but the one that caused the change, that it changed. */
export async function tellTalks(desk: Desk, booking: Booking, exceptTalkId?: string): Promise<void> {
  await sendNews(
    desk,
    booking,
    { type: "booking.changed", status: booking.status, version: booking.version },
    exceptTalkId,
  );
}

/** Sends an event to every live talk about a booking. */
export async function sendNews(desk: Desk, booking: Booking, event: CardEvent, exceptTalkId?: string): Promise<void> {
  for (const talk of await desk.books.talks.listLiveAbout(booking.id)) {
    if (talk.id === exceptTalkId) continue;
    await queueErrand(
      desk,
      { do: "news", to: talk.address, talkId: talk.id, event },
      {
        practiceId: booking.practiceId,
        bookingId: booking.id,
        // Its every word: the second reminder is other news than the first.
        dedupeKey: [...Object.values(event), booking.id, booking.version, talk.id].join(":"),
      },
    );
  }
}

/** Brings a request, or a session that confirmed itself, before its practitioner, in every chat they have. False: there is none. */
export async function startReview(desk: Desk, booking: Booking): Promise<boolean> {
  return startWithPractitioner(desk, booking.practiceId, booking.practitionerId, {
    flow: "review",
    input: { type: "review.asked", bookingId: booking.id },
    dedupeKey: `review:${booking.id}`,
    bookingId: booking.id,
  });
}

/** Begins a talk with a practitioner in every chat of theirs that is connected; false when there is none. */
export async function startWithPractitioner(
  desk: Desk,
  practiceId: string,
  practitionerId: string,
  talk: { flow: string; input: CardEvent; dedupeKey: string; bookingId?: string },
): Promise<boolean> {
  const addresses = await desk.books.identities.listAddresses(practiceId, "practitioner", practitionerId);
  const reachable = addresses.filter((address) => desk.platforms.includes(address.platform));
  for (const { platform, workspace, user } of reachable) {
    const to = { platform, workspace, user };
    await queueErrand(
      desk,
      { do: "start", to, flow: talk.flow, practiceId, role: "practitioner", input: talk.input },
      {
        practiceId,
        ...(talk.bookingId === undefined ? {} : { bookingId: talk.bookingId }),
        dedupeKey: `${talk.dedupeKey}:${laneOf(to)}`,
      },
    );
  }
  return reachable.length > 0;
}

import type { NewTalk } from "../../cards/talks.ts";
import type { Booking } from "../../domain/booking.ts";
import { given } from "../../given.ts";
import { newId } from "../../ids.ts";
import { type Address, laneOf } from "../../ports/messenger.ts";
import type { Desk } from "../desk.ts";
import type { News } from "./news.ts";
import { refreshTabs } from "./tabs.ts";

/** A follow-up the desk queues for itself, each run in its own turn; the payload of an outbox errand. */
export type Errand =
  | { readonly do: "news"; readonly to: Address; readonly talkId: string; readonly event: News }
  | (NewTalk & {
      readonly do: "start";
      readonly to: Address;
      readonly practiceId: string;
      readonly role: "client" | "practitioner" | "stranger";
    });

/** Queues an errand; a repeated `dedupeKey` queues nothing. */
export async function queueErrand(
  desk: Desk,
  errand: Errand,
  about: { practiceId: string; bookingId?: string; dedupeKey: string },
): Promise<void> {
  await desk.books.outbox.add({
    id: newId("ob"),
    practiceId: about.practiceId,
    kind: "errand",
    service: "desk",
    // Not the chat's lane: errands must run while the platform is down.
    lane: errand.do === "news" ? `talk:${errand.talkId}` : `start:${laneOf(errand.to)}`,
    ...(errand.do === "news" ? { talkId: errand.talkId } : {}),
    ...given({ bookingId: about.bookingId }),
    dedupeKey: about.dedupeKey,
    payload: JSON.stringify(errand),
    queuedAtMs: desk.realNowMs,
  });
}

/**
 * Notifies every live talk about a booking that it changed, except the one that caused it, and refreshes the home
 * pages.
 */
export async function tellTalks(desk: Desk, booking: Booking, exceptTalkId?: string, only?: Side): Promise<void> {
  await refreshTabs(desk, booking);
  const { status, version } = booking;
  await sendNews(desk, booking, { type: "booking.changed", status, version }, exceptTalkId, only);
}

/** The side whose talks are notified, where the other side is notified later or not at all. */
export type Side = "client" | "practitioner";

/** Queues an event for every live talk about a booking. */
export async function sendNews(
  desk: Desk,
  booking: Booking,
  event: News,
  exceptTalkId?: string,
  only?: Side,
): Promise<void> {
  const { planId } = booking;
  const ofPlan = planId === undefined ? [] : await desk.books.talks.listLiveAbout(planId);
  for (const talk of [...(await desk.books.talks.listLiveAbout(booking.id)), ...ofPlan]) {
    if (talk.id === exceptTalkId || (only !== undefined && talk.role !== only)) continue;
    await queueErrand(
      desk,
      { do: "news", to: talk.address, talkId: talk.id, event },
      {
        practiceId: booking.practiceId,
        bookingId: booking.id,
        // The whole event is part of the key: the second reminder differs from the first.
        dedupeKey: [...Object.values(event), booking.id, booking.version, talk.id].join(":"),
      },
    );
  }
}

/**
 * Starts a review talk in every chat of the practitioner, for a request or an automatically confirmed session. False:
 * no chat is connected.
 */
export async function startReview(desk: Desk, booking: Booking): Promise<boolean> {
  return startWithPractitioner(desk, booking.practiceId, booking.practitionerId, {
    flow: "review",
    input: { type: "review.asked", bookingId: booking.id },
    dedupeKey: `review:${booking.id}`,
    bookingId: booking.id,
  });
}

/** Starts a review talk for a whole plan: one card for all its sessions. False: no chat is connected. */
export async function startPlanReview(desk: Desk, booking: Booking, planId: string): Promise<boolean> {
  return startWithPractitioner(desk, booking.practiceId, booking.practitionerId, {
    flow: "plan-review",
    input: { type: "plan.asked", planId },
    dedupeKey: `plan-review:${planId}`,
    bookingId: booking.id,
  });
}

/** A talk that the desk begins with a person, once for each `dedupeKey` and chat. */
export type QueuedTalk = NewTalk & { readonly dedupeKey: string; readonly bookingId?: string };

/** Starts a talk with a client in their most recently used connected chat; false: none is reachable. */
export async function startWithClient(
  desk: Desk,
  practiceId: string,
  clientId: string,
  talk: QueuedTalk,
): Promise<boolean> {
  const addresses = await desk.books.identities.listAddresses(practiceId, "client", clientId);
  const reached = addresses.find((one) => desk.platforms.includes(one.platform) && one.unreachable === undefined);
  if (reached !== undefined) await startAt(desk, practiceId, "client", reached, talk);
  return reached !== undefined;
}

/** Starts a talk with a practitioner in every connected chat; false: there is none. */
export async function startWithPractitioner(
  desk: Desk,
  practiceId: string,
  practitionerId: string,
  talk: QueuedTalk,
): Promise<boolean> {
  const addresses = await desk.books.identities.listAddresses(practiceId, "practitioner", practitionerId);
  const connected = addresses.filter((address) => desk.platforms.includes(address.platform));
  for (const address of connected) await startAt(desk, practiceId, "practitioner", address, talk);
  return connected.some((address) => address.unreachable === undefined);
}

async function startAt(
  desk: Desk,
  practiceId: string,
  role: Side,
  { platform, workspace, user }: Address,
  { dedupeKey, bookingId, ...talk }: QueuedTalk,
): Promise<void> {
  const to: Address = { platform, workspace, user };
  await queueErrand(
    desk,
    { ...talk, do: "start", to, practiceId, role },
    { practiceId, ...given({ bookingId }), dedupeKey: `${dedupeKey}:${laneOf(to)}` },
  );
}

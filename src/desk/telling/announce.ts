import type { NewTalk } from "../../cards/talks.ts";
import type { Booking } from "../../domain/booking.ts";
import { given } from "../../given.ts";
import { newId } from "../../ids.ts";
import { type Address, laneOf } from "../../ports/messenger.ts";
import type { Desk } from "../desk.ts";
import type { News } from "./news.ts";
import { refreshTabs } from "./tabs.ts";

/** Work the desk queues for itself, as the payload of an outbox row: each errand is a turn of its own. */
export type Errand =
  | { readonly do: "news"; readonly to: Address; readonly talkId: string; readonly event: News }
  | (NewTalk & {
      readonly do: "start";
      readonly to: Address;
      readonly practiceId: string;
      readonly role: "client" | "practitioner" | "stranger";
    });

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
    ...given({ bookingId: about.bookingId }),
    dedupeKey: about.dedupeKey,
    payload: JSON.stringify(errand),
    queuedAtMs: desk.realNowMs,
  });
}

/** Tells every live talk about a booking, but the one that caused the change, that it changed; and the standing pages. */
export async function tellTalks(desk: Desk, booking: Booking, exceptTalkId?: string, only?: Side): Promise<void> {
  await refreshTabs(desk, booking);
  const { status, version } = booking;
  await sendNews(desk, booking, { type: "booking.changed", status, version }, exceptTalkId, only);
}

/** Whose talks are told: those of one side, where the other is to hear of it later or not at all. */
export type Side = "client" | "practitioner";

/** Sends an event to every live talk about a booking. */
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

/** Brings a plan before its practitioner: one card for all its sessions. False: there is no chat that reaches them. */
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

/** Begins a talk with a client, in the connected chat they were in last; false when there is none that reaches them. */
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

/** Begins a talk with a practitioner in every chat of theirs that is connected; false when there is none. */
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

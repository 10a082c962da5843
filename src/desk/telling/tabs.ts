import type { Booking } from "../../domain/booking.ts";
import { newId } from "../../ids.ts";
import { type Address, laneOf } from "../../ports/messenger.ts";
import type { Desk } from "../desk.ts";

/** Queues a repaint of a chat user's home page; its content is read when it is sent. */
export async function queueTab(desk: Desk, practiceId: string, { platform, workspace, user }: Address): Promise<void> {
  const id = newId("ob");
  const to: Address = { platform, workspace, user };
  await desk.books.outbox.add({
    id,
    practiceId,
    kind: "tab",
    service: `${platform}-background`,
    // A lane of its own: a page is painted as a whole, so only the last queued repaint is sent.
    lane: `tab:${laneOf(to)}`,
    dedupeKey: id,
    payload: JSON.stringify(to),
    queuedAtMs: desk.realNowMs,
  });
}

/** Queues a repaint of every home page a person has opened. */
export async function refreshTabsOf(
  desk: Desk,
  practiceId: string,
  role: "client" | "practitioner",
  personId: string,
): Promise<void> {
  for (const address of await desk.books.identities.listAddresses(practiceId, role, personId)) {
    const seen = address.tabOpenedAtMs !== undefined && desk.platforms.includes(address.platform);
    if (seen) await queueTab(desk, practiceId, address);
  }
}

/** Queues a repaint of the home pages of a booking's client and practitioner. */
export async function refreshTabs(desk: Desk, booking: Booking): Promise<void> {
  await refreshTabsOf(desk, booking.practiceId, "client", booking.clientId);
  await refreshTabsOf(desk, booking.practiceId, "practitioner", booking.practitionerId);
}

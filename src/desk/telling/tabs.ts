import type { Booking } from "../../domain/booking.ts";
import { newId } from "../../ids.ts";
import { type Address, laneOf } from "../../ports/messenger.ts";
import type { Desk } from "../desk.ts";

/** Queues the standing page of this chat user; what it shows is read when it is sent. */
export async function queueTab(desk: Desk, practiceId: string, { platform, workspace, user }: Address): Promise<void> {
  const id = newId("ob");
  const to: Address = { platform, workspace, user };
  await desk.books.outbox.add({
    id,
    practiceId,
    kind: "tab",
    // Its own lane: a page is painted whole each time, so only the last one waiting need go.
    lane: `tab:${laneOf(to)}`,
    dedupeKey: id,
    payload: JSON.stringify(to),
    queuedAtMs: desk.realNowMs,
  });
}

/** Brings the standing pages of a person up to date, wherever they have looked at one. */
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

/** Brings the standing pages of the two people of a booking up to date. */
export async function refreshTabs(desk: Desk, booking: Booking): Promise<void> {
  await refreshTabsOf(desk, booking.practiceId, "client", booking.clientId);
  await refreshTabsOf(desk, booking.practiceId, "practitioner", booking.practitionerId);
}

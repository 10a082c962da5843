import { expect } from "vitest";
import type { Store } from "../../db/store.ts";
import { type Booking, bookingStatuses } from "../../src/domain/booking.ts";
import type { Frontdesk } from "../../src/frontdesk.ts";
import { openTeamsDesk, type TeamsDesk, type TeamsDeskOptions } from "../support/teams/desk.ts";
import type { TeamsUser } from "../support/teams/user.ts";
import { until } from "../support/until.ts";

/** Monday, 2 March 2026, 08:00 in Lisbon. */
export const monday = "2026-03-02T08:00:00Z";

/** A desk in Teams on that Monday, with the app installed by everyone of Harbour Wellness who has Teams. */
export async function openHarbour(options: Partial<TeamsDeskOptions> = {}): Promise<TeamsDesk> {
  const teams = await openTeamsDesk({ now: monday, ...options });
  for (const person of [teams.maya, teams.ana, teams.ben]) await person.install();
  return teams;
}

/** Goes in one line to the review of a follow-up by video with Dr Maya Lee on Wednesday, 4 March. */
export async function reviewFollowUp(client: TeamsUser, time = "10:00"): Promise<void> {
  await client.say(`book a follow-up with Maya by video on Wednesday at ${time}`);
  await client.sees("Please check everything");
}

/** The same, and sends the request. */
export async function requestFollowUp(client: TeamsUser, time = "10:00"): Promise<void> {
  await reviewFollowUp(client, time);
  await client.click("Confirm & book");
  await client.sees("Waiting for an answer");
}

/** Every booking of Harbour Wellness beyond a hold. */
export function bookingsOf({ store }: Frontdesk): Promise<readonly Booking[]> {
  return bookingsIn(store);
}

/** The same from the books alone. */
export async function bookingsIn({ read }: Pick<Store, "read">): Promise<readonly Booking[]> {
  const filter = { statuses: bookingStatuses.filter((status) => status !== "held"), order: "asc" } as const;
  const lists = ["maya", "jonas"].map((id) => read.bookings.listForPractitioner("harbour", id, filter));
  return (await Promise.all(lists)).flat();
}

/** The subjects of the mails to an address, oldest first. */
export async function subjectsTo({ store }: Frontdesk, address: string): Promise<readonly string[]> {
  const mails = await store.tray.list();
  return mails.filter(({ to }) => to === address).map(({ subject }) => subject);
}

/** The number of a person's messages with this title now. */
export function having(user: TeamsUser, title: string): number {
  return user.buttons().filter((each) => each === title).length;
}

/**
 * Instants on a card without a zone: texts with hours and minutes, where neither the text nor a line for the whole card
 * names one.
 */
export function assertZones(user: TeamsUser): void {
  for (const message of user.messages()) {
    if (/\d\d:\d\d/.test(message))
      expect(message).toMatch(/\((Lisbon|New York|Berlin)\)|Times are (in|shown in) .+ time/);
  }
}

/** Fills in the desk's own page behind a card's link. */
export async function answerPrivately(
  desk: Frontdesk,
  link: string,
  answers: Readonly<Record<string, string>>,
): Promise<void> {
  const { pathname } = new URL(link);
  const sent = await fetch(new URL(pathname, desk.address), { method: "POST", body: new URLSearchParams(answers) });
  expect(sent.status).toBe(200);
}

/** Resolves when the outbox is empty, at the pace Teams accepts. */
export async function quiet({ store }: Frontdesk): Promise<void> {
  await until("the outbox is empty", async () => (await store.waiting()).outbox === 0);
}

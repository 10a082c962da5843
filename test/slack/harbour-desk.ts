import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { type Booking, bookingStatuses } from "../../src/domain/booking.ts";
import { importYaml } from "../support/desk-files.ts";
import { openSlackDesk, type SlackDesk, type SlackDeskOptions } from "../support/slack/desk.ts";
import type { SlackUser } from "../support/slack/slack-user.ts";
import { until } from "../support/until.ts";

/** The workspace of Harbour Wellness. */
export const team = "T0HARBOUR";
/** Monday, 2 March 2026, 08:00 in Lisbon. */
export const monday = "2026-03-02T08:00:00Z";

/** A desk in Slack with the people of Harbour Wellness. */
export interface HarbourDesk extends SlackDesk {
  readonly ana: SlackUser;
  readonly ben: SlackUser;
  readonly maya: SlackUser;
  readonly jonas: SlackUser;
  /** A person who is not of the practice. */
  readonly zoe: SlackUser;
  /** Every booking of Dr Maya Lee and Jonas Weber beyond a hold. */
  bookings(): Promise<readonly Booking[]>;
  /** Resolves when the outbox is empty. */
  quiet(): Promise<void>;
  /** Throws when Slack refused a call, the desk logged an error, or a message could mention everyone. */
  assertWell(): Promise<void>;
}

/** Opens the desk on Monday at 08:00, by default without rate limits. */
export async function openHarbour(options: Partial<SlackDeskOptions> = {}): Promise<HarbourDesk> {
  const slack = await openSlackDesk({ now: monday, limits: "off", ...options });
  const user = (id: string) => slack.world.user(team, id);
  const { fake, world, lines, desk } = slack;
  return {
    ...slack,
    ana: user("U0ANA"),
    ben: user("U0BEN"),
    maya: user("U0MAYA"),
    jonas: user("U0JONAS"),
    zoe: user("U0ZOE"),
    bookings: () => bookingsOf(slack),
    quiet: () => until("the outbox is empty", async () => (await desk().store.waiting()).outbox === 0),
    async assertWell() {
      await world.settled();
      world.assertNoInjection();
      expect(fake.calls().filter(({ outcome }) => outcome !== "ok")).toEqual([]);
      const complaints = lines.filter(({ level }) => level === "error" || level === "warn");
      expect(complaints.filter(({ event }) => event !== "transaction.slow")).toEqual([]);
      expect((await desk().store.waiting()).dead).toBe(0);
    },
  };
}

/** Every booking of the practice beyond a hold. */
export async function bookingsOf({ desk }: Pick<SlackDesk, "desk">): Promise<readonly Booking[]> {
  const { bookings } = desk().store.read;
  const filter = { statuses: bookingStatuses.filter((status) => status !== "held"), order: "asc" } as const;
  const all = await Promise.all(["maya", "jonas"].map((id) => bookings.listForPractitioner("harbour", id, filter)));
  return all.flat();
}

/** Imports the practice of `harbour-slack` as the test changes it. */
export async function importHarbour(slack: SlackDesk, change: (yaml: string) => string): Promise<void> {
  const file = new URL("../support/practices/harbour-slack.yaml", import.meta.url);
  await importYaml(slack.desk().store, change(readFileSync(file, "utf8")), slack.desk().clock.now());
}

/** Goes by buttons to the review of a follow-up by video with Dr Maya Lee; `wednesday` is 4 March. */
export async function reviewFollowUp(client: SlackUser, time = "10:00"): Promise<void> {
  await client.answered(() => client.shortcut());
  for (const label of ["Follow-up", "Video", "Dr Maya Lee", "Wed 4 Mar", time]) await client.press(label);
  await client.sees("Please check everything");
}

/** The same, and sends the request. */
export async function requestFollowUp(client: SlackUser, time = "10:00"): Promise<void> {
  await reviewFollowUp(client, time);
  await client.click("Confirm & book");
  await client.sees("Waiting for an answer");
}

/** The number of a person's messages that have this button now. */
export function having(user: SlackUser, label: string): number {
  return user.messages().filter(({ buttons }) => buttons.includes(label)).length;
}

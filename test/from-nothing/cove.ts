import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { makeLinkCode } from "../../src/desk/people/link.ts";
import { type Booking, bookingStatuses } from "../../src/domain/booking.ts";
import type { Frontdesk } from "../../src/frontdesk.ts";
import type { WorkspaceSeed } from "../support/slack/workspace.ts";
import { until } from "../support/until.ts";

/** Monday, 2 March 2026, 08:00 in Lisbon. */
export const monday = "2026-03-02T08:00:00Z";

/** A practice file of a few lines with no chats and no clients. */
export const cove = readFileSync(new URL("../support/practices/cove.yaml", import.meta.url), "utf8");

/** The workspace of its people, all unknown to the desk. */
export const coveSlack: WorkspaceSeed = {
  id: "T0COVE",
  name: "Cove",
  users: [
    { id: "U0INES", name: "ines", realName: "Ines Dias", email: "ines@cove.example", tz: "Europe/Lisbon" },
    { id: "U0ANA", name: "ana", realName: "Ana Alves", email: "ana@example.com", tz: "Europe/Lisbon" },
    { id: "U0BEN", name: "ben", realName: "Ben Okoro", email: "ben@example.com", tz: "Europe/Lisbon" },
  ],
};

/** A person in any messenger: finds things by visible text and waits for them. */
export interface ChatPerson {
  say(words: string): Promise<unknown>;
  click(label: string): Promise<unknown>;
  sees(words: string | RegExp): Promise<unknown>;
  fill(values: Readonly<Record<string, string>>): unknown;
}

/** Runs the command line's `link`; returns what it prints. */
async function operatorsCode({ store, clock }: Frontdesk): Promise<string> {
  const at = { nowMs: clock.now(), realNowMs: clock.realNow() };
  const made = await store.transaction((books) => makeLinkCode(books, { practiceId: "cove" }, at));
  if (!made.ok) throw new Error(made.refusal);
  return made.code;
}

/** The code in the text of a mail. */
export function codeIn(text: string | undefined): string {
  const code = /FD-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(text ?? "")?.[0];
  if (code === undefined) throw new Error(`there is no code in ${text}`);
  return code;
}

/** D7.7: a stranger types the operator's code and chooses who they are. */
export async function comeInAsInes(desk: Frontdesk, ines: ChatPerson): Promise<void> {
  await ines.say(await operatorsCode(desk));
  await ines.sees("Who are you?");
  await ines.click("Ines Dias");
  await ines.sees("Hello Ines Dias");
}

/** D7.1: a person new to the practice is invited by mail address. */
export async function inviteByMail(ines: ChatPerson, address: string, name: string): Promise<void> {
  await ines.say(`invite ${address}`);
  await ines.sees("Send this invitation?");
  await ines.fill({ [`Name of ${address}`]: name });
  await ines.click("Send invitation");
  await ines.sees(`${name}: sent`);
}

/**
 * A session from request to cancellation (D4.1, D4.5, D4.6): an activated client requests Wednesday at ten, and it is
 * confirmed; moves it to Thursday at eleven, and it is approved; cancels it, and the practitioner is notified after the
 * minute to undo.
 */
export async function bookMoveAndCancel(desk: Frontdesk, ines: ChatPerson, client: ChatPerson): Promise<void> {
  await client.click("Request a session");
  await client.sees("When suits you?");
  await client.click("Wed 4 Mar");
  await client.sees("Times on Wed 4 Mar");
  await client.click("10:00");
  await client.sees("Please check everything");
  await client.click("Confirm & book");
  await client.sees("Waiting for an answer");
  await ines.sees("A session request");
  await ines.click("Confirm");
  await client.sees("Your session is confirmed");
  expect(await sessions(desk)).toEqual(["confirmed 2026-03-04T10:00:00.000Z"]);

  await client.say("move my session to Thursday at 11");
  await client.sees("Move this session?");
  await client.fill({ Reason: "School play" });
  await client.click("Ask for this time");
  await client.sees("You asked for another time");
  await ines.sees("would like another time");
  expect(await sessions(desk)).toEqual(["confirmed 2026-03-04T10:00:00.000Z"]);
  await ines.sees("Ana Alves writes: School play");
  await ines.click("Approve");
  await client.sees("Your session was moved");
  expect(await sessions(desk)).toEqual(["confirmed 2026-03-05T11:00:00.000Z"]);

  await client.say("cancel my session");
  await client.sees("Cancel this session?");
  await client.fill({ Reason: "Travelling" });
  await client.click("Cancel session");
  await client.sees("You can undo this for one minute.");
  desk.clock.advance(61_000);
  await ines.sees("Travelling");
  await until("the outbox is empty", async () => (await desk.store.waiting()).outbox === 0);
  expect(await sessions(desk)).toEqual([expect.stringMatching(/^cancelled\S* 2026-03-05T11:00:00.000Z$/)]);
  expect((await desk.store.waiting()).dead).toBe(0);
}

async function sessions({ store }: Frontdesk): Promise<readonly string[]> {
  const statuses = bookingStatuses.filter((status) => status !== "held");
  const all: readonly Booking[] = await store.read.bookings.listForPractitioner("cove", "ines", {
    statuses,
    order: "asc",
  });
  return all.map(({ status, startsAtMs }) => `${status} ${new Date(startsAtMs).toISOString()}`);
}

/** The subjects in the client's mailbox after that. */
export const subjects = [
  "Request received: Talk, Wed 4 Mar, 10:00 (Lisbon)",
  "Confirmed: Talk, Wed 4 Mar, 10:00 (Lisbon)",
  "Another time asked for: Talk, Wed 4 Mar, 10:00 (Lisbon)",
  "Moved: Talk, Thu 5 Mar, 11:00 (Lisbon)",
  "Cancelled: Talk, Thu 5 Mar, 11:00 (Lisbon)",
];

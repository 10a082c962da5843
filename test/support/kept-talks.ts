import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Talk } from "../../db/store.ts";
import type { Card } from "../../src/cards/card.ts";
import type { Booking } from "../../src/domain/booking.ts";
import { dayMs } from "../../src/domain/units.ts";
import type { TestDesk } from "./desk.ts";
import { everyFlow } from "./flow-graph.ts";
import { placeOf } from "./place.ts";
import type { RestedTalk } from "./play-talk.ts";

/** A talk stored by an earlier release, which the present one must be able to continue. */
export interface KeptTalk {
  readonly flow: string;
  readonly version: number;
  readonly state: string;
  /** The practice file in test/support/practices. */
  readonly practice: string;
  readonly role: Talk["role"];
  readonly user: string;
  readonly personId: string;
  readonly ended: boolean;
  /** The stored snapshot, with random values replaced. */
  readonly snapshot: string;
  readonly card: Card;
  readonly booking?: Booking;
}

/** The placeholder for the booking's id. */
const keptBookingId = "bk_kept";

/** JSON Lines, one talk per line. */
const file = new URL("../flows/kept-talks.jsonl", import.meta.url);

/** The kept talks of all versions. */
export function readKeptTalks(): readonly KeptTalk[] {
  const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  return lines.map((line) => JSON.parse(line) as KeptTalk); // written below
}

/** Adds a talk for each flow, version and state that has none yet. Existing ones are never changed. */
export function keepTalks(rested: readonly { readonly practice: string; readonly rest: RestedTalk }[]): void {
  const kept = [...readKeptTalks()];
  const nameOf = ({ flow, version, state }: KeptTalk) => `${flow} ${version} ${state}`;
  for (const { practice, rest } of rested) {
    const one = keptFrom(practice, rest);
    if (!kept.some((other) => nameOf(other) === nameOf(one))) kept.push(one);
  }
  kept.sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  writeFileSync(file, `${kept.map((one) => JSON.stringify(one)).join("\n")}\n`);
}

function keptFrom(practice: string, { talk, booking }: RestedTalk): KeptTalk {
  const { flow, version, role, address, personId, snapshot, card, ended } = talk;
  const [, state = ""] = placeOf(talk).split(".");
  const one: KeptTalk = {
    ...{ flow, version, state, practice, role, user: address.user, personId, ended, snapshot, card },
    ...(booking === undefined ? {} : { booking }),
  };
  const text = JSON.stringify(one)
    .replaceAll(/bk_[\w-]{20}/g, keptBookingId)
    .replaceAll(/(meet\.[\w.]+|\/form)\/[\w-]{22,40}/g, "$1/kept");
  return JSON.parse(text) as KeptTalk; // of the same shape: only ids inside strings were replaced
}

/** Puts a kept talk into the books, with the booking it was about, each time on another day; gives its id. */
export async function putBack(desk: TestDesk, { booking, ...talk }: KeptTalk, at: number): Promise<string> {
  const id = `tk_kept_${at}`;
  const { flow, version, role, user, personId, ended, snapshot, card } = withId(talk, at);
  const { context } = JSON.parse(snapshot) as { context: unknown }; // written by conversation/snapshot.ts
  const about = everyFlow.find(({ name }) => name === flow)?.about(context);
  await desk.store.transaction(async (books) => {
    const [practice] = await books.practices.list();
    const practiceId = role === "stranger" ? "" : (practice?.id ?? "");
    const address = { platform: "page", workspace: "local", user } as const;
    // Who came in by the talk itself is not in the practice file.
    if (role !== "stranger") await books.identities.bind(address, { practiceId, role, personId });
    if (booking !== undefined) {
      const { startsAtMs, endsAtMs } = booking;
      const later = { startsAtMs: startsAtMs + at * dayMs, endsAtMs: endsAtMs + at * dayMs };
      await books.bookings.add({ ...withId(booking, at), ...later });
    }
    await books.talks.add({
      ...{ id, flow, version, role, personId, ended, snapshot, card },
      practiceId,
      address,
      ...(about === undefined ? {} : { aboutBookingId: about }),
      revision: 1,
      cardOrder: 1000 + at,
      updatedAtMs: desk.clock.now(),
    });
  });
  return id;
}

/** Each time with a booking of its own. */
export function withId<Thing>(thing: Thing, at: number): Thing {
  return JSON.parse(JSON.stringify(thing).replaceAll(keptBookingId, `${keptBookingId}_${at}`)) as Thing; // only an id in it changed
}

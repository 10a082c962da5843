import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Talk } from "../../db/store.ts";
import type { Card } from "../../src/cards/card.ts";
import type { Booking } from "../../src/domain/booking.ts";
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
export const keptBookingId = "bk_kept";

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

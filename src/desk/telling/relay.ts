import type { ReadBooks, Relay } from "../../../db/store.ts";
import type { Practitioner } from "../../domain/practice.ts";
import { hourMs } from "../../domain/units.ts";
import { newId } from "../../ids.ts";
import type { Actor } from "../actor.ts";
import { auditEntry } from "../audit.ts";
import type { Desk } from "../desk.ts";
import { looksAfter } from "../people/care.ts";
import { type QueuedTalk, startWithClient, startWithPractitioner } from "./announce.ts";

const perHourMs = hourMs;
const mostAnHour = 5;
/** The most characters of a relayed message. */
export const longestMessage = 1000;

export type RelayResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly refusal: "not-yours" | "empty" | "too-long" | "too-many" | "unreached" };

/** The recipient: a client names the practitioner, a practitioner the client. */
export interface RelayTo {
  readonly clientId?: string;
  readonly practitionerId?: string;
}

/**
 * Relays a message between a client and a practitioner unread and unchanged, five an hour at most. It is stored for its
 * cards until the sweep deletes it.
 */
export async function relayMessage(desk: Desk, actor: Actor, to: RelayTo, words: string): Promise<RelayResult> {
  const text = words.trim();
  const pair = await pairOf(desk.books, actor, to);
  if (pair === undefined) return { ok: false, refusal: "not-yours" };
  if (text === "") return { ok: false, refusal: "empty" };
  if (text.length > longestMessage) return { ok: false, refusal: "too-long" };
  const sent = await desk.books.relays.countSent(pair, desk.realNowMs - perHourMs);
  if (sent >= mostAnHour) return { ok: false, refusal: "too-many" };

  const relay: Relay = { ...pair, id: newId("rl"), text, atMs: desk.realNowMs };
  const talk: QueuedTalk = {
    flow: "contact",
    input: { type: "message", relayId: relay.id },
    dedupeKey: `relay:${relay.id}`,
  };
  const { practiceId, clientId, practitionerId } = pair;
  const reached =
    pair.from === "client"
      ? await startWithPractitioner(desk, practiceId, practitionerId, talk)
      : await startWithClient(desk, practiceId, clientId, talk);
  if (!reached) return { ok: false, refusal: "unreached" };
  await desk.books.relays.add(relay);
  await auditEntry(desk, actor, "message.relayed", relay.id);
  return { ok: true };
}

async function pairOf(
  books: ReadBooks,
  actor: Actor,
  to: RelayTo,
): Promise<Omit<Relay, "id" | "text" | "atMs"> | undefined> {
  const { practiceId } = actor;
  if (actor.kind === "client") {
    const working = await books.people.listPractitioners(practiceId);
    const practitioner = working.find(({ id }) => id === to.practitionerId);
    return practitioner && { practiceId, clientId: actor.clientId, practitionerId: practitioner.id, from: "client" };
  }
  if (actor.kind !== "practitioner" || to.clientId === undefined) return undefined;
  const client = await books.people.findClient(practiceId, to.clientId);
  if (client?.state !== "active" || !(await looksAfter(books, actor, to.clientId))) return undefined;
  return { practiceId, clientId: client.id, practitionerId: actor.practitionerId, from: "practitioner" };
}

/** A relayed message to this actor; undefined: not to them, or swept. */
export async function findRelayTo(books: ReadBooks, actor: Actor, relayId: string): Promise<Relay | undefined> {
  const relay = await books.relays.find(actor.practiceId, relayId);
  if (relay === undefined) return undefined;
  if (actor.kind === "client")
    return relay.from === "practitioner" && relay.clientId === actor.clientId ? relay : undefined;
  if (actor.kind !== "practitioner") return undefined;
  return relay.from === "client" && relay.practitionerId === actor.practitionerId ? relay : undefined;
}

/** The practitioners a client may write to: those they have or requested sessions with, else all. */
export async function listReachable(books: ReadBooks, actor: Actor): Promise<readonly Practitioner[]> {
  if (actor.kind !== "client") return [];
  const working = await books.people.listPractitioners(actor.practiceId);
  const care = (await books.invitations.listCare(actor.practiceId)).filter((one) => one.clientId === actor.clientId);
  const own = working.filter(({ id }) => care.some((one) => one.practitionerId === id));
  return own.length > 0 ? own : working;
}

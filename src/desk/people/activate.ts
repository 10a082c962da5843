import type { EntryCode, Invitation, ReadBooks } from "../../../db/store.ts";
import { minuteMs } from "../../domain/units.ts";
import { hashToken } from "../../ids.ts";
import { type Address, laneOf } from "../../ports/messenger.ts";
import type { Actor } from "../actor.ts";
import { auditEntry } from "../audit.ts";
import type { Desk } from "../desk.ts";
import { startWithPractitioner } from "../telling/announce.ts";
import { refreshTabsOf } from "../telling/tabs.ts";
import { newEntryCode, triesTooOften } from "./entry-codes.ts";
import { addSecret } from "./invite.ts";

export type Redeemed =
  /** The chat is bound to this client or practitioner. */
  | {
      readonly ok: true;
      readonly opened: "invitation" | "chat";
      readonly practiceId: string;
      readonly role: "client" | "practitioner";
    }
  /** The workspace is bound; `as` is its user's practitioner, absent: the user must still choose who they are. */
  | {
      readonly ok: true;
      readonly opened: "workspace";
      readonly practiceId: string;
      readonly codeId: string;
      readonly as?: "practitioner";
    }
  | { readonly ok: false; readonly refusal: RedeemRefusal; readonly invitationId?: string };

/** `taken`: this chat is bound to another person of the practice. `limited`: more than five tries within an hour. */
export const redeemRefusals = ["unknown", "used", "expired", "revoked", "taken", "limited"] as const;
export type RedeemRefusal = (typeof redeemRefusals)[number];

/**
 * Redeems a typed one-time code: of a workspace, a client's invitation, or a further chat of a person. The code alone
 * is the proof (D7.1); each works once. A wrong code counts as a try and is not stored.
 */
export async function redeemCode(desk: Desk, actor: Actor, address: Address, code: string): Promise<Redeemed> {
  const { books, realNowMs } = desk;
  const lane = laneOf(address);
  if (await triesTooOften(books, lane, realNowMs)) return { ok: false, refusal: "limited" };
  const found = await books.entryCodes.findByHash(hashToken(code));
  const redeemed = found === undefined ? refused("unknown") : await redeem(desk, actor, address, found);
  if (!redeemed.ok) await books.entryCodes.addTry(lane, realNowMs);
  return redeemed;
}

function refused(refusal: RedeemRefusal, code?: EntryCode): Redeemed {
  return {
    ok: false,
    refusal,
    ...(code?.invitationId === undefined ? {} : { invitationId: code.invitationId }),
  };
}

async function redeem(desk: Desk, actor: Actor, address: Address, code: EntryCode): Promise<Redeemed> {
  const invitation = code.invitationId === undefined ? undefined : await desk.books.invitations.find(code.invitationId);
  if (code.usedAtMs !== undefined) return usedBefore(desk, address, code);
  if (invitation?.state === "revoked") return refused("revoked");
  if (invitation?.state === "accepted") return refused("used", code);
  if (code.expiresAtMs <= desk.realNowMs) return refused("expired", code);
  switch (code.opens) {
    case "workspace":
      return bindWorkspace(desk, actor, address, code);
    case "chat":
      return connectChat(desk, actor, address, code);
    case "invitation": {
      if (invitation === undefined) return refused("unknown");
      if (await isSomebodyElse(desk.books, address, "client", invitation.practiceId, invitation.clientId)) {
        return refused("taken");
      }
      if (!(await desk.books.entryCodes.markUsed(code.hash, laneOf(address), desk.realNowMs))) {
        return refused("used", code);
      }
      return accept(desk, actor, address, invitation);
    }
    default:
      return code.opens satisfies never;
  }
}

/** A code typed again by the same chat returns its first result. */
async function usedBefore(desk: Desk, address: Address, code: EntryCode): Promise<Redeemed> {
  const { practiceId, opens } = code;
  const role = opens === "invitation" ? "client" : opens === "workspace" ? "practitioner" : code.role;
  const memberships = await desk.books.identities.memberships(address);
  const isIn = memberships.some((one) => one.practiceId === practiceId && one.role === role);
  if (code.usedBy !== laneOf(address) || role === undefined) return refused("used", code);
  if (opens === "workspace") {
    return { ok: true, opened: opens, practiceId, codeId: code.id, ...(isIn ? { as: "practitioner" } : {}) };
  }
  return isIn ? { ok: true, opened: opens, practiceId, role } : refused("used", code);
}

/** Whether the invitation was addressed to this chat user. */
export function isAskedIn(invitation: Invitation, address: Address): boolean {
  return invitation.address !== undefined && laneOf(invitation.address) === laneOf(address);
}

/** Accepts an invitation that was addressed to this chat user: being that user is the proof. */
export async function joinInvited(desk: Desk, actor: Actor, address: Address, invitationId: string): Promise<Redeemed> {
  const invitation = await desk.books.invitations.find(invitationId);
  if (invitation === undefined || !isAskedIn(invitation, address)) return refused("unknown");
  if (invitation.state !== "open") return refused(invitation.state === "revoked" ? "revoked" : "used");
  if (invitation.expiresAtMs <= desk.realNowMs) return { ok: false, refusal: "expired", invitationId };
  if (await isSomebodyElse(desk.books, address, "client", invitation.practiceId, invitation.clientId)) {
    return refused("taken");
  }
  return accept(desk, actor, address, invitation);
}

/** Declines an invitation that was addressed to this chat user: revokes it and notifies the practitioner. */
export async function declineInvited(desk: Desk, actor: Actor, address: Address, invitationId: string): Promise<void> {
  const invitation = await desk.books.invitations.find(invitationId);
  if (invitation === undefined || !isAskedIn(invitation, address)) return;
  if (!(await desk.books.invitations.revoke(invitation.id, desk.realNowMs))) return;
  await auditEntry(desk, actor, "invitation.declined", invitation.clientId, invitation.practiceId);
  await tellInviter(desk, invitation, "client.declined");
}

async function accept(desk: Desk, actor: Actor, address: Address, invitation: Invitation): Promise<Redeemed> {
  const { practiceId, clientId: personId } = invitation;
  const client = await desk.books.people.findClient(practiceId, personId);
  if (client?.state !== "active") return refused("revoked");
  // The first code used of an invitation wins; the others expire.
  if (!(await desk.books.invitations.accept(invitation.id, desk.realNowMs))) return refused("used");
  const bound = await desk.books.identities.bind(address, { practiceId, role: "client", personId });
  if (!bound) throw new Error("chat identity conflict under its lock");
  await auditEntry(desk, actor, "client.activated", personId, practiceId);
  await tellInviter(desk, invitation, "client.joined");
  await refreshTabsOf(desk, practiceId, "client", personId);
  return { ok: true, opened: "invitation", practiceId, role: "client" };
}

async function tellInviter(desk: Desk, invitation: Invitation, what: "client.joined" | "client.declined") {
  const { practiceId, practitionerId, clientId, id } = invitation;
  await startWithPractitioner(desk, practiceId, practitionerId, {
    flow: "people",
    input: { type: what, clientId },
    dedupeKey: `${what}:${id}`,
  });
}

async function connectChat(desk: Desk, actor: Actor, address: Address, code: EntryCode): Promise<Redeemed> {
  const { practiceId, role, personId } = code;
  if (role === undefined || personId === undefined) return refused("unknown");
  const isIn =
    role === "practitioner" || (await desk.books.people.findClient(practiceId, personId))?.state === "active";
  if (!isIn) return refused("revoked");
  if (await isSomebodyElse(desk.books, address, role, practiceId, personId)) return refused("taken");
  if (!(await desk.books.entryCodes.markUsed(code.hash, laneOf(address), desk.realNowMs))) return refused("used");
  if (!(await desk.books.identities.bind(address, { practiceId, role, personId }))) {
    throw new Error("chat identity conflict under its lock");
  }
  await auditEntry(desk, actor, "chat.connected", `${role}:${personId}`, practiceId);
  return { ok: true, opened: "chat", practiceId, role };
}

async function bindWorkspace(desk: Desk, actor: Actor, address: Address, code: EntryCode): Promise<Redeemed> {
  const { practiceId, personId } = code;
  const { platform, workspace } = address;
  if (personId !== undefined && (await isSomebodyElse(desk.books, address, "practitioner", practiceId, personId))) {
    return refused("taken");
  }
  if (!(await desk.books.entryCodes.markUsed(code.hash, laneOf(address), desk.realNowMs))) return refused("used");
  await desk.books.workspaces.bind({ platform, workspace, practiceId, source: "code", boundAtMs: desk.nowMs });
  await auditEntry(desk, actor, "workspace.bound", `${platform}:${workspace}`, practiceId);
  if (personId !== undefined) {
    await desk.books.identities.bind(address, { practiceId, role: "practitioner", personId });
    await refreshTabsOf(desk, practiceId, "practitioner", personId);
    await auditEntry(desk, actor, "practitioner.connected", personId, practiceId);
  }
  const memberships = await desk.books.identities.memberships(address);
  const isPractitioner = memberships.some((one) => one.practiceId === practiceId && one.role === "practitioner");
  return {
    ok: true,
    opened: "workspace",
    practiceId,
    codeId: code.id,
    ...(isPractitioner ? { as: "practitioner" } : {}),
  };
}

/** Whether the chat is bound to another person of that practice in that role, whom the binding would replace. */
async function isSomebodyElse(
  books: ReadBooks,
  address: Address,
  role: "client" | "practitioner",
  practiceId: string,
  personId: string,
): Promise<boolean> {
  const now = await books.identities.memberships(address);
  const deactivated = role === "client" ? await books.identities.listDeactivated(address) : [];
  return [...now, ...deactivated].some(
    (one) => one.practiceId === practiceId && one.role === role && one.personId !== personId,
  );
}

const pageCodeValidMs = 30 * minuteMs;

export type ActivationLink =
  | { readonly state: "open"; readonly invitation: Invitation; readonly practice: string; readonly name: string }
  | { readonly state: "used" | "expired" | "revoked" | "unknown" };

/** The state of an invitation link. */
export async function findActivationLink(books: ReadBooks, token: string, realNowMs: number): Promise<ActivationLink> {
  const code = await books.entryCodes.findByHash(hashToken(token));
  const invitation = code?.invitationId === undefined ? undefined : await books.invitations.find(code.invitationId);
  if (code === undefined || invitation === undefined) return { state: "unknown" };
  if (invitation.state !== "open") return { state: invitation.state === "revoked" ? "revoked" : "used" };
  if (code.expiresAtMs <= realNowMs) return { state: "expired" };
  const client = await books.people.findClient(invitation.practiceId, invitation.clientId);
  if (client?.state !== "active") return { state: "revoked" };
  const practice = await books.practices.get(invitation.practiceId);
  return { state: "open", invitation, practice: practice.name, name: client.name };
}

/** The state with the code created for it. */
export type ActivationCode =
  | (ActivationLink & { readonly state: "open"; readonly code: string })
  | Exclude<ActivationLink, { readonly state: "open" }>;

/**
 * Creates a short code to type in chat for the holder of the link: a web page cannot know its visitor's chat user.
 * Valid for 30 minutes of real time.
 */
export async function openActivationLink(
  desk: Pick<Desk, "books" | "realNowMs">,
  token: string,
): Promise<ActivationCode> {
  const link = await findActivationLink(desk.books, token, desk.realNowMs);
  if (link.state !== "open") return link;
  const code = newEntryCode();
  const untilMs = Math.min(desk.realNowMs + pageCodeValidMs, link.invitation.expiresAtMs);
  await addSecret(desk, link.invitation, code, untilMs);
  return { ...link, code };
}

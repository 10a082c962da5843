import type { Books, Invitation } from "../../../db/store.ts";
import type { SecretRef } from "../../cards/card.ts";
import type { Client } from "../../domain/practice.ts";
import { hourMs } from "../../domain/units.ts";
import { newId, newToken } from "../../ids.ts";
import { type Address, laneOf } from "../../ports/messenger.ts";
import type { Actor } from "../actor.ts";
import { auditEntry } from "../audit.ts";
import type { Desk } from "../desk.ts";
import { keepSecret, secretRef } from "../secrets.ts";
import { queueErrand } from "../telling/announce.ts";
import { looksAfter } from "./care.ts";
import { addEntryCode, newEntryCode, triesTooOften } from "./entry-codes.ts";
import { mailInvitation } from "./invitation-mail.ts";

/** How long an invitation and its secrets are valid (D7.1). */
const validMs = 72 * hourMs;

/**
 * The person to invite: a client of the practice, or a new one by e-mail address. `at`: a chat user to invite in chat.
 */
export interface Guest {
  readonly clientId?: string;
  readonly name?: string;
  readonly email?: string;
  readonly at?: Address;
}

export type InviteResult =
  | { readonly ok: true; readonly client: Client; readonly invitation: Invitation }
  | { readonly ok: false; readonly refusal: InviteRefusal; readonly client?: Client };
export type InviteRefusal = "not-yours" | "already-activated" | "deactivated" | "not-bound" | "no-email";

/**
 * Invites a person (D7.1): by mail with a link and a code, or in chat, where the workspace is bound to the practice. A
 * person new to the practice becomes a client. Revokes an earlier open invitation.
 */
export async function inviteClient(desk: Desk, actor: Actor, guest: Guest): Promise<InviteResult> {
  const { books } = desk;
  if (actor.kind !== "practitioner") return { ok: false, refusal: "not-yours" };
  const { practiceId } = actor;
  if (guest.at !== undefined) {
    const bound = await books.workspaces.listForWorkspace(guest.at);
    if (!bound.some((one) => one.practiceId === practiceId)) return { ok: false, refusal: "not-bound" };
  }
  const known = await findGuest(books, practiceId, guest);
  if (known === undefined && (guest.email === undefined || guest.name === undefined || guest.clientId !== undefined)) {
    return { ok: false, refusal: guest.clientId === undefined ? "no-email" : "not-yours" };
  }
  if (known !== undefined) {
    if (!(await looksAfter(books, actor, known.id))) return { ok: false, refusal: "not-yours" };
    if (known.state === "deactivated") return { ok: false, refusal: "deactivated", client: known };
    const chats = await books.identities.listAddresses(practiceId, "client", known.id);
    if (chats.length > 0) return { ok: false, refusal: "already-activated", client: known };
    const earlier = await books.invitations.findForClient(practiceId, known.id);
    if (earlier !== undefined) await books.invitations.revoke(earlier.id, desk.realNowMs);
  }
  const client = known ?? (await addClient(desk, actor, { name: guest.name ?? "", email: guest.email ?? "" }));
  const invitation: Invitation = {
    id: newId("in"),
    practiceId,
    clientId: client.id,
    practitionerId: actor.practitionerId,
    state: "open",
    createdAtMs: desk.realNowMs,
    expiresAtMs: desk.realNowMs + validMs,
    ...(guest.at === undefined ? {} : { address: guest.at }),
  };
  await books.invitations.add(invitation);
  await auditEntry(desk, actor, "client.invited", client.id);
  await send(desk, invitation, client);
  return { ok: true, client, invitation };
}

/** The practice's client with this id, else with this e-mail address. */
async function findGuest(books: Books, practiceId: string, { clientId, email }: Guest): Promise<Client | undefined> {
  if (clientId !== undefined) return books.people.findClient(practiceId, clientId);
  const known = email === undefined ? [] : await books.people.listClientsByEmail(email);
  return known.find((client) => client.practiceId === practiceId && client.state !== "archived");
}

async function addClient(desk: Desk, actor: Actor, { name, email }: { name: string; email: string }): Promise<Client> {
  const { practiceId } = actor;
  const client: Client = { id: newId("cl"), practiceId, name, email, state: "active", source: "chat" };
  await desk.books.people.saveClient(client, (await desk.books.people.listClients(practiceId)).length);
  await auditEntry(desk, actor, "client.added", client.id);
  return client;
}

/** Resends a client's invitation, valid for another three days; a closed one is replaced by a new one, by mail. */
export async function resendInvitation(desk: Desk, actor: Actor, clientId: string): Promise<InviteResult> {
  if (!(await looksAfter(desk.books, actor, clientId))) return { ok: false, refusal: "not-yours" };
  const open = await openInvitation(desk.books, actor.practiceId, clientId);
  const client = await desk.books.people.findClient(actor.practiceId, clientId);
  if (open === undefined || client?.state !== "active") return inviteClient(desk, actor, { clientId });
  const invitation = await renewed(desk, open);
  await auditEntry(desk, actor, "client.invited", client.id);
  await send(desk, invitation, client);
  return { ok: true, client, invitation };
}

/** Revokes a client's invitation. False: there is none, or the actor does not manage the client. */
export async function revokeInvitation(desk: Desk, actor: Actor, clientId: string): Promise<boolean> {
  if (!(await looksAfter(desk.books, actor, clientId))) return false;
  const open = await openInvitation(desk.books, actor.practiceId, clientId);
  if (open === undefined || !(await desk.books.invitations.revoke(open.id, desk.realNowMs))) return false;
  await auditEntry(desk, actor, "invitation.revoked", clientId);
  return true;
}

/**
 * A link for the practitioner to pass on; earlier links stay valid. Undefined: no open invitation, or not the actor's
 * client.
 */
export async function copyInvitationLink(desk: Desk, actor: Actor, clientId: string): Promise<SecretRef | undefined> {
  if (!(await looksAfter(desk.books, actor, clientId))) return undefined;
  const open = await openInvitation(desk.books, actor.practiceId, clientId);
  if (open === undefined || open.expiresAtMs <= desk.realNowMs) return undefined;
  await auditEntry(desk, actor, "invitation.copied", clientId);
  return linkFor(desk, open);
}

/**
 * Resends an invitation to its own e-mail address only, for a person who types an expired code or that address. Counts
 * as a try of this chat. False: too many tries. The result does not reveal whether an invitation exists.
 */
export async function resendToItsAddress(
  desk: Desk,
  address: Address,
  which: { readonly invitationId: string } | { readonly email: string },
): Promise<boolean> {
  const { books, realNowMs } = desk;
  const lane = laneOf(address);
  if (await triesTooOften(books, lane, realNowMs)) return false;
  await books.entryCodes.addTry(lane, realNowMs);
  for (const open of await openOnes(books, which)) {
    const client = await books.people.findClient(open.practiceId, open.clientId);
    if (client?.state !== "active") continue;
    const { address: _, ...byMail } = await renewed(desk, open);
    await send(desk, byMail, client);
  }
  return true;
}

async function openOnes(
  books: Books,
  which: { readonly invitationId: string } | { readonly email: string },
): Promise<readonly Invitation[]> {
  if ("invitationId" in which) {
    const found = await books.invitations.find(which.invitationId);
    return found?.state === "open" ? [found] : [];
  }
  const open: Invitation[] = [];
  for (const { practiceId, id } of await books.people.listClientsByEmail(which.email)) {
    const found = await openInvitation(books, practiceId, id);
    if (found !== undefined) open.push(found);
  }
  return open;
}

async function openInvitation(books: Books, practiceId: string, clientId: string): Promise<Invitation | undefined> {
  const latest = await books.invitations.findForClient(practiceId, clientId);
  return latest?.state === "open" ? latest : undefined;
}

async function renewed({ books, realNowMs }: Desk, invitation: Invitation): Promise<Invitation> {
  const expiresAtMs = realNowMs + validMs;
  await books.invitations.renew(invitation.id, expiresAtMs);
  await books.entryCodes.expireFor(invitation.id, realNowMs);
  return { ...invitation, expiresAtMs };
}

async function send(desk: Desk, invitation: Invitation, client: Client): Promise<void> {
  if (invitation.address !== undefined) {
    await queueErrand(
      desk,
      {
        do: "start",
        to: invitation.address,
        flow: "activate",
        practiceId: "",
        role: "stranger",
        input: { type: "invited", invitationId: invitation.id },
      },
      { practiceId: invitation.practiceId, dedupeKey: newId("iv") },
    );
    return;
  }
  const value = newEntryCode();
  const codeId = await addSecret(desk, invitation, value, invitation.expiresAtMs);
  const code = secretRef("code", invitation.practiceId, codeId);
  await keepSecret(desk.books, code, value, invitation.expiresAtMs);
  await mailInvitation(desk, { invitation, client, codeId, code, link: await linkFor(desk, invitation) });
}

async function linkFor(desk: Desk, invitation: Invitation): Promise<SecretRef> {
  const token = newToken();
  const id = await addSecret(desk, invitation, token, invitation.expiresAtMs);
  const link = secretRef("activate", invitation.practiceId, id);
  await keepSecret(desk.books, link, token, invitation.expiresAtMs);
  return link;
}

/** Adds a secret to an invitation, to be typed or in a link; returns its id. */
export async function addSecret(
  desk: Pick<Desk, "books" | "realNowMs">,
  { id, practiceId }: Invitation,
  secret: string,
  expiresAtMs: number,
): Promise<string> {
  return addEntryCode(desk.books, secret, {
    practiceId,
    opens: "invitation",
    invitationId: id,
    createdAtMs: desk.realNowMs,
    expiresAtMs,
  });
}

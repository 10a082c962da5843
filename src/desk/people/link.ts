import type { Books, EntryCode, ReadBooks } from "../../../db/store.ts";
import type { SecretRef } from "../../cards/card.ts";
import type { Practitioner } from "../../domain/practice.ts";
import { dayMs, minuteMs } from "../../domain/units.ts";
import { type Address, laneOf } from "../../ports/messenger.ts";
import { type Actor, actorName } from "../actor.ts";
import { auditEntry } from "../audit.ts";
import type { Desk } from "../desk.ts";
import { keepSecret, secretRef } from "../secrets.ts";
import { refreshTabsOf } from "../telling/tabs.ts";
import { addEntryCode, newEntryCode } from "./entry-codes.ts";

const linkValidMs = dayMs;
const chatValidMs = 30 * minuteMs;

export type LinkCode =
  | { readonly ok: true; readonly code: string; readonly practice: string; readonly practitioner?: string }
  | { readonly ok: false; readonly refusal: "no-practice" | "no-practitioner"; readonly known: readonly string[] };

/**
 * Creates the one-time code that binds a workspace or tenant to a practice (D7.7; 24 hours), and with `practitionerId`
 * the chat that types it to that practitioner. The command line prints it, so its holder is trusted. Refuses an unknown
 * practice or practitioner and returns the known names.
 */
export async function makeLinkCode(
  books: Books,
  { practiceId, practitionerId }: { readonly practiceId: string; readonly practitionerId?: string },
  at: { readonly nowMs: number; readonly realNowMs: number },
): Promise<LinkCode> {
  const practice = await books.practices.find(practiceId);
  if (practice === undefined) {
    const known = (await books.practices.list()).map(({ id }) => id);
    return { ok: false, refusal: "no-practice", known };
  }
  const practitioners = await books.people.listPractitioners(practiceId);
  const named = practitioners.find(({ id }) => id === practitionerId);
  if (practitionerId !== undefined && named === undefined) {
    return { ok: false, refusal: "no-practitioner", known: practitioners.map(({ id }) => id) };
  }
  const code = newEntryCode();
  await addEntryCode(books, code, {
    practiceId,
    opens: "workspace",
    createdAtMs: at.realNowMs,
    expiresAtMs: at.realNowMs + linkValidMs,
    ...(named === undefined ? {} : { role: "practitioner", personId: named.id }),
  });
  await books.audit.add({
    practiceId,
    atMs: at.nowMs,
    actor: "operator",
    action: "link.made",
    subject: named?.id ?? practiceId,
    place: "command-line",
  });
  return {
    ok: true,
    code,
    practice: practice.name,
    ...(named === undefined ? {} : { practitioner: named.name }),
  };
}

/** Creates the code by which a person connects a further chat (D7.2; 30 minutes). Undefined for strangers. */
export async function makeChatCode(desk: Desk, actor: Actor): Promise<SecretRef | undefined> {
  if (actor.kind !== "client" && actor.kind !== "practitioner") return undefined;
  const value = newEntryCode();
  const expiresAtMs = desk.realNowMs + chatValidMs;
  const id = await addEntryCode(desk.books, value, {
    practiceId: actor.practiceId,
    opens: "chat",
    role: actor.kind,
    personId: actor.kind === "client" ? actor.clientId : actor.practitionerId,
    createdAtMs: desk.realNowMs,
    expiresAtMs,
  });
  const code = secretRef("code", actor.practiceId, id);
  await keepSecret(desk.books, code, value, expiresAtMs);
  await auditEntry(desk, actor, "chat.offered", actorName(actor));
  return code;
}

/** The practitioners without a chat in this workspace: the user who bound it is one of them. */
export async function listUnconnected(
  books: ReadBooks,
  practiceId: string,
  { platform, workspace }: Pick<Address, "platform" | "workspace">,
): Promise<readonly Practitioner[]> {
  const unconnected: Practitioner[] = [];
  for (const practitioner of await books.people.listPractitioners(practiceId)) {
    const chats = await books.identities.listAddresses(practiceId, "practitioner", practitioner.id);
    const isHere = chats.some((chat) => chat.platform === platform && chat.workspace === workspace);
    if (!isHere) unconnected.push(practitioner);
  }
  return unconnected;
}

/** The code by which this chat bound the workspace, while its user has not chosen a practitioner; else undefined. */
export async function findOwnLink(books: ReadBooks, address: Address, codeId: string): Promise<EntryCode | undefined> {
  const code = await books.entryCodes.find(codeId);
  const isOwn = code?.opens === "workspace" && code.usedBy === laneOf(address) && code.personId === undefined;
  return isOwn ? code : undefined;
}

/** Binds the user who bound the workspace to a practitioner: once, and only to one without a chat there. */
export async function connectAsPractitioner(
  desk: Desk,
  actor: Actor,
  address: Address,
  { codeId, practitionerId }: { readonly codeId: string; readonly practitionerId: string },
): Promise<{ readonly ok: boolean; readonly practiceId: string }> {
  const code = await findOwnLink(desk.books, address, codeId);
  if (code === undefined || code.expiresAtMs <= desk.realNowMs) return { ok: false, practiceId: "" };
  const { practiceId } = code;
  const free = await listUnconnected(desk.books, practiceId, address);
  if (!free.some(({ id }) => id === practitionerId)) return { ok: false, practiceId };
  if (!(await desk.books.entryCodes.claimPerson(code.id, laneOf(address), practitionerId))) {
    return { ok: false, practiceId };
  }
  const bound = await desk.books.identities.bind(address, {
    practiceId,
    role: "practitioner",
    personId: practitionerId,
  });
  await refreshTabsOf(desk, practiceId, "practitioner", practitionerId);
  await auditEntry(desk, actor, "practitioner.connected", practitionerId, practiceId);
  return { ok: bound, practiceId };
}

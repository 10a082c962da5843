import { isDeepStrictEqual } from "node:util";
import type { Books } from "../../../db/store.ts";
import type { Client } from "../../domain/practice.ts";
import type { Platform } from "../../ports/messenger.ts";
import type { PracticePlan } from "../../practice-file/plan.ts";
import { setPackageTimers } from "../packages/package-news.ts";

/** How many entries an import changed. */
export interface ImportReport {
  readonly added: number;
  readonly updated: number;
  readonly archived: number;
}

interface Tally {
  added: number;
  updated: number;
  archived: number;
}

/**
 * Imports a practice file inside the caller's transaction, all or nothing. Adds new entries, updates changed ones by id
 * and archives those no longer in the file; bookings and ledgers are never touched. The same file again changes
 * nothing.
 */
export async function importPractice(books: Books, plan: PracticePlan, nowMs: number): Promise<ImportReport> {
  const tally: Tally = { added: 0, updated: 0, archived: 0 };
  const practiceId = plan.practice.id;
  const before = await books.practices.find(practiceId);
  await bringInLine(tally, before === undefined ? [] : [before], [plan.practice], {
    save: (practice) => books.practices.save(practice),
  });
  await bringInLine(tally, await books.catalogue.listLocations(practiceId), plan.locations, {
    save: (location) => books.catalogue.saveLocation(practiceId, location, false),
    archive: (location) => books.catalogue.saveLocation(practiceId, location, true),
  });
  await bringInLine(tally, await books.people.listPractitioners(practiceId), plan.practitioners, {
    save: (practitioner) => books.people.savePractitioner(practitioner, false),
    archive: (practitioner) => books.people.savePractitioner(practitioner, true),
  });
  const services = await books.catalogue.listServices(practiceId);
  await bringInLine(tally, services, plan.services, {
    save: (service) => books.catalogue.saveService(service),
    archive: (service) =>
      service.visibility === "archived"
        ? undefined
        : books.catalogue.saveService({ ...service, visibility: "archived" }),
  });
  for (const form of plan.forms) {
    if (isDeepStrictEqual(await books.catalogue.findForm(practiceId, form.id), form)) continue;
    await books.catalogue.saveForm(practiceId, form);
  }
  for (const terms of plan.terms) {
    if (isDeepStrictEqual(await books.catalogue.findTerms(practiceId, terms.id), terms)) continue;
    await books.catalogue.saveTerms(practiceId, terms);
  }
  await bringInLine(tally, await books.packages.listTemplates(practiceId), plan.packages, {
    save: (template) => books.packages.saveTemplate(practiceId, template, false),
    archive: (template) => books.packages.saveTemplate(practiceId, template, true),
  });
  const clients = await books.people.listClients(practiceId);
  await bringInLine(tally, clients.flatMap(asInFile), plan.clients, {
    save: (client, position) => books.people.saveClient(client, position),
    keepsPlace: true,
    archive: (client, position) =>
      client.state === "archived" ? undefined : books.people.saveClient({ ...client, state: "archived" }, position),
  });
  const memberships = plan.identities.map(({ platform, workspace, user, role, personId }) => ({
    address: { platform, workspace, user },
    role,
    personId,
  }));
  await books.identities.replaceFileMemberships(practiceId, memberships);
  await books.workspaces.replaceFile(practiceId, workspacesOf(plan), nowMs);
  await grantPackages(books, plan, nowMs, tally);
  return tally;
}

/**
 * Clients of the file who were invited in chat before, found by e-mail address: importing them again would make one
 * person two clients. `at` is the position in the file's list.
 */
export async function findInvitedInChat(
  books: Books,
  { practice, clients }: PracticePlan,
): Promise<readonly Invited[]> {
  const known = await books.people.listClients(practice.id);
  const inFile = new Set(clients.map(({ id }) => id));
  return clients.flatMap(({ id, email }, at) => {
    const isKnown = known.some((one) => one.id === id && one.state !== "archived");
    const invited = known.find(
      (one) => one.source === "chat" && !inFile.has(one.id) && one.email.toLowerCase() === email.toLowerCase(),
    );
    return isKnown || invited === undefined ? [] : [{ at, invited }];
  });
}

export interface Invited {
  readonly at: number;
  readonly invited: Client;
}

/** The client to save: keeps a deactivated client deactivated, and skips clients invited in chat. */
function asInFile(client: Client): readonly Client[] {
  if (client.source === "chat") return [];
  return [client.state === "deactivated" ? { ...client, state: "active" } : client];
}

/**
 * Binds the workspaces named in the file to the practice (D7.7), except the local page's, which all practices share.
 */
function workspacesOf(plan: PracticePlan): readonly { platform: Platform; workspace: string }[] {
  const named = plan.identities.filter(({ platform }) => platform !== "page");
  const byName = new Map(named.map(({ platform, workspace }) => [`${platform}:${workspace}`, { platform, workspace }]));
  return [...byName.values()];
}

/** Saves new and changed entries by id, and archives those missing from the file. */
async function bringInLine<Thing extends { readonly id: string }>(
  tally: Tally,
  existing: readonly Thing[],
  wanted: readonly Thing[],
  write: {
    save(thing: Thing, position: number): Promise<void>;
    /** The position is stored beside the entry and may change alone: write equal entries too. */
    readonly keepsPlace?: true;
    archive?(thing: Thing, position: number): Promise<void> | undefined;
  },
): Promise<void> {
  const known = new Map(existing.map((thing) => [thing.id, thing]));
  for (const [position, thing] of wanted.entries()) {
    const old = known.get(thing.id);
    known.delete(thing.id);
    const isEqual = old !== undefined && isDeepStrictEqual(old, thing);
    if (!isEqual || write.keepsPlace === true) await write.save(thing, position);
    if (old === undefined) tally.added++;
    else if (!isEqual) tally.updated++;
  }
  for (const [at, gone] of [...known.values()].entries()) {
    const archived = write.archive?.(gone, wanted.length + at);
    if (archived === undefined) continue;
    await archived;
    tally.archived++;
  }
}

/** A grant is identified by client, template and start; importing it again adds nothing. */
async function grantPackages(books: Books, plan: PracticePlan, nowMs: number, tally: Tally): Promise<void> {
  for (const { clientId, templateId, startsOn } of plan.grants) {
    const frozen = plan.packages.find((template) => template.id === templateId);
    if (frozen === undefined) continue;
    const granted = await books.packages.give({
      practiceId: plan.practice.id,
      clientId,
      templateId,
      startsOn,
      frozen,
      actor: "practice-file",
      atMs: nowMs,
    });
    if (granted === undefined) continue;
    tally.added++;
    const held = await books.packages.findGrant(plan.practice.id, granted);
    if (held !== undefined) await setPackageTimers(books, plan.practice, held, nowMs);
  }
}

import { isDeepStrictEqual } from "node:util";
import type { Books } from "../../../db/store.ts";
import type { Client } from "../../domain/practice.ts";
import type { Platform } from "../../ports/messenger.ts";
import type { PracticePlan } from "../../practice-file/plan.ts";
import { setPackageTimers } from "../packages/package-news.ts";

/** How many of a practice's things an import touched. */
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
 * Brings a practice's books in line with its file, inside the caller's transaction: all or nothing. What is new is
 * added, what changed is updated by id, what vanished is archived; bookings and ledgers are never touched. The same
 * file twice changes nothing.
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
 * Clients of the file who were invited in chat under an id of the books, by their email: imported beside, one person would
 * be two clients. `at` is the place in the file's list.
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

/** A client as a practice file may say: not those invited in chat, and whoever was deactivated stays so. */
function asInFile(client: Client): readonly Client[] {
  if (client.source === "chat") return [];
  return [client.state === "deactivated" ? { ...client, state: "active" } : client];
}

/** A workspace whose people the file names belongs to the practice (D7.7); the local page is everybody's. */
function workspacesOf(plan: PracticePlan): readonly { platform: Platform; workspace: string }[] {
  const named = plan.identities.filter(({ platform }) => platform !== "page");
  const byName = new Map(named.map(({ platform, workspace }) => [`${platform}:${workspace}`, { platform, workspace }]));
  return [...byName.values()];
}

/** Saves what is new or differs, by id, and archives what the file no longer names. */
async function bringInLine<Thing extends { readonly id: string }>(
  tally: Tally,
  existing: readonly Thing[],
  wanted: readonly Thing[],
  write: {
    save(thing: Thing, position: number): Promise<void>;
    /** Its place in the file is kept beside it: written even when equal, for that may have changed. */
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

/** A grant is known by client, template and start; giving it again gives nothing. */
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

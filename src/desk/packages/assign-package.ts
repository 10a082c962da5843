import type { ReadBooks } from "../../../db/store.ts";
import type { ClientPackage } from "../../domain/package.ts";
import type { PackageTemplate } from "../../domain/practice.ts";
import { localDateOf } from "../../domain/zone.ts";
import { type Actor, actorName } from "../actor.ts";
import type { Desk } from "../desk.ts";
import { setPackageTimers, tellGiven } from "./package-news.ts";

/** The package to assign; `terms` is the template with the changes for this client (D6.1). */
export interface Assignment {
  readonly clientId: string;
  readonly templateId: string;
  readonly terms: Pick<PackageTemplate, "price" | "expiresAfterDays" | "limits" | "items">;
}

export type AssignResult =
  | { readonly ok: true; readonly held: ClientPackage }
  /** `already-given`: the client got this package today. */
  | { readonly ok: false; readonly refusal: "not-yours" | "not-on-offer" | "already-given" };

/** Assigns a package to a client, valid from today, and notifies them in every chat and by mail (D6.1). */
export async function assignPackage(desk: Desk, actor: Actor, assignment: Assignment): Promise<AssignResult> {
  const { clientId, templateId, terms } = assignment;
  const { practiceId } = actor;
  const template = (await desk.books.packages.listTemplates(practiceId)).find(({ id }) => id === templateId);
  if (template === undefined) return { ok: false, refusal: "not-on-offer" };
  const client = await desk.books.people.findClient(practiceId, clientId);
  const mayGive = await givesPackage(desk.books, actor, template);
  if (client === undefined || client.state !== "active" || !mayGive) return { ok: false, refusal: "not-yours" };

  const practice = await desk.books.practices.get(practiceId);
  const { id, name, description } = template;
  const frozen: PackageTemplate = {
    id,
    name,
    ...(description === undefined ? {} : { description }),
    ...terms,
    // Changing the services would make it another package.
    items: template.items.map((item) => ({
      ...item,
      sessions: terms.items.find(({ serviceId }) => serviceId === item.serviceId)?.sessions ?? item.sessions,
    })),
  };
  const startsOn = localDateOf(practice.timezone, desk.nowMs);
  const given = { practiceId, clientId, templateId, startsOn, frozen };
  const grantId = await desk.books.packages.give({ ...given, actor: actorName(actor), atMs: desk.nowMs });
  const held = grantId === undefined ? undefined : await desk.books.packages.findGrant(practiceId, grantId);
  if (held === undefined) return { ok: false, refusal: "already-given" };
  await desk.books.audit.add({
    practiceId,
    atMs: desk.nowMs,
    actor: actorName(actor),
    action: "package.given",
    subject: held.id,
    place: actor.place,
  });
  await setPackageTimers(desk.books, practice, held, desk.nowMs);
  await tellGiven(desk, held);
  return { ok: true, held };
}

/** Whether the actor may assign the package: an admin, or a practitioner of one of its services (D7.4). */
export async function givesPackage(
  books: ReadBooks,
  actor: Actor,
  { items }: Pick<PackageTemplate, "items">,
): Promise<boolean> {
  if (actor.kind !== "practitioner") return false;
  if (actor.admin) return true;
  const services = await books.catalogue.listServices(actor.practiceId);
  return services.some(
    ({ id, practitionerIds }) =>
      practitionerIds.includes(actor.practitionerId) && items.some(({ serviceId }) => serviceId === id),
  );
}

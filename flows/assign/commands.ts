import type { Command } from "../../src/conversation/flow.ts";
import { assignPackage } from "../../src/desk/packages/assign-package.ts";
import { extendPackage } from "../../src/desk/packages/credits.ts";
import { findNamed } from "../../src/language/intent/reference.ts";
import { listActiveClients, listOwnTemplates, serviceNames } from "./facts.ts";
import type { AssignOrders } from "./machine.ts";
import { readTerms, termsOf, textOf } from "./terms.ts";

type Commands = { readonly [Type in keyof AssignOrders]: Command<AssignOrders[Type]> };

/** How far one tap extends a package (D6.4). */
export const extensionDays = 14;

/** What the machine of giving packages may do. */
export const commands: Commands = {
  openAssignment: async ({ wanted }, turn) => {
    if (wanted === "credit.expired") return { type: "extension.offered" };
    const templates = await listOwnTemplates(turn);
    const named = findNamed(
      turn.said ?? "",
      templates.map(({ id, name }) => ({ id, names: [name] })),
    );
    const clients = await listActiveClients(turn);
    const meant = findNamed(
      named.rest,
      clients.map(({ id, name }) => ({ id, names: [name, ...name.split(/\s+/)] })),
    );
    return {
      type: "assignment.read",
      clientId: meant.ids.length === 1 ? (meant.ids[0] ?? "") : "",
      templateId: named.ids.length === 1 ? (named.ids[0] ?? "") : "",
      among: meant.ids.length > 1 ? meant.ids.join(" ") : "",
    };
  },

  offerClients: async ({ clientId }, turn) => {
    if ((await listOwnTemplates(turn)).length === 0) return { type: "templates.none" };
    return clientId === "" ? undefined : { type: "client.chosen", clientId };
  },

  offerTemplates: async ({ templateId, back }, turn) => {
    const templates = await listOwnTemplates(turn);
    const [only, ...more] = templates;
    if (only === undefined) return { type: "templates.none" };
    if (back) return more.length === 0 ? { type: "went.back" } : undefined;
    if (templates.some(({ id }) => id === templateId)) return { type: "template.chosen", templateId };
    return more.length === 0 ? { type: "template.chosen", templateId: only.id } : undefined;
  },

  readChanges: async ({ templateId, changed }, turn) => {
    const template = (await listOwnTemplates(turn)).find(({ id }) => id === templateId);
    if (template === undefined) return { type: "went.back" };
    const read = readTerms(turn.values, termsOf(template, changed), await serviceNames(turn));
    if (read.ok) return { type: "changes.kept", changed: textOf(read.terms) };
    turn.refuseInputs(read.problems);
    return undefined;
  },

  givePackage: async ({ clientId, templateId, changed }, turn) => {
    const template = (await listOwnTemplates(turn)).find(({ id }) => id === templateId);
    if (template === undefined) return { type: "package.refused" };
    const terms = termsOf(template, changed);
    const given = await assignPackage(turn, turn.actor, { clientId, templateId, terms });
    return given.ok ? { type: "package.given", packageId: given.held.id } : { type: "package.refused" };
  },

  extendPackage: async ({ packageId, expiresOn }, turn) => {
    const endingOn = expiresOn === "" ? undefined : expiresOn;
    const extended = await extendPackage(turn, turn.actor, packageId, extensionDays, endingOn);
    const isExtended = extended.ok || extended.refusal === "already";
    return { type: isExtended ? "package.extended" : "package.refused" };
  },
};

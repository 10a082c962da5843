import type { Commands } from "../../src/conversation/flow.ts";
import { assignPackage } from "../../src/desk/packages/assign-package.ts";
import { extendPackage } from "../../src/desk/packages/credits.ts";
import { listOwnTemplates, serviceNames } from "./facts.ts";
import type { AssignEvent, AssignOrder } from "./machine.ts";
import { readTerms, termsOf } from "./terms.ts";

/** How far one button extends a package (D6.4). */
export const extensionDays = 14;

/** The commands of the machine for giving packages. */
export const commands: Commands<AssignOrder, AssignEvent> = {
  openAssignment: async ({ wanted }) => ({
    type: wanted === "credit.expired" ? "extension.offered" : "giving.wanted",
  }),

  offerClients: async ({ clientId }, turn) => {
    if ((await listOwnTemplates(turn)).length === 0) return { type: "templates.none" };
    return clientId === undefined ? undefined : { type: "client.chosen", clientId };
  },

  offerTemplates: async ({ templateId, back }, turn) => {
    const templates = await listOwnTemplates(turn);
    const [only, ...more] = templates;
    if (only === undefined) return { type: "templates.none" };
    if (back) return more.length === 0 ? { type: "went.back" } : undefined;
    const known = templates.find(({ id }) => id === templateId);
    if (known !== undefined) return { type: "template.chosen", templateId: known.id };
    return more.length === 0 ? { type: "template.chosen", templateId: only.id } : undefined;
  },

  readChanges: async ({ templateId, changed }, turn) => {
    const template = (await listOwnTemplates(turn)).find(({ id }) => id === templateId);
    if (template === undefined) return { type: "went.back" };
    const read = readTerms(turn.values, termsOf(template, changed), await serviceNames(turn));
    if (read.ok) return { type: "changes.kept", changed: read.terms };
    turn.refuseInputs(read.problems);
    return undefined;
  },

  givePackage: async ({ clientId, templateId, changed }, turn) => {
    const template = (await listOwnTemplates(turn)).find(({ id }) => id === templateId);
    if (template === undefined || clientId === undefined) return { type: "package.refused" };
    const terms = termsOf(template, changed);
    const assigned = await assignPackage(turn, turn.actor, { clientId, templateId: template.id, terms });
    return assigned.ok ? { type: "package.given", packageId: assigned.held.id } : { type: "package.refused" };
  },

  extendPackage: async ({ packageId, expiresOn }, turn) => {
    if (packageId === undefined) return { type: "package.refused" };
    const extended = await extendPackage(turn, turn.actor, packageId, extensionDays, expiresOn);
    const isExtended = extended.ok || extended.refusal === "already";
    return { type: isExtended ? "package.extended" : "package.refused" };
  },
};

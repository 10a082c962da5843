import { assign, emit, setup } from "xstate";
import { z } from "zod";
import { given } from "../../src/given.ts";
import { type PackageTerms, packageTerms } from "./terms.ts";

/** Which client gets which package, or which package may be extended. Contains ids and choices only. */
export const assignContext = z.object({
  wanted: z.enum(["give", "credit.expired"]),
  clientId: z.string().optional(),
  templateId: z.string().optional(),
  /** Ids of the clients that the words may mean. Absent: all of them. */
  among: z.array(z.string()).readonly().optional(),
  page: z.number().int().nonnegative(),
  /** The terms, with the changes for this client. */
  changed: packageTerms.optional(),
  /** The package that was given, or that may be extended. */
  packageId: z.string().optional(),
  /** Its last day when the extension was offered, `YYYY-MM-DD`. */
  expiresOn: z.string().optional(),
});
export type AssignContext = z.infer<typeof assignContext>;

export type AssignEvent =
  | { type: "giving.wanted" }
  | { type: "extension.offered" }
  | { type: "clients.paged"; page: number }
  | { type: "client.chosen"; clientId: string }
  | { type: "template.chosen"; templateId: string }
  | { type: "templates.none" }
  | { type: "change.wanted" }
  | { type: "changes.given" }
  | { type: "changes.kept"; changed: PackageTerms }
  | { type: "giving.agreed" }
  | { type: "package.given"; packageId: string }
  | { type: "package.refused" }
  | { type: "extension.agreed" }
  | { type: "package.extended" }
  | { type: "extension.left" }
  | { type: "given.up" }
  | { type: "went.back" };

export type AssignOrder =
  | { type: "openAssignment"; wanted: AssignContext["wanted"] }
  | { type: "offerClients"; clientId?: string }
  | { type: "offerTemplates"; templateId?: string; back: boolean }
  | { type: "readChanges"; templateId?: string; changed?: PackageTerms }
  | { type: "givePackage"; clientId?: string; templateId?: string; changed?: PackageTerms }
  | { type: "extendPackage"; packageId?: string; expiresOn?: string };

/** A practitioner gives a client a package (D6.1), or extends one to which an expired credit was returned (D6.4). */
export const assignMachine = setup({
  types: {
    context: {} as AssignContext, // xstate infers its types from these unused values
    input: {} as AssignContext,
    events: {} as AssignEvent,
    emitted: {} as AssignOrder,
  },
}).createMachine({
  id: "assign",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({ type: "openAssignment", wanted: context.wanted })),
      on: {
        "giving.wanted": "choosingClient",
        "extension.offered": "offeringExtension",
      },
    },
    choosingClient: {
      entry: [
        emit(({ context, event }) => ({
          type: "offerClients",
          ...given({ clientId: event.type === "went.back" ? undefined : context.clientId }),
        })),
        assign({ page: 0 }),
      ],
      on: {
        "client.chosen": { target: "choosingTemplate", actions: assign({ clientId: ({ event }) => event.clientId }) },
        "clients.paged": { actions: assign({ page: ({ event }) => event.page, among: undefined }) },
        "templates.none": "nothingToGive",
        "given.up": "dropped",
      },
    },
    choosingTemplate: {
      entry: emit(({ context, event }) => ({
        type: "offerTemplates",
        ...given({ templateId: context.templateId }),
        back: event.type === "went.back",
      })),
      on: {
        "template.chosen": {
          target: "offering",
          actions: assign(({ event, context }) => ({
            templateId: event.templateId,
            changed: event.templateId === context.templateId ? context.changed : undefined,
          })),
        },
        "templates.none": "nothingToGive",
        "went.back": "choosingClient",
        "given.up": "dropped",
      },
    },
    offering: {
      on: {
        "giving.agreed": {
          actions: emit(({ context }) => ({
            type: "givePackage",
            ...given({ clientId: context.clientId, templateId: context.templateId, changed: context.changed }),
          })),
        },
        "change.wanted": "changing",
        "package.given": { target: "given", actions: assign({ packageId: ({ event }) => event.packageId }) },
        "package.refused": "refused",
        "went.back": "choosingTemplate",
        "given.up": "dropped",
      },
    },
    changing: {
      on: {
        "changes.given": {
          actions: emit(({ context }) => ({
            type: "readChanges",
            ...given({ templateId: context.templateId, changed: context.changed }),
          })),
        },
        "changes.kept": { target: "offering", actions: assign({ changed: ({ event }) => event.changed }) },
        "went.back": "offering",
        "given.up": "dropped",
      },
    },
    offeringExtension: {
      on: {
        "extension.agreed": {
          actions: emit(({ context }) => ({
            type: "extendPackage",
            ...given({ packageId: context.packageId, expiresOn: context.expiresOn }),
          })),
        },
        "package.extended": "extended",
        "package.refused": "refused",
        "extension.left": "left",
      },
    },
    given: { type: "final" },
    refused: { type: "final" },
    dropped: { type: "final" },
    nothingToGive: { type: "final" },
    extended: { type: "final" },
    left: { type: "final" },
  },
});

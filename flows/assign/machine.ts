import { assign, emit, setup } from "xstate";
import { z } from "zod";

/** Who is to be given what, or which package may be extended: ids and choices only. */
export const assignContext = z.object({
  wanted: z.string(),
  clientId: z.string().optional(),
  templateId: z.string().optional(),
  /** Clients the words may mean, as ids in one text; absent: all of them. */
  among: z.string().optional(),
  page: z.number().int().nonnegative(),
  /** What is changed for this client, as text: see `terms.ts`. */
  changed: z.string().optional(),
  /** The package that was given, or that may be extended. */
  packageId: z.string().optional(),
  /** Its last day when the extension was offered, `YYYY-MM-DD`. */
  expiresOn: z.string().optional(),
});
export type AssignContext = z.infer<typeof assignContext>;

type AssignEvent =
  | { type: "assignment.read"; clientId: string; templateId: string; among: string }
  | { type: "extension.offered" }
  | { type: "clients.paged"; page: number }
  | { type: "client.chosen"; clientId: string }
  | { type: "template.chosen"; templateId: string }
  | { type: "templates.none" }
  | { type: "change.wanted" }
  | { type: "changes.given" }
  | { type: "changes.kept"; changed: string }
  | { type: "giving.agreed" }
  | { type: "package.given"; packageId: string }
  | { type: "package.refused" }
  | { type: "extension.agreed" }
  | { type: "package.extended" }
  | { type: "extension.left" }
  | { type: "given.up" }
  | { type: "went.back" };

type AssignOrder =
  | { type: "openAssignment"; wanted: string }
  | { type: "offerClients"; clientId: string }
  | { type: "offerTemplates"; templateId: string; back: boolean }
  | { type: "readChanges"; templateId: string; changed: string }
  | { type: "givePackage"; clientId: string; templateId: string; changed: string }
  | { type: "extendPackage"; packageId: string; expiresOn: string };

/** Every order of the machine, by name. */
export type AssignOrders = { [Type in AssignOrder["type"]]: Extract<AssignOrder, { type: Type }> };

/** A practitioner gives a client a package (D6.1), or extends one whose credit came back expired (D6.4). */
export const assignMachine = setup({
  types: {
    context: {} as AssignContext, // xstate reads types from values that are never used
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
        "assignment.read": {
          target: "choosingClient",
          actions: assign(({ event }) => ({
            ...(event.clientId === "" ? {} : { clientId: event.clientId }),
            ...(event.templateId === "" ? {} : { templateId: event.templateId }),
            ...(event.among === "" ? {} : { among: event.among }),
          })),
        },
        "extension.offered": "offeringExtension",
      },
    },
    choosingClient: {
      entry: [
        emit(({ context, event }) => ({
          type: "offerClients",
          clientId: event.type === "went.back" ? "" : (context.clientId ?? ""),
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
        templateId: context.templateId ?? "",
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
            clientId: context.clientId ?? "",
            templateId: context.templateId ?? "",
            changed: context.changed ?? "",
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
            templateId: context.templateId ?? "",
            changed: context.changed ?? "",
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
            packageId: context.packageId ?? "",
            expiresOn: context.expiresOn ?? "",
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

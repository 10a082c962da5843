import type { Talks } from "../../src/cards/talks.ts";
import { defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { fieldsOf, jsonIn, listIn, textOr } from "../../src/conversation/kept-context.ts";
import { given } from "../../src/given.ts";
import type { Act, NameSaid } from "../../src/language/intent/act.ts";
import type { Reading } from "../../src/language/reading.ts";
import { commands } from "./commands.ts";
import {
  clientsFacts,
  extensionFacts,
  givenFacts,
  listActiveClients,
  listOwnTemplates,
  offerFacts,
  templatesFacts,
} from "./facts.ts";
import { assignInput } from "./input.ts";
import { type AssignContext, type AssignEvent, assignContext, assignMachine } from "./machine.ts";
import {
  changingView,
  choosingClientView,
  choosingTemplateView,
  droppedView,
  extendedView,
  givenView,
  leftView,
  nothingToGiveView,
  offeringExtensionView,
  offeringView,
  refusedView,
} from "./views.ts";

/** "Give Ana the Spring reset": the client and the package that the words name. */
async function openOnGive({ object }: Act, _reading: Reading, turn: Turn): Promise<Talks["assign"]> {
  const clients = await clientsMeant(object.names, turn);
  const templates = await templatesMeant(object.names, turn);
  return {
    type: "give",
    ...given({
      clientId: onlyOf(clients),
      templateId: onlyOf(templates),
      among: clients.length > 1 ? clients : undefined,
    }),
  };
}

async function hearClient({ acts, names }: Reading, _context: AssignContext, turn: Turn): Promise<Heard<AssignEvent>> {
  const clientId = acts.length > 0 ? undefined : onlyOf(await clientsMeant(names, turn));
  return clientId === undefined ? undefined : { event: { type: "client.chosen", clientId } };
}

async function hearTemplate({ names }: Reading, _context: AssignContext, turn: Turn): Promise<Heard<AssignEvent>> {
  const templateId = onlyOf(await templatesMeant(names, turn));
  return templateId === undefined ? undefined : { event: { type: "template.chosen", templateId } };
}

async function clientsMeant(names: readonly NameSaid[], turn: Turn): Promise<readonly string[]> {
  const named = names.filter(({ kind }) => kind === "client").flatMap(({ ids }) => ids);
  return (await listActiveClients(turn)).map(({ id }) => id).filter((id) => named.includes(id));
}

async function templatesMeant(names: readonly NameSaid[], turn: Turn): Promise<readonly string[]> {
  const named = names.filter(({ kind }) => kind === "package").flatMap(({ ids }) => ids);
  return (await listOwnTemplates(turn)).map(({ id }) => id).filter((id) => named.includes(id));
}

function onlyOf(ids: readonly string[]): string | undefined {
  return ids.length === 1 ? ids[0] : undefined;
}

/** A practitioner gives a client a package, or extends one. */
export const assignFlow = defineFlow({
  name: "assign",
  version: 2,
  roles: ["practitioner"],
  machine: assignMachine,
  context: assignContext,
  input: assignInput,
  begin: (input) => ({
    wanted: input.type,
    page: 0,
    ...(input.type === "give"
      ? given({ clientId: input.clientId, templateId: input.templateId, among: input.among })
      : {}),
    ...(input.type === "credit.expired" ? { packageId: input.clientPackageId } : {}),
    // Errands of version 1 carry "" for a package that does not expire.
    ...(input.type === "credit.expired" ? given({ expiresOn: textOr(input.expiresOn) }) : {}),
  }),
  again: () => ({ type: "give" }),
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(clientsFacts, choosingClientView),
    choosingClient: scene(clientsFacts, choosingClientView),
    choosingTemplate: scene(templatesFacts, choosingTemplateView),
    offering: scene(offerFacts, offeringView),
    changing: scene(offerFacts, changingView),
    given: scene(givenFacts, givenView),
    refused: scene(offerFacts, refusedView),
    dropped: scene(() => undefined, droppedView),
    nothingToGive: scene(() => undefined, nothingToGiveView),
    offeringExtension: scene(extensionFacts, offeringExtensionView),
    extended: scene(extensionFacts, extendedView),
    left: scene(() => undefined, leftView),
  },
  opensOn: { "give package": openOnGive },
  answers: {
    choosingClient: { no: { type: "given.up" } },
    choosingTemplate: { no: { type: "given.up" } },
    offering: { yes: { event: { type: "giving.agreed" }, to: "send" }, no: { type: "given.up" } },
    offeringExtension: { yes: { event: { type: "extension.agreed" }, to: "confirm" }, no: { type: "extension.left" } },
  },
  repeats: { choosingTemplate: "give package", offering: "give package", changing: "give package" },
  subject: ({ clientId }) => given({ clientId }),
  hears: { choosingClient: hearClient, choosingTemplate: hearTemplate },
  isLoud: () => false,
  mayBeAsked: true,
  migrate: {
    // Version 1 stored ids and terms as texts.
    1: ({ state, context }) => {
      const { among, changed, ...rest } = fieldsOf(context);
      const ids = among === undefined ? undefined : listIn(among);
      return { state, context: { ...rest, ...given({ among: ids, changed: jsonIn(changed) }) } };
    },
  },
});

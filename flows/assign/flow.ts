import { defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { fieldsOf, jsonIn, listIn, textOr } from "../../src/conversation/kept-context.ts";
import { given } from "../../src/given.ts";
import { understand } from "../../src/language/intent/intent.ts";
import { findNamed } from "../../src/language/intent/reference.ts";
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

/** A practitioner gives a client a package, or lets one last longer. */
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
    ...(input.type === "credit.expired" ? { packageId: input.clientPackageId } : {}),
    // Errands of version 1 say "" where a package does not expire.
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
  listen: {
    choosingClient: listenForClient,
    choosingTemplate: listenForTemplate,
    offering: listenForYes,
  },
  isLoud: () => false,
  mayBeAsked: true,
  migrate: {
    // Version 1 kept ids and terms as texts.
    1: ({ state, context }) => {
      const { among, changed, ...rest } = fieldsOf(context);
      const ids = among === undefined ? undefined : listIn(among);
      return { state, context: { ...rest, ...given({ among: ids, changed: jsonIn(changed) }) } };
    },
  },
});

async function listenForClient(text: string, _context: AssignContext, turn: Turn): Promise<Heard<AssignEvent>> {
  if (isNo(text)) return { event: { type: "given.up" } };
  const clients = await listActiveClients(turn);
  const named = findNamed(
    text,
    clients.map(({ id, name }) => ({ id, names: [name, ...name.split(/\s+/)] })),
  );
  const [clientId, ...more] = named.ids;
  return clientId === undefined || more.length > 0 ? undefined : { event: { type: "client.chosen", clientId } };
}

async function listenForTemplate(text: string, _context: AssignContext, turn: Turn): Promise<Heard<AssignEvent>> {
  if (isNo(text)) return { event: { type: "given.up" } };
  const templates = await listOwnTemplates(turn);
  const named = findNamed(
    text,
    templates.map(({ id, name }) => ({ id, names: [name] })),
  );
  const [templateId, ...more] = named.ids;
  return templateId === undefined || more.length > 0 ? undefined : { event: { type: "template.chosen", templateId } };
}

/** A clear yes gives it; a no gives nothing. */
async function listenForYes(text: string): Promise<Heard<AssignEvent>> {
  if (understand(text, { pending: "confirm" }).intent === "affirm") return { event: { type: "giving.agreed" } };
  return isNo(text) ? { event: { type: "given.up" } } : undefined;
}

function isNo(text: string): boolean {
  const { intent } = understand(text, { pending: "confirm" });
  return intent === "negate" || intent === "abort";
}

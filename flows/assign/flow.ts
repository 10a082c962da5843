import { defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
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
import { type AssignContext, assignContext, assignMachine } from "./machine.ts";
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
export const assignFlow = defineFlow<AssignContext>({
  name: "assign",
  version: 1,
  roles: ["practitioner"],
  machine: assignMachine,
  context: assignContext,
  begin: ({ type, clientPackageId, expiresOn }) => ({
    wanted: type,
    page: 0,
    ...(typeof clientPackageId === "string" ? { packageId: clientPackageId } : {}),
    ...(typeof expiresOn === "string" && expiresOn !== "" ? { expiresOn } : {}),
  }),
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
});

async function listenForClient(text: string, _context: AssignContext, turn: Turn): Promise<Heard> {
  if (isNo(text)) return { event: { type: "given.up" } };
  const clients = await listActiveClients(turn);
  const named = findNamed(
    text,
    clients.map(({ id, name }) => ({ id, names: [name, ...name.split(/\s+/)] })),
  );
  const [clientId, ...more] = named.ids;
  return clientId === undefined || more.length > 0 ? undefined : { event: { type: "client.chosen", clientId } };
}

async function listenForTemplate(text: string, _context: AssignContext, turn: Turn): Promise<Heard> {
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
async function listenForYes(text: string): Promise<Heard> {
  if (understand(text, { pending: "confirm" }).intent === "affirm") return { event: { type: "giving.agreed" } };
  return isNo(text) ? { event: { type: "given.up" } } : undefined;
}

function isNo(text: string): boolean {
  const { intent } = understand(text, { pending: "confirm" });
  return intent === "negate" || intent === "abort";
}

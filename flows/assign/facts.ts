import type { Turn } from "../../src/conversation/flow.ts";
import { givesPackage } from "../../src/desk/packages/assign-package.ts";
import { type ClientPackage, lastDayOf } from "../../src/domain/package.ts";
import type { Client, PackageTemplate } from "../../src/domain/practice.ts";
import { localDateOf } from "../../src/domain/zone.ts";
import { given } from "../../src/given.ts";
import type { AssignContext } from "./machine.ts";
import { type PackageTerms, termsOf } from "./terms.ts";

const clientsAPage = 10;

export interface ClientsFacts {
  readonly clients: readonly Client[];
  readonly page: number;
  readonly hasMore: boolean;
}

/** The practice's clients, or those that the words may mean. */
export async function clientsFacts(context: AssignContext, turn: Turn): Promise<ClientsFacts> {
  const all = await listActiveClients(turn);
  const { among } = context;
  const meant = among === undefined ? all : all.filter(({ id }) => among.includes(id));
  const from = context.page * clientsAPage;
  return {
    clients: meant.slice(from, from + clientsAPage),
    page: context.page,
    hasMore: meant.length > from + clientsAPage || meant.length < all.length,
  };
}

/** The clients who may be given a package. */
export async function listActiveClients(turn: Turn): Promise<readonly Client[]> {
  return (await turn.books.people.listClients(turn.practice.id)).filter(({ state }) => state === "active");
}

/** The packages on offer that this practitioner may give. */
export async function listOwnTemplates(turn: Turn): Promise<readonly PackageTemplate[]> {
  const own: PackageTemplate[] = [];
  for (const template of await turn.books.packages.listTemplates(turn.practice.id)) {
    if (await givesPackage(turn.books, turn.actor, template)) own.push(template);
  }
  return own;
}

export async function templatesFacts({ clientId }: AssignContext, turn: Turn) {
  const client = clientId === undefined ? undefined : await turn.books.people.findClient(turn.practice.id, clientId);
  return { client: client?.name ?? "", templates: await listOwnTemplates(turn) };
}

export interface OfferFacts {
  readonly client: string;
  readonly name: string;
  readonly terms: PackageTerms;
  /** Its last day if it is given today. */
  readonly expiresOn?: string;
  /** The name of each of its services, by id. */
  readonly services: ReadonlyMap<string, string>;
  readonly locale: string;
  readonly nowMs: number;
}

/** The package to give, and the client. Undefined: the client or the package no longer exists. */
export async function offerFacts(context: AssignContext, turn: Turn): Promise<OfferFacts | undefined> {
  const { practice, books, nowMs } = turn;
  if (context.clientId === undefined) return undefined;
  const client = await books.people.findClient(practice.id, context.clientId);
  const template = (await books.packages.listTemplates(practice.id)).find(({ id }) => id === context.templateId);
  if (client === undefined || template === undefined) return undefined;
  const terms = termsOf(template, context.changed);
  const expiresOn = lastDayOf(localDateOf(practice.timezone, nowMs), terms.expiresAfterDays);
  return {
    client: client.name,
    name: template.name,
    terms,
    services: await serviceNames(turn),
    locale: practice.locale,
    nowMs,
    ...given({ expiresOn }),
  };
}

/** The package that was given, and whether the client is notified in chat. */
export async function givenFacts(context: AssignContext, turn: Turn) {
  const offer = await offerFacts(context, turn);
  const { clientId } = context;
  const chats =
    clientId === undefined ? [] : await turn.books.identities.listAddresses(turn.practice.id, "client", clientId);
  return { offer, isTold: chats.some(({ platform }) => turn.platforms.includes(platform)) };
}

export interface ExtensionFacts {
  readonly client: string;
  readonly held: ClientPackage;
  readonly locale: string;
  readonly nowMs: number;
}

/** The package that may be extended. Undefined: it is not this practitioner's. */
export async function extensionFacts({ packageId }: AssignContext, turn: Turn): Promise<ExtensionFacts | undefined> {
  const held = packageId === undefined ? undefined : await turn.books.packages.findGrant(turn.practice.id, packageId);
  if (held === undefined || !(await givesPackage(turn.books, turn.actor, held.frozen))) return undefined;
  const client = await turn.books.people.findClient(turn.practice.id, held.clientId);
  return { client: client?.name ?? "", held, locale: turn.practice.locale, nowMs: turn.nowMs };
}

/** The public name of each service, by id. */
export async function serviceNames(turn: Turn): Promise<ReadonlyMap<string, string>> {
  const services = await turn.books.catalogue.listServices(turn.practice.id);
  return new Map(services.map(({ id, publicName }) => [id, publicName]));
}

import type { ReadBooks } from "../../db/store.ts";
import { given } from "../given.ts";
import type { Named, Vocabulary } from "../language/names/named.ts";
import type { ReadingContext } from "../language/when/moment.ts";
import type { Person } from "./person.ts";

/** The names a person may use and the practice's hours, for reading their messages. No other names are recognised. */
export interface Hearing {
  readonly vocabulary: Vocabulary;
  readonly moment: ReadingContext;
}

/**
 * The names that a person's messages are matched with. A client names services, practitioners, places and their own
 * packages. A practitioner also names clients. Everything but packages comes from the catalogue cache.
 */
export async function hearingOf(books: ReadBooks, person: Person, nowMs: number): Promise<Hearing> {
  const { practice, role, zone, actor } = person;
  const moment = { nowMs, zone, locale: practice.locale, horizonDays: practice.policies.horizonDays };
  if (role === "stranger") return { vocabulary: { role: "client" }, moment: { nowMs, zone } };
  const [services, practitioners, places, clients, packages] = await Promise.all([
    books.catalogue.listServices(practice.id),
    books.people.listPractitioners(practice.id),
    books.catalogue.listLocations(practice.id),
    role === "practitioner" ? books.people.listClients(practice.id) : [],
    actor.kind === "client"
      ? books.packages.listGrants(practice.id, actor.clientId)
      : books.packages.listTemplates(practice.id),
  ]);
  const shown = services.filter(({ visibility }) => visibility !== "archived");
  const hours = practitioners.flatMap(({ schedule }) => schedule.hours);
  const opensAt = hours.map(({ from }) => from).sort()[0];
  const closesAt = hours
    .map(({ to }) => to)
    .sort()
    .at(-1);
  return {
    vocabulary: {
      role,
      services: shown.map(({ id, name, publicName }) => ({ id, names: unique([publicName, name]) })),
      practitioners: practitioners.map(({ id, name }) => ({ id, names: [name] })),
      places: places.map(({ id, name }) => ({ id, names: [name] })),
      clients: clients.map(({ id, name }) => ({ id, names: [name] })),
      packages: packages.map(packageNamed),
    },
    moment: { ...moment, ...given({ opensAt, closesAt }) },
  };
}

/** A client's package keeps the name it had when it was given. */
function packageNamed(one: { id: string; name: string } | { id: string; frozen: { name: string } }): Named {
  return { id: one.id, names: ["frozen" in one ? one.frozen.name : one.name] };
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

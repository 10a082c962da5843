import { type Draft, present, unreadable } from "./draft.ts";
import { isId } from "./fields.ts";
import { formFindings } from "./form-checks.ts";
import { hoursFindings } from "./hours-checks.ts";
import { identityFindings } from "./identity-checks.ts";
import { type FilePath, type Finding, orList, quote } from "./mistake.ts";
import { didYouMean } from "./near-miss.ts";
import { offerFindings } from "./offer-checks.ts";
import { repeatedFindings } from "./repeated.ts";

/** Checks that span several keys: unique ids, references, consistency. */
export function checkReferences(draft: Draft): Finding[] {
  return [
    ...idFindings(draft),
    ...danglingFindings(draft),
    ...hoursFindings(draft),
    ...formFindings(draft),
    ...offerFindings(draft),
    ...identityFindings(draft),
  ];
}

const lists = ["locations", "practitioners", "services", "forms", "terms", "packages", "clients"] as const;
type List = (typeof lists)[number];

function idFindings(draft: Draft): Finding[] {
  return lists.flatMap((list) =>
    repeatedFindings(
      present(draft[list]).map(([at, { id }]) => [[list, at, "id"], id]),
      "id",
    ),
  );
}

/** A reference to an entry by its id. */
interface Reference {
  readonly path: FilePath;
  readonly to: List;
  readonly id: string | undefined;
}

function danglingFindings(draft: Draft): Finding[] {
  const known = new Map(lists.map((list) => [list, knownIds(draft, list)]));
  return references(draft).flatMap(({ path, to, id }) => {
    const ids = known.get(to);
    // An unreadable list may contain the id: report nothing.
    if (id === undefined || ids === undefined || ids.includes(id)) return [];
    const choices = ids.filter(isId);
    const allowed = choices.length === 0 ? `the id of an entry of ${to}, of which there is none yet` : orList(choices);
    return [{ path, problem: `${quote(id)} is not in ${to}${didYouMean(id, choices)}`, allowed }];
  });
}

function knownIds(draft: Draft, list: List): string[] | undefined {
  if (unreadable(draft, list)) return undefined;
  return [...new Set(present(draft[list]).flatMap(([, { id }]) => id ?? []))];
}

function references(draft: Draft): Reference[] {
  return [
    ...present(draft.services).flatMap(([at, service]) => serviceReferences(["services", at], service)),
    ...present(draft.practitioners).flatMap(([at, practitioner]) =>
      hoursReferences(["practitioners", at], practitioner),
    ),
    ...present(draft.packages).flatMap(([at, { items }]) =>
      present(items).map(([item, { service }]) => ({
        path: ["packages", at, "items", item, "service"],
        to: "services" as const,
        id: service,
      })),
    ),
    ...present(draft.clients).flatMap(([at, { packages }]) =>
      present(packages).map(([grant, { template }]) => ({
        path: ["clients", at, "packages", grant, "template"],
        to: "packages" as const,
        id: template,
      })),
    ),
  ];
}

type Entry<Name extends List> = NonNullable<NonNullable<Draft[Name]>[number]>;

function serviceReferences(path: FilePath, service: Entry<"services">): Reference[] {
  return [
    ...present(service.practitioners).map(([at, id]) => ({
      path: [...path, "practitioners", at],
      to: "practitioners" as const,
      id,
    })),
    { path: [...path, "form"], to: "forms", id: service.form },
    { path: [...path, "terms"], to: "terms", id: service.terms },
    ...present(service.methods).flatMap(([at, method]) =>
      method.kind === "in_person"
        ? [{ path: [...path, "methods", at, "location"], to: "locations" as const, id: method.location }]
        : [],
    ),
  ];
}

function hoursReferences(path: FilePath, practitioner: Entry<"practitioners">): Reference[] {
  const weekly = present(practitioner.hours).flatMap(([at, window]) =>
    windowReferences([...path, "hours", at], window),
  );
  const dated = present(practitioner.overrides).flatMap(([at, override]) =>
    present(override.hours).flatMap(([position, window]) =>
      windowReferences([...path, "overrides", at, "hours", position], window),
    ),
  );
  return [...weekly, ...dated];
}

interface NamesThings {
  readonly services?: readonly (string | undefined)[] | undefined;
  readonly locations?: readonly (string | undefined)[] | undefined;
}

function windowReferences(path: FilePath, window: NamesThings): Reference[] {
  return (["services", "locations"] as const).flatMap((to) =>
    present(window[to]).map(([at, id]) => ({ path: [...path, to, at], to, id })),
  );
}

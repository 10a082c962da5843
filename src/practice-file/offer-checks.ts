import { type Draft, present, unreadable } from "./draft.ts";
import type { FilePath, Finding } from "./mistake.ts";
import { policyOverrideFields } from "./policy-schema.ts";
import { repeatedFindings } from "./repeated.ts";

type Service = NonNullable<NonNullable<Draft["services"]>[number]>;
type Method = NonNullable<NonNullable<Service["methods"]>[number]>;

/** Services, packages and grants that repeat an entry or contradict themselves. */
export function offerFindings(draft: Draft): Finding[] {
  return [
    ...present(draft.services).flatMap(([at, service]) => serviceFindings(["services", at], service)),
    ...present(draft.packages).flatMap(([at, { items }]) =>
      repeatedFindings(
        present(items).map(([item, { service }]) => [["packages", at, "items", item, "service"], service] as const),
        "service",
      ),
    ),
    ...present(draft.clients).flatMap(([at, { packages }]) => grantFindings(["clients", at, "packages"], packages)),
  ];
}

function serviceFindings(path: FilePath, service: Service): Finding[] {
  const methods = present(service.methods).map(
    ([at, method]) => [[...path, "methods", at], methodName(method)] as const,
  );
  const people = present(service.practitioners).map(([at, id]) => [[...path, "practitioners", at], id] as const);
  return [
    ...repeatedFindings(methods, "kind of method, or location of in_person,"),
    ...repeatedFindings(people, "practitioner"),
    ...priceFindings(path, service),
    ...policyFindings(path, service),
  ];
}

// An unreadable location must not make two methods look equal.
function methodName(method: Method): string | undefined {
  if (method.kind !== "in_person") return method.kind;
  return method.location === undefined ? undefined : `in_person at ${method.location}`;
}

/** A session that must be paid needs a price above 0 in each of its methods. */
function priceFindings(path: FilePath, service: Service): Finding[] {
  const { payment, price, methods } = service;
  if (payment === undefined || payment === "none" || unreadable(service, "price")) return [];
  const needs = `a price above 0, which payment: ${payment} needs`;
  const ofMethods = present(methods);
  const everyMethodHasOne = ofMethods.length > 0 && ofMethods.every(([, method]) => Object.hasOwn(method, "price"));
  const own: Finding[] =
    price === undefined && !everyMethodHasOne
      ? [{ path: [...path, "price"], problem: "is missing", allowed: needs }]
      : [];
  const zero = [
    [[...path, "price", "minor"], price?.minor] as const,
    ...ofMethods.map(([at, method]) => [[...path, "methods", at, "price", "minor"], method.price?.minor] as const),
  ];
  return [
    ...own,
    ...zero.flatMap(([at, minor]) => (minor === 0 ? [{ path: at, problem: "is 0", allowed: needs }] : [])),
  ];
}

function policyFindings(path: FilePath, service: Service): Finding[] {
  const { policies } = service;
  if (policies === undefined) return [];
  // `Object.keys` loses the key type of this constant object.
  const keys = Object.keys(policyOverrideFields) as (keyof typeof policyOverrideFields)[];
  return keys
    .filter((key) => Object.hasOwn(service, key) && Object.hasOwn(policies, key))
    .map((key) => ({
      path: [...path, "policies", key],
      problem: "is written here and on the service itself",
      allowed: "each policy once",
    }));
}

type Grants = NonNullable<NonNullable<Draft["clients"]>[number]>["packages"];

function grantFindings(path: FilePath, grants: Grants): Finding[] {
  const keys = present(grants).map(([at, { template, startsOn }]) => {
    const key = template === undefined || startsOn === undefined ? undefined : `${template} from ${startsOn}`;
    return [[...path, at], key] as const;
  });
  return repeatedFindings(keys, "package and first day");
}

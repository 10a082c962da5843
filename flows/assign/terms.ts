import { z } from "zod";
import type { InputValues } from "../../src/cards/card.ts";
import type { PackageTemplate } from "../../src/domain/practice.ts";
import { given } from "../../src/given.ts";
import { assignWords } from "../../src/words/assign.ts";
import { readAmount } from "../../src/words/money.ts";

const count = z.number();

/** The terms of a package that may be changed for one client (D6.1). */
export const packageTerms: z.ZodType<PackageTerms> = z.object({
  price: z.object({ minor: count, currency: z.string() }).exactOptional(),
  expiresAfterDays: count.exactOptional(),
  limits: z.object({ perWeek: count.exactOptional(), perMonth: count.exactOptional() }),
  items: z.array(z.object({ serviceId: z.string(), sessions: count })).readonly(),
});
export type PackageTerms = Pick<PackageTemplate, "price" | "expiresAfterDays" | "limits" | "items">;

/** The present terms: the changed ones, otherwise the template's. */
export function termsOf(template: PackageTemplate, changed: PackageTerms | undefined): PackageTerms {
  if (changed !== undefined) return changed;
  const { price, expiresAfterDays, limits, items } = template;
  return { limits, items, ...given({ price, expiresAfterDays }) };
}

export type TermsRead =
  | { readonly ok: true; readonly terms: PackageTerms }
  /** Error messages by input. */
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> };

/** The id of the input that asks for a service's sessions. */
export function sessionsInput(serviceId: string): string {
  return `sessions:${serviceId}`;
}

/** Reads the inputs over the previous terms. */
export function readTerms(values: InputValues, before: PackageTerms, names: ReadonlyMap<string, string>): TermsRead {
  const problems: Record<string, string> = {};
  const count = (id: string, label: string, least: number, most: number): number | undefined => {
    const text = said(values, id);
    const number = Number(text);
    if (/^\d{1,5}$/.test(text) && number >= least && number <= most) return number;
    problems[id] = assignWords.notACount(label, least, most);
    return undefined;
  };
  const optional = (id: string, label: string, most: number): number | undefined =>
    said(values, id) === "" ? undefined : count(id, label, 1, most);

  const price = before.price === undefined ? undefined : readAmount(said(values, "price"), before.price.currency);
  if (before.price !== undefined && price === undefined) problems.price = assignWords.notAPrice;
  const items = before.items.map(({ serviceId, sessions }) => {
    const label = assignWords.sessionsLabel(names.get(serviceId) ?? serviceId);
    return { serviceId, sessions: count(sessionsInput(serviceId), label, 1, 200) ?? sessions };
  });
  const expiresAfterDays = optional("expires", assignWords.expiresLabel, 3650);
  const perWeek = optional("perWeek", assignWords.perWeek, 50);
  const perMonth = optional("perMonth", assignWords.perMonth, 200);
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  return { ok: true, terms: { limits: given({ perWeek, perMonth }), items, ...given({ price, expiresAfterDays }) } };
}

function said(values: InputValues, id: string): string {
  const value = values[id];
  return typeof value === "string" ? value.trim() : "";
}

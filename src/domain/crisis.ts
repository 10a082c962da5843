import { given } from "../given.ts";
import { placeZone, zonesOf } from "./country.ts";

/** Who the practice names for emergencies. Without a country the contact is for clients everywhere. */
export interface CrisisContact {
  readonly name: string;
  readonly phone: string;
  /** ISO 3166 alpha-2. */
  readonly country?: string;
}

/** What the practice adds to the card that answers words of distress (W11). */
export interface CrisisSettings {
  readonly text?: string;
  readonly contacts: readonly CrisisContact[];
}

/** A public number. `line` is who answers it. */
export interface PublicLine {
  readonly phone: string;
  readonly line: "emergency" | "samaritans" | "us-crisis" | "ca-crisis";
}

/** Whom a client in distress can call. No `lines`: the numbers of their country are not known. */
export interface CrisisNumbers {
  readonly own: readonly CrisisContact[];
  readonly lines: readonly PublicLine[];
}

/** What a client in distress is shown. `text`: the practice's own words. */
export interface CrisisHelp extends CrisisNumbers {
  readonly text?: string;
}

/** The help a practice's client is shown who reads times in this zone. */
export function crisisHelp(
  { country, crisis }: { readonly country?: string; readonly crisis?: CrisisSettings },
  zone: string,
): CrisisHelp {
  return { ...crisisContacts({ zone, country, own: crisis?.contacts ?? [] }), ...given({ text: crisis?.text }) };
}

const unionMembers = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" ");

/** Countries outside the table get no number, because a wrong one costs time in an emergency. */
const linesByCountry: ReadonlyMap<string, readonly PublicLine[]> = new Map<string, readonly PublicLine[]>([
  [
    "US",
    [
      { phone: "911", line: "emergency" },
      { phone: "988", line: "us-crisis" },
    ],
  ],
  [
    "CA",
    [
      { phone: "911", line: "emergency" },
      { phone: "988", line: "ca-crisis" },
    ],
  ],
  [
    "GB",
    [
      { phone: "999", line: "emergency" },
      { phone: "116 123", line: "samaritans" },
    ],
  ],
  ...unionMembers.map((code) => [code, [{ phone: "112", line: "emergency" }]] as const),
]);

/**
 * Whom a client can call (W11). The country is that of the client's zone; only a zone of no place, such as UTC, leaves it
 * to the practice's country. The practice's own contacts are those for this country and those without one, in file order.
 *
 * ```ts
 * crisisContacts({ zone: "America/Toronto", country: "PT", own: [] }).lines; // 911 and 988
 * crisisContacts({ zone: "Asia/Tokyo", country: "PT", own: [] }).lines; // none, not 112
 * ```
 */
export function crisisContacts({
  zone,
  country,
  own,
}: {
  /** The zone the client reads times in. */
  readonly zone: string;
  /** The practice's. */
  readonly country: string | undefined;
  readonly own: readonly CrisisContact[];
}): CrisisNumbers {
  const place = placeZone(zone);
  const isHere = (code: string) => (place === undefined ? code === country : zonesOf(code).has(place));
  return {
    own: own.filter((contact) => contact.country === undefined || isHere(contact.country)),
    lines: [...linesByCountry].find(([code]) => isHere(code))?.[1] ?? [],
  };
}

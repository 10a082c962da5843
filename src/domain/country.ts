const zonesByCountry = new Map<string, ReadonlySet<string>>();

/** Whether a text is an ISO 3166 alpha-2 code in use. Withdrawn codes, unions and `UK` are not. */
export function isCountry(text: string): boolean {
  return /^[A-Z]{2}$/.test(text) && new Intl.Locale("und", { region: text }).region === text && zonesOf(text).size > 0;
}

/** Whether a zone is the zone of a place. UTC, fixed offsets (`Etc/GMT+5`) and abbreviations (`EST`) are not. */
export function isZoneOfPlace(zone: string): boolean {
  return /^(?!Etc\/)[A-Za-z]+\//.test(zone) && canonical(zone) !== undefined;
}

/** Whether an IANA zone belongs to a country. Older zone names count as the present one. */
export function isZoneOf(zone: string, country: string): boolean {
  const name = isZoneOfPlace(zone) ? canonical(zone) : undefined;
  return name !== undefined && zonesOf(country).has(name);
}

/** The zones of a country, as ICU knows them. A lookup takes about a millisecond and is made once per country. */
function zonesOf(country: string): ReadonlySet<string> {
  const known = zonesByCountry.get(country);
  if (known !== undefined) return known;
  const zones = new Set(new Intl.Locale("und", { region: country }).getTimeZones());
  zonesByCountry.set(country, zones);
  return zones;
}

/** The name ICU lists a zone under; undefined: there is no such zone. */
function canonical(zone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

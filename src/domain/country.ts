const zonesByCountry = new Map<string, ReadonlySet<string>>();

/** Whether a text is an ISO 3166 alpha-2 code in use. Withdrawn codes, unions and `UK` are not. */
export function isCountry(text: string): boolean {
  return /^[A-Z]{2}$/.test(text) && new Intl.Locale("und", { region: text }).region === text && zonesOf(text).size > 0;
}

/** A country's zones, by the names of `placeZone`. ICU takes a millisecond for the list, so it is cached. */
export function zonesOf(country: string): ReadonlySet<string> {
  const known = zonesByCountry.get(country);
  if (known !== undefined) return known;
  const zones = new Set(new Intl.Locale("und", { region: country }).getTimeZones());
  zonesByCountry.set(country, zones);
  return zones;
}

/**
 * The one name by which ICU lists a zone that may have several, such as `Europe/Kyiv` and `Europe/Kiev`. Undefined for a
 * zone of no place: UTC, fixed offsets (`Etc/GMT+5`), abbreviations (`EST`), and names that are not zones.
 */
export function placeZone(zone: string): string | undefined {
  if (!/^(?!Etc\/)[A-Za-z]+\//.test(zone)) return undefined;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

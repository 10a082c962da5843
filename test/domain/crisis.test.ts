import { describe, expect, test } from "vitest";
import { isCountry, placeZone, zonesOf } from "../../src/domain/country.ts";
import { crisisContacts } from "../../src/domain/crisis.ts";

/** The numbers a client is shown, as one line. */
function numbersIn(zone: string, country?: string): string {
  return crisisContacts({ zone, country, own: [] })
    .lines.map(({ phone }) => phone)
    .join(", ");
}

describe("the public numbers follow the country of the client's zone (W11)", () => {
  test.each([
    ["America/New_York", "911, 988"],
    ["America/Indiana/Indianapolis", "911, 988"],
    ["America/Anchorage", "911, 988"],
    ["Pacific/Honolulu", "911, 988"],
    ["US/Eastern", "911, 988"],
    ["America/Toronto", "911, 988"],
    ["America/St_Johns", "911, 988"],
    ["Europe/London", "999, 116 123"],
    ["Europe/Lisbon", "112"],
    ["Atlantic/Azores", "112"],
    ["Atlantic/Canary", "112"],
    ["Europe/Berlin", "112"],
    ["Europe/Busingen", "112"],
    ["Europe/Dublin", "112"],
    ["Asia/Nicosia", "112"],
  ])("%s: %s", (zone, numbers) => {
    for (const country of [undefined, "PT", "US", "GB", "JP"]) expect(numbersIn(zone, country)).toBe(numbers);
  });

  test("each of the 27 member states has 112, by its own zone", () => {
    const zones =
      "Vienna Brussels Sofia Prague Berlin Copenhagen Tallinn Athens Madrid Helsinki Paris Zagreb Budapest Dublin Rome Luxembourg Vilnius Riga Malta Amsterdam Warsaw Lisbon Bucharest Stockholm Ljubljana Bratislava".split(
        " ",
      );
    expect(zones.map((city) => numbersIn(`Europe/${city}`))).toEqual(zones.map(() => "112"));
    expect(numbersIn("Asia/Famagusta")).toBe("112");
  });

  test.each([
    "Asia/Tokyo",
    "America/Sao_Paulo",
    "America/Mexico_City",
    "Australia/Sydney",
    "Europe/Zurich",
    "Europe/Oslo",
    "Europe/Kyiv",
    "Asia/Kolkata",
    "Antarctica/Troll",
  ])("%s: no number, whatever the practice's country", (zone) => {
    for (const country of [undefined, "PT", "US", "GB"]) expect(numbersIn(zone, country)).toBe("");
  });
});

describe("for a zone without a place the numbers follow the practice's country (W11)", () => {
  test.each(["UTC", "Etc/UTC", "Etc/GMT+5", "EST", "CET", "", "Nowhere/Land"])("%s", (zone) => {
    expect(numbersIn(zone, "US")).toBe("911, 988");
    expect(numbersIn(zone, "CA")).toBe("911, 988");
    expect(numbersIn(zone, "GB")).toBe("999, 116 123");
    expect(numbersIn(zone, "PT")).toBe("112");
    expect(numbersIn(zone, "JP")).toBe("");
    expect(numbersIn(zone)).toBe("");
  });
});

test("988 is named after the country it is called in (W11)", () => {
  const lineIn = (zone: string) => crisisContacts({ zone, country: undefined, own: [] }).lines.at(-1)?.line;
  expect(lineIn("America/Chicago")).toBe("us-crisis");
  expect(lineIn("America/Vancouver")).toBe("ca-crisis");
});

test("the practice's own contacts are those for the client's country and those for everyone, in file order (W11)", () => {
  const own = [
    { name: "Brazil", phone: "188", country: "BR" },
    { name: "Everyone", phone: "+351 1" },
    { name: "Portugal", phone: "+351 2", country: "PT" },
  ];
  const shown = (zone: string, country?: string) => crisisContacts({ zone, country, own }).own.map(({ name }) => name);
  expect(shown("Europe/Lisbon")).toEqual(["Everyone", "Portugal"]);
  expect(shown("America/Sao_Paulo", "PT")).toEqual(["Brazil", "Everyone"]);
  expect(shown("Asia/Tokyo", "PT")).toEqual(["Everyone"]);
  expect(shown("UTC", "PT")).toEqual(["Everyone", "Portugal"]);
  expect(shown("UTC")).toEqual(["Everyone"]);
});

describe("countries", () => {
  test("are ISO 3166 codes in use", () => {
    for (const code of ["PT", "US", "GB", "JP", "AX", "SX"]) expect(isCountry(code), code).toBe(true);
    for (const code of ["UK", "EU", "ZZ", "DD", "pt", "PRT", "P", "", "P1", "42"])
      expect(isCountry(code), code).toBe(false);
  });

  test("each known zone has at least one country, or no place", () => {
    const codes = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].flatMap((first) =>
      [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((second) => first + second),
    );
    const countries = codes.filter(isCountry);
    const placed = new Set(countries.flatMap((code) => [...zonesOf(code)]));
    const places = Intl.supportedValuesOf("timeZone").flatMap((zone) => placeZone(zone) ?? []);
    expect(places.length).toBeGreaterThan(300);
    expect(places.filter((zone) => !placed.has(zone))).toEqual([]);
  });
});

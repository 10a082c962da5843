import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formatMistake } from "../../src/practice-file/mistake.ts";
import { exampleWith, mistakesIn } from "./example.ts";

/** The rows of mistakes.md: the mistake, the example's text, its replacement, the reported line. */
const rows = readFileSync(new URL("./mistakes.md", import.meta.url), "utf8")
  .split("\n")
  .flatMap((line) => {
    const row = /^\| (.+?) \| `(.*?)` \| `(.*?)` \| (.+) \|$/.exec(line);
    return row === null ? [] : [row.slice(1).map(written)];
  });

function written(cell: string): string {
  return cell
    .replaceAll("↵", "\n")
    .replace(/(.)×(\d+) /g, (_all, letter: string, times: string) => letter.repeat(Number(times)));
}

describe("one mistake in a practice file is reported once, with its place, the reason and the allowed values", () => {
  test("the table is read completely", () => {
    expect(rows.length).toBeGreaterThan(80);
  });

  test.each(rows)("%s", (_what, from = "", to = "", told) => {
    expect(mistakesIn(exampleWith(from, to)).map(formatMistake)).toEqual([told]);
  });
});

describe("several mistakes", () => {
  test("all are reported at once, in line order, whatever their kind", () => {
    const text = exampleWith("late: forfeit", "late: maybe")
      .replace("timezone: Europe/Lisbon }\n", "timezone: Europe/Lisboa, floor: 2 }\n")
      .replace('from: "13:00", to: "17:00"', 'from: "17:00", to: "13:00"')
      .replace("form: intake", "form: outtake")
      .replace("startsOn: 2026-03-01", "startsOn: 2026-03-32")
      .replace("{ page: ben }", "{ page: ana }");
    const mistakes = mistakesIn(text);
    expect(mistakes.map(({ path, line }) => `${line} ${path}`)).toEqual([
      "6 policies.cancellation.late",
      "9 locations[0].timezone",
      "9 locations[0].floor",
      "18 practitioners[0].hours[1].to",
      "34 services[0].form",
      "48 clients[0].packages[0].startsOn",
      "49 clients[1].chat[0]",
    ]);
    expect(mistakes.map(formatMistake).filter((line) => line.includes("\n"))).toEqual([]);
  });

  test("an unreadable list causes no mistakes where its entries are referenced", () => {
    const mistakes = mistakesIn(
      exampleWith("locations:\n  - { id: quay,", "locations: none\nnothing:\n  - { id: quay,"),
    );
    expect(mistakes.map(({ path }) => path)).toEqual(["locations", "nothing"]);
  });

  test("the content below a mistyped key is checked, so that its mistakes are reported too", () => {
    const mistakes = mistakesIn(
      exampleWith("locations:", "location:").replace("name: Harbour rooms", "nmae: Harbour rooms, colour: red"),
    );
    expect(mistakes.map(({ path, line }) => `${line} ${path}`)).toEqual([
      "8 location",
      "9 location[0].nmae",
      "9 locations[0].colour",
    ]);
  });

  test("a malformed id is one mistake, although other entries refer to it", () => {
    const mistakes = mistakesIn(exampleWith("{ id: quay,", "{ id: Quay,").replace("location: quay", "location: quay"));
    expect(mistakes.map(({ path }) => path)).toEqual(["locations[0].id", "services[0].methods[1].location"]);
    const both = mistakesIn(
      exampleWith("{ id: spring-reset,", "{ id: spring_reset,").replace(
        "template: spring-reset",
        "template: spring_reset",
      ),
    );
    expect(both.map(({ path }) => path)).toEqual(["packages[0].id", "clients[0].packages[0].template"]);
  });
});

describe("payment (D5.4)", () => {
  const paid = exampleWith("    payment: none  ", "    payment: at_request  ");
  const price = "    price: { minor: 9000, currency: EUR }\n";

  test("a paid service has a price, of its own or of each of its methods", () => {
    expect(mistakesIn(paid)).toEqual([]);
    expect(mistakesIn(paid.replace(price, ""))).toMatchObject([{ path: "services[0].price", problem: "is missing" }]);
    const eachWay = paid
      .replace(price, "")
      .replace(/(kind: \w+)(, url|, location|, caller)/g, "$1, price: { minor: 1, currency: EUR }$2");
    expect(mistakesIn(eachWay)).toEqual([]);
  });

  test("the price must not be 0", () => {
    expect(mistakesIn(paid.replace("minor: 9000", "minor: 0"))).toMatchObject([
      { path: "services[0].price.minor", problem: "is 0" },
    ]);
  });

  test("a free service may have a price of 0", () => {
    expect(mistakesIn(exampleWith(price, "    price: { minor: 0, currency: EUR }\n"))).toEqual([]);
  });
});

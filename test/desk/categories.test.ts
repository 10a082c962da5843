import { expect, test } from "vitest";
import { toPlainText } from "../../src/cards/plain.ts";
import { cardWords } from "../../src/words/cards.ts";
import { openQuay, quay } from "./quay.ts";

/** The quay with services under categories: `[id, category]`. */
function under(...categories: readonly (readonly [string, string])[]): string {
  return categories.reduce(
    (practice, [id, category]) =>
      practice.replace(`{ id: ${id}, name: Private`, `{ id: ${id}, category: ${category}, name: Private`),
    quay,
  );
}

async function serviceList(practice: string) {
  const desk = await openQuay({ practice });
  await desk.open("ana");
  await desk.say("ana", "book");
  const lines = toPlainText(desk.newest("ana"), cardWords).split("\n");
  return { desk, lines: lines.map((line) => line.replace(/: .*/, "")) };
}

test("services are listed under their categories, those without one last, with one numbering for the whole list", async () => {
  const { desk, lines } = await serviceList(under(["talk", "Calm"], ["duo", "Food"], ["quick", "Calm"]));
  expect(lines.slice(1, 8)).toEqual(["Calm", "Talk", "Quick", "Food", "Duo", "Other services", "Visit"]);
  expect(lines[8]).toBe("[Talk] [Quick] [Duo] [Visit]");
  await desk.say("ana", "3");
  expect(desk.newest("ana").title).toBe("With whom?");
});

test("a single category gets no heading", async () => {
  const { lines } = await serviceList(under(["talk", "Calm"], ["quick", "Calm"]));
  expect(lines.slice(1, 6)).toEqual(["Talk", "Duo", "Quick", "Visit", "[Talk] [Duo] [Quick] [Visit]"]);
});

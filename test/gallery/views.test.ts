import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { everyFlow } from "../support/flow-graph.ts";
import { notYet, passedThrough } from "../support/place.ts";
import { everyView, placesOf } from "./views.ts";

test("every state of every flow that a talk rests in is in the gallery", async () => {
  const views = await everyView();
  const places = placesOf(views);
  const states = everyFlow.flatMap(({ name, machine }) =>
    Object.keys(machine.states).map((state) => `${name}.${state}`),
  );
  expect(states.filter((state) => !places.has(state) && ![...passedThrough, ...notYet].includes(state))).toEqual([]);
  const folder = process.env.GALLERY_FOLDER;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "views.json"), JSON.stringify(views));
});

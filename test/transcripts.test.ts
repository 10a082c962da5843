import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { everyFlow } from "./support/flow-graph.ts";
import { readTalks, replaceTalks } from "./support/golden-talk.ts";
import { keepTalks } from "./support/kept-talks.ts";
import { notYet, passedThrough } from "./support/place.ts";
import { type PlayedTalk, playTalk } from "./support/play-talk.ts";

const folder = new URL("transcripts/", import.meta.url);
/** Set: the desk's lines are rewritten to the present output; the script stays. */
const updates = process.env.UPDATE_TALKS === "1";
/** Set: a talk in each state of a new version is kept for later releases (test/flows/kept-talks.jsonl). */
const keeps = process.env.KEEP_TALKS === "1";

const files = readdirSync(folder)
  .filter((name) => name.endsWith(".md"))
  .map((name) => {
    const markdown = readFileSync(new URL(name, folder), "utf8");
    return { name, markdown, talks: readTalks(markdown) };
  });
const rested: { practice: string; rest: PlayedTalk["rested"] }[] = [];

describe.each(files)("$name", ({ name, markdown, talks }) => {
  const played = new Map<string, string>();

  test("every talk has a unique title", () => {
    expect(talks.length).toBeGreaterThan(0);
    expect(new Set(talks.map(({ title }) => title)).size).toBe(talks.length);
  });

  test.each(talks)("$title", async (talk) => {
    const { text, rested: rest } = await playTalk(talk);
    played.set(talk.title, text);
    rested.push({ practice: talk.practice, rest });
    if (!updates) expect(text).toBe(talk.text);
  });

  afterAll(() => {
    if (updates) writeFileSync(new URL(name, folder), replaceTalks(markdown, talks, played));
  });
});

test("together the talks reach every resting state", () => {
  // A run filtered by name says nothing about all talks.
  if (rested.length < files.flatMap(({ talks }) => talks).length) return;
  const places = everyFlow.flatMap((flow) => Object.keys(flow.scenes).map((state) => `${flow.name}.${state}`));
  const come = new Set(rested.flatMap(({ rest }) => [...rest.keys()]));
  expect(places.filter((place) => !come.has(place)).sort()).toEqual([...passedThrough, ...notYet].sort());
  if (keeps)
    keepTalks(rested.flatMap(({ practice, rest }) => [...rest.values()].map((one) => ({ practice, rest: one }))));
});

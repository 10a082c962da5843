import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readTalks } from "./support/golden-talk.ts";
import { playTalk } from "./support/play-talk.ts";

const folder = new URL("transcripts/", import.meta.url);
/** Whether "taking the payment…" is seen before its outcome is a matter of who is faster, where several write at once. */
const matterOfSpeed = ["payment.md"];
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".md") && !matterOfSpeed.includes(name))
  .map((name) => ({ name, talks: readTalks(readFileSync(new URL(name, folder), "utf8")) }));

/** What is written down there is what `transcripts.test.ts` sees on SQLite. */
describe.each(files)("$name on PostgreSQL", ({ talks }) => {
  test.each(talks)("$title", async (talk) => {
    expect((await playTalk(talk, "postgres")).text).toBe(talk.text);
  });
});

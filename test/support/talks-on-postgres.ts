import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readTalks } from "./golden-talk.ts";
import { playTalk } from "./play-talk.ts";

const folder = new URL("../transcripts/", import.meta.url);
/**
 * Whether a chat shows "taking the payment…" before the outcome depends on timing where several processes write at
 * once.
 */
const matterOfSpeed = ["payment.md"];
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".md") && !matterOfSpeed.includes(name))
  .map((name) => ({ name, talks: readTalks(readFileSync(new URL(name, folder), "utf8")) }));

/** Plays every second file's talks on PostgreSQL, against the same expectation as `transcripts.test.ts` on SQLite. */
export function playOnPostgres(half: 0 | 1): void {
  const mine = files.filter((_, at) => at % 2 === half);
  describe.each(mine)("$name on PostgreSQL", ({ talks }) => {
    test.each(talks)("$title", async (talk) => {
      expect((await playTalk(talk, "postgres")).text).toBe(talk.text);
    });
  });
}

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { whatYouCanType } from "./what-you-can-type.ts";

test("docs/what-you-can-type.md is what the phrase tables say today (npm run docs)", () => {
  const page = readFileSync(new URL("../../docs/what-you-can-type.md", import.meta.url), "utf8");
  expect(page).toBe(whatYouCanType());
});

test("nothing of the tables' short forms is left on the page", () => {
  // What is typed stands first in a row; everything after it is the page's own.
  const own = whatYouCanType().replace(/^\|[^|]*/gm, "");
  expect(own).not.toMatch(/\d{4}-\d{2}-\d{2}|\bam-pm\b|undefined|T\d\d:\d\d/);
});

import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { formatMistake, type Mistake } from "../../src/practice-file/mistake.ts";
import { type PracticeFileReading, readPracticeFile } from "../../src/practice-file/read.ts";
import type { PracticeFile } from "../../src/practice-file/schema.ts";

/** The documented example, Harbour Wellness, which is free of mistakes. */
export const example = readFileSync(new URL("../../docs/practice.example.yaml", import.meta.url), "utf8");

/** The example with one place written differently; `from` must stand in it exactly once. */
export function exampleWith(from: string, to: string): string {
  expect(example.split(from), `"${from}" stands once in the example`).toHaveLength(2);
  return example.replace(from, () => to);
}

/** What is wrong with a text; none when it can be imported. */
export function mistakesIn(text: string | Uint8Array): readonly Mistake[] {
  const reading = readPracticeFile(text);
  return reading.ok ? [] : reading.mistakes;
}

/** Reads what must be right, and shows every mistake when it is not. */
export function readRight(text: string): Extract<PracticeFileReading, { ok: true }> {
  const reading = readPracticeFile(text);
  if (!reading.ok) throw new Error(reading.mistakes.map(formatMistake).join("\n"));
  return reading;
}

/** The file of a text that must be right. */
export function fileOf(text: string): PracticeFile {
  return readRight(text).file;
}

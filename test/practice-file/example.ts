import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { formatMistake, type Mistake } from "../../src/practice-file/mistake.ts";
import { type PracticeFileReading, readPracticeFile } from "../../src/practice-file/read.ts";
import type { PracticeFile } from "../../src/practice-file/schema.ts";

/** The documented example, Harbour Wellness, which is free of mistakes. */
export const example = readFileSync(new URL("../../docs/practice.example.yaml", import.meta.url), "utf8");

/** The example with one replacement; `from` must occur exactly once. */
export function exampleWith(from: string, to: string): string {
  expect(example.split(from), `"${from}" stands once in the example`).toHaveLength(2);
  return example.replace(from, () => to);
}

/** The mistakes of a text; empty if it can be imported. */
export function mistakesIn(text: string | Uint8Array): readonly Mistake[] {
  const reading = readPracticeFile(text);
  return reading.ok ? [] : reading.mistakes;
}

/** Reads a text that must be valid, and fails with its mistakes otherwise. */
export function readValid(text: string): Extract<PracticeFileReading, { ok: true }> {
  const reading = readPracticeFile(text);
  if (!reading.ok) throw new Error(reading.mistakes.map(formatMistake).join("\n"));
  return reading;
}

/** The practice file of a valid text. */
export function fileOf(text: string): PracticeFile {
  return readValid(text).file;
}

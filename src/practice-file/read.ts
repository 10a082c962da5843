import type { Finding, Mistake } from "./mistake.ts";
import { pathText } from "./mistake.ts";
import { checkReferences } from "./references.ts";
import type { PracticeFile } from "./schema.ts";
import { checkShape } from "./shape.ts";
import { findWarnings } from "./warnings.ts";
import { readYaml } from "./yaml-source.ts";

/** A valid practice file, or its mistakes. */
export type PracticeFileReading =
  | {
      readonly ok: true;
      readonly file: PracticeFile;
      /** Valid, but probably not intended. */
      readonly warnings: readonly Mistake[];
    }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/**
 * Reads a practice file and returns every mistake, by line. Bytes must be UTF-8. Never throws because of the file's
 * content.
 */
export function readPracticeFile(input: string | Uint8Array): PracticeFileReading {
  const reading = readYaml(input);
  if (!reading.ok) return reading;
  const { source } = reading;
  const shape = checkShape(source);
  const toMistakes = (findings: readonly Finding[]): Mistake[] =>
    findings
      .map(({ path, problem, allowed }) => {
        const line = source.lineOf(shape.writtenPath(path));
        return { path: pathText(path), ...(line === undefined ? {} : { line }), problem, allowed };
      })
      .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));

  const mistakes = toMistakes([...source.duplicates, ...shape.findings, ...checkReferences(shape.draft)]);
  if (shape.file === undefined || mistakes.length > 0) return { ok: false, mistakes };
  return { ok: true, file: shape.file, warnings: toMistakes(findWarnings(shape.file)) };
}

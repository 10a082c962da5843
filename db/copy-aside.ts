import { readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DeskError } from "../src/errors.ts";
import { writeCopy } from "./backup.ts";

/** Copies of the database from before an upgrade that are kept. */
const keptCopies = 3;

/**
 * Copies a SQLite file to `<file>.before-<tag>` before migration `tag` changes it, and deletes all but the last three of
 * these copies. A copy of the same name is replaced: it holds an earlier state of the same release. Throws with code
 * `copy-refused` when the copy cannot be written (R5).
 */
export async function copyAside(file: string, tag: string): Promise<string> {
  const copy = `${file}.before-${tag}`;
  const part = `${copy}.part`;
  try {
    rmSync(part, { force: true }); // left by a killed process
    await writeCopy(file, part);
    renameSync(part, copy);
  } catch (cause) {
    rmSync(part, { force: true });
    throw new DeskError(
      "copy-refused",
      `The database must be updated to this version (${tag}), but the copy to go back to could not be written to ${copy} (${reasonOf(cause)}). Free disk space and give the desk's user write access to the folder, then start again. Nothing was changed.`,
      { cause },
    );
  }
  for (const old of copiesOf(file).slice(0, -keptCopies)) rmSync(old, { force: true });
  return copy;
}

/** The kept copies, oldest first: the tags of migrations begin with their number. */
function copiesOf(file: string): readonly string[] {
  const start = `${basename(file)}.before-`;
  const names = readdirSync(dirname(file)).filter((name) => name.startsWith(start) && !name.endsWith(".part"));
  return names.sort().map((name) => join(dirname(file), name));
}

function reasonOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!(cause instanceof DeskError) && "code" in cause) return String(cause.code);
  }
  return error instanceof Error ? error.message : String(error);
}

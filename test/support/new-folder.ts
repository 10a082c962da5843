import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new temporary folder with this word in its name. The caller removes it; leftovers are removed at the end of the run (`folder-setup.ts`). */
export function newFolder(word: string): string {
  return mkdtempSync(join(process.env.FRONTDESK_TEST_FOLDER ?? tmpdir(), `frontdesk-${word}-`));
}

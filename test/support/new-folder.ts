import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new folder with this word in its name. Whoever makes it takes it away; what is left goes with the run (`folder-setup.ts`). */
export function newFolder(word: string): string {
  return mkdtempSync(join(process.env.FRONTDESK_TEST_FOLDER ?? tmpdir(), `frontdesk-${word}-`));
}

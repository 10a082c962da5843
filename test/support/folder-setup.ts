import { existsSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Linux keeps this folder in memory. */
const inMemory = "/dev/shm";
const roomBytes = 2 * 1024 ** 3;

let folder: string | undefined;

/**
 * Global set-up: one folder for all that the tests of a run lay down (`newFolder`). It lies in memory where there is room,
 * because every turn of a desk waits until its books are on the disk.
 */
export function setup(): void {
  if (process.env.FRONTDESK_TEST_FOLDER !== undefined) return; // made by the set-up of another project
  folder = mkdtempSync(join(hasRoom() ? inMemory : tmpdir(), "frontdesk-tests-"));
  process.env.FRONTDESK_TEST_FOLDER = folder; // for the workers, which begin with this environment
}

export function teardown(): void {
  if (folder === undefined) return;
  rmSync(folder, { recursive: true, force: true });
  delete process.env.FRONTDESK_TEST_FOLDER;
}

function hasRoom(): boolean {
  if (!existsSync(inMemory)) return false;
  const { bavail, bsize } = statfsSync(inMemory);
  return bavail * bsize > roomBytes;
}

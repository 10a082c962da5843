import { existsSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileCache } from "./compile-cache.ts";

/** A tmpfs on Linux. */
const inMemory = "/dev/shm";
const roomBytes = 2 * 1024 ** 3;

let folder: string | undefined;

/**
 * Global set-up: creates the folder for all temporary files of a run (`newFolder`). It is in memory if there is room,
 * because every turn waits for an fsync of the database. The workers load packages through the compile cache.
 */
export function setup(): void {
  Object.assign(process.env, compileCache); // inherited by the workers
  if (process.env.FRONTDESK_TEST_FOLDER !== undefined) return; // created by another project's set-up
  folder = mkdtempSync(join(hasRoom() ? inMemory : tmpdir(), "frontdesk-tests-"));
  process.env.FRONTDESK_TEST_FOLDER = folder; // inherited by the workers
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

import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "../../db/store.ts";
import { newRingKey, openVault } from "../../src/vault.ts";

/** The encryption key of simulated books. */
export const testVault = openVault([newRingKey("simulation")]);

/** A folder in memory, where the system has one: a simulation waits for no disk. */
export const memoryFolder = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** The bytes of books without rows. */
export async function emptyBooks(): Promise<Buffer> {
  const file = join(memoryFolder, `frontdesk-empty-${process.pid}.db`);
  const store = await openStore({ url: `file:${file}`, vault: testVault });
  await store.close();
  const bytes = readFileSync(file);
  for (const end of ["", "-wal", "-shm"]) rmSync(`${file}${end}`, { force: true });
  return bytes;
}

import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "../../db/migrations");

/**
 * Released migrations never change: databases in use record the hash of each, and the desk refuses a database whose
 * record differs. A changed schema needs a further migration.
 */
const released: Readonly<Record<string, string>> = {
  "postgres/0000_books.sql": "75f74f12707cb810d48ce0f6600c7f9a71ae2938488727b764cdb1a23e3fd82c",
  "postgres/meta/0000_snapshot.json": "0d85e56d03c5ce355e9d99f47a4f98c96633c7e0f3bdf0ec35a03bfa9a7ea78e",
  "sqlite/0000_books.sql": "c1ede5884259236188a3f02f0c389a5cd7749a2963a4bd1d71cbf7d296b8fb15",
  "sqlite/meta/0000_snapshot.json": "bf8ce4f9eedc82807e4a372047f4c924421deed2e1fc04a7e323d5e88278729e",
};

test("released migrations and their snapshots are unchanged", () => {
  const found = globSync("*/{,meta/}0000*", { cwd: folder }).sort();
  const hashOf = (file: string) =>
    createHash("sha256")
      .update(readFileSync(join(folder, file)))
      .digest("hex");
  expect(Object.fromEntries(found.map((file) => [file.replaceAll("\\", "/"), hashOf(file)]))).toEqual(released);
});

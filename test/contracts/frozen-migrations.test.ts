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
  "postgres/0001_crisis.sql": "e44005357275eebb770df02be6ed5aad72c630e116ac9d90a80c16a659adb425",
  "postgres/meta/0001_snapshot.json": "d8e989906bdb165a9238e9fca811a65253f320bf78feef3a39782aab839fface",
  "sqlite/0000_books.sql": "c1ede5884259236188a3f02f0c389a5cd7749a2963a4bd1d71cbf7d296b8fb15",
  "sqlite/meta/0000_snapshot.json": "bf8ce4f9eedc82807e4a372047f4c924421deed2e1fc04a7e323d5e88278729e",
  "sqlite/0001_crisis.sql": "00f34b8ab1eb9d0a10867dee4477e1b3338403d33a6f48335540397aa61d31e1",
  "sqlite/meta/0001_snapshot.json": "c49a614caffd4ef5b5b00f1d1f8080b1288428196a84961ca5279c48659e8fde",
};

test("R5 released migrations and their snapshots are unchanged", () => {
  const hashOf = (file: string) =>
    createHash("sha256")
      .update(readFileSync(join(folder, file)))
      .digest("hex");
  const now = Object.fromEntries(Object.keys(released).map((file) => [file, hashOf(file)]));
  expect(now).toEqual(released);
});

test("R5 a migration that is not listed as released follows all that are", () => {
  for (const kind of ["postgres", "sqlite"]) {
    const found = globSync("*.sql", { cwd: join(folder, kind) }).sort();
    const listed = Object.keys(released).flatMap((file) => (file.endsWith(".sql") ? [file.split("/")] : []));
    const names = listed.flatMap(([where, name = ""]) => (where === kind ? [name] : [])).sort();
    expect(found.slice(0, names.length)).toEqual(names);
    expect(names.length).toBeGreaterThan(0);
  }
});

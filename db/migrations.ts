import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DeskError } from "../src/errors.ts";

/** A step of the schema, as drizzle-kit writes it. */
export interface Migration {
  /** The name of its file without the ending: `0001_crisis`. */
  readonly tag: string;
  /** SHA-256 of its text, which the database's journal records. */
  readonly hash: string;
  readonly createdAtMs: number;
  readonly statements: readonly string[];
}

/** The table in which a database records the migrations that were applied to it. */
export const journalTable = "__drizzle_migrations";

/** The migrations of this release for one of the two databases, in order. */
export function readMigrations(folder: string): readonly Migration[] {
  const journal: { readonly entries: readonly { readonly tag: string; readonly when: number }[] } = JSON.parse(
    readFileSync(join(folder, "meta", "_journal.json"), "utf8"),
  );
  return journal.entries.map(({ tag, when }) => {
    const text = readFileSync(join(folder, `${tag}.sql`), "utf8");
    return {
      tag,
      hash: createHash("sha256").update(text).digest("hex"),
      createdAtMs: when,
      statements: text.split("--> statement-breakpoint"),
    };
  });
}

/** The folder of a database's migrations. In the bundle it is beside the code. */
export function migrationsOf(kind: "sqlite" | "postgres"): string {
  return join(import.meta.dirname, "migrations", kind);
}

/**
 * The migrations that a database with these applied hashes lacks. Throws with code `schema-newer` if it has one that this
 * release does not know (R5).
 */
export function missingMigrations(known: readonly Migration[], applied: readonly string[]): readonly Migration[] {
  const unknown = applied.findIndex((hash, position) => hash !== known[position]?.hash);
  if (unknown === -1) return known.slice(applied.length);
  throw new DeskError(
    "schema-newer",
    `The database was written by a newer version of Frontdesk: its migration ${unknown + 1} of ${applied.length} is not among the ${known.length} known here. Start that version, or restore a backup from before the upgrade.`,
  );
}

/** The refusal of everything but a starting desk to use a database that an older release wrote (R5). */
export function schemaOlder(missing: readonly Migration[]): DeskError {
  return new DeskError(
    "schema-older",
    `The database was written by an older version of Frontdesk and lacks ${tagsOf(missing)}. Only a starting desk updates it: start the desk of this version once, then run this again.`,
  );
}

/** The refusal to read a database that has no tables yet. */
export function booksMissing(where: string): DeskError {
  return new DeskError(
    "database-missing",
    `There are no books in ${where} yet. Starting the desk or importing a practice file creates them; or check DATABASE_URL.`,
  );
}

/** The names of migrations, for messages. */
function tagsOf(migrations: readonly Migration[]): string {
  return migrations.map(({ tag }) => tag).join(", ");
}

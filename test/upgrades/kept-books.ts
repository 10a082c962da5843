import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import pg from "pg";
import { migrationsOf, readMigrations } from "../../db/migrations.ts";
import { testFolder } from "../support/desk-files.ts";
import { emptyDatabase } from "../support/postgres-store.ts";

const folder = join(import.meta.dirname, "kept");

/** Books that a release left behind after a day (`make-books.ts`). */
export interface KeptBooks {
  readonly kind: "sqlite" | "postgres";
  /** The last migration of that release. */
  readonly tag: string;
  /** The migrations that the present release adds. */
  readonly missing: readonly string[];
}

/** All kept books. */
export const keptBooks: readonly KeptBooks[] = readdirSync(folder).map((name) => {
  const [, tag = "", ending] = /^(.+)\.(db|sql)\.gz$/.exec(name) ?? [];
  const kind = ending === "db" ? "sqlite" : "postgres";
  const tags = readMigrations(migrationsOf(kind)).map((migration) => migration.tag);
  return { kind, tag, missing: tags.slice(tags.indexOf(tag) + 1) };
});

/** Unpacks kept books for the running test; gives their address in the format of DATABASE_URL. */
export async function unpackBooks({ kind, tag }: KeptBooks): Promise<string> {
  const bytes = gunzipSync(readFileSync(join(folder, `${tag}.${kind === "sqlite" ? "db" : "sql"}.gz`)));
  if (kind === "sqlite") {
    const file = join(testFolder(), "desk.db");
    writeFileSync(file, bytes, { mode: 0o600 });
    return `file:${file}`;
  }
  const url = await emptyDatabase();
  const client = new pg.Client(url);
  await client.connect();
  await client.query(bytes.toString("utf8"));
  await client.end();
  return url;
}

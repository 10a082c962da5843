import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import pg from "pg";
import { testKeys } from "../support/desk-files.ts";
import { freePort } from "../support/desk-process.ts";
import { startPostgres } from "../support/postgres-server.ts";
import { until } from "../support/until.ts";
import { dumpDatabase } from "./dump.ts";
import { playDay } from "./played-day.ts";

/**
 * `npm run keep-books [-- <folder>]`: plays a day on the desk of a release, on SQLite and on PostgreSQL, and keeps both
 * books as test data under the name of the release's last migration. Run it once per release with a changed schema; the
 * folder is a checkout of the release, by default this one.
 */
const release = resolve(process.argv[2] ?? ".");
const kept = join(import.meta.dirname, "kept");

const folder = mkdtempSync(join(tmpdir(), "frontdesk-keep-"));
const server = await startPostgres();
try {
  const file = join(folder, "desk.db");
  await live(`file:${file}`);
  writeFileSync(join(kept, `${lastMigration("sqlite")}.db.gz`), gzipSync(readFileSync(file), { level: 9 }));
  const url = await emptyDatabaseOn(server.url);
  await live(url);
  const dump = await dumpDatabase(url, join(release, "db/migrations/postgres"));
  writeFileSync(join(kept, `${lastMigration("postgres")}.sql.gz`), gzipSync(dump, { level: 9 }));
} finally {
  await server.remove();
  rmSync(folder, { recursive: true, force: true });
}

function lastMigration(kind: "sqlite" | "postgres"): string {
  const journal = readFileSync(join(release, "db/migrations", kind, "meta/_journal.json"), "utf8");
  const { entries }: { readonly entries: readonly { readonly tag: string }[] } = JSON.parse(journal);
  return entries.at(-1)?.tag ?? "";
}

async function emptyDatabaseOn(server: string): Promise<string> {
  const client = new pg.Client(server);
  await client.connect();
  await client.query("create database kept");
  await client.end();
  return server.replace(/\/[^/]*$/, "/kept");
}

/** Starts the release's desk on an empty database, plays the day and stops it. */
async function live(database: string): Promise<void> {
  const port = await freePort();
  const desk = spawn(process.execPath, ["src/main.ts"], {
    cwd: release,
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATABASE_URL: database,
      FRONTDESK_KEYS: testKeys,
      FRONTDESK_CLOCK: "2026-03-02T08:00:00Z",
      LOG_LEVEL: "error",
    },
  });
  await opened(desk);
  await playDay(`http://127.0.0.1:${port}`);
  desk.kill("SIGTERM");
  await once(desk, "exit");
}

async function opened(desk: ChildProcess): Promise<void> {
  let output = "";
  for (const stream of [desk.stdout, desk.stderr]) stream?.on("data", (chunk) => (output += chunk));
  await until("the desk is open", () => output.includes("is open") || desk.exitCode !== null);
  if (desk.exitCode !== null) throw new Error(`the desk did not open:\n${output}`);
}

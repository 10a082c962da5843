import type { Scheduler } from "../src/clock.ts";
import type { Changes } from "../src/ports/changes.ts";
import type { Db } from "./db.ts";
import type { Locks } from "./locks.ts";
import type { Schema } from "./schema.ts";
import type { UnreadableRow } from "./unreadable-rows.ts";

/** An open database whose tables and guards are up to date. */
export interface Database {
  readonly schema: Schema;
  /** Reads committed rows, outside transactions. */
  readonly reader: Db;
  /** Row locks for use inside a transaction. */
  readonly locks: Locks;
  /**
   * Runs `work` in one transaction. The writer works inside the body only, and later transactions may reuse it. Rejects as
   * `Store.transaction` does. Opened with `access: "read"`, it refuses to write.
   */
  transaction<T>(work: (writer: Db) => Promise<T>): Promise<T>;
  /** Whether a single process uses the database. */
  readonly singleProcess: boolean;
  /** Notifications between the processes that use the database. */
  readonly changes: Changes;
  ping(): Promise<void>;
  /** The faults the database's own check finds in its files, a line each. */
  damages(): Promise<readonly string[]>;
  /** Writes and commits, as a turn does. Rejects while no turn could. */
  probeWrite(): Promise<void>;
  close(): Promise<void>;
}

/** An upgrade that is about to change the tables of a database. */
export interface Upgrade {
  /** The names of the migrations, in order. */
  readonly migrations: readonly string[];
  /** The copy of the database from before. Absent on PostgreSQL, which is copied by its own tools. */
  readonly copy?: string;
}

export interface DatabaseOptions {
  /**
   * What opening may do to the tables (R5). `read` changes nothing. `write`, the default, creates them in an empty
   * database, and refuses a database of an older release. `upgrade` also checks the file for damage and updates a database
   * of an older release; only a starting desk does this.
   */
  readonly access?: "read" | "write" | "upgrade";
  /** Called before an upgrade changes anything, by the one process that makes it. */
  readonly onUpgrade?: (upgrade: Upgrade) => void;
  /** Other migrations than those of this release, as tests of upgrades have them. */
  readonly migrationsFolder?: string;
  /** A `postgres:` url past a connection pooler, for LISTEN and migrations (R7). */
  readonly directUrl?: string;
  /** Called on opening when the url leads to a connection pooler and no direct url is given. */
  readonly onPooler?: () => void;
  /** How long a transaction waits for a lock or a connection, counted from the call; 4 s by default. */
  readonly waitTimeoutMs?: number;
  /** Called after a transaction that took more than 50 ms. */
  readonly onSlow?: (durationMs: number) => void;
  /** Receives each row that cannot be read, at every read; reads leave it out. */
  readonly onUnreadable?: (row: UnreadableRow) => void;
  /** Waits and measures durations; the process's own by default. */
  readonly scheduler?: Scheduler;
}

/** Opens the database of a DATABASE_URL and loads only its driver. */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  if (/^postgres(ql)?:/i.test(url)) return (await import("./postgres.ts")).openPostgres(url, options);
  return (await import("./sqlite.ts")).openSqlite(url, options);
}

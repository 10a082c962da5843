import type { Changes } from "../src/ports/changes.ts";
import type { Db } from "./db.ts";
import type { Locks } from "./locks.ts";
import type { Schema } from "./schema.ts";

/** A database with the books' tables and guards in it, up to date. */
export interface Database {
  readonly schema: Schema;
  /** What is committed, as of now. */
  readonly reader: Db;
  /** The words for locking rows inside a transaction. */
  readonly locks: Locks;
  /**
   * Runs `work` in one transaction. The writer is usable inside the body only; it may be the same object in a later
   * transaction. Rejects as `Store.transaction` does.
   */
  transaction<T>(work: (writer: Db) => Promise<T>): Promise<T>;
  /** Whether only one process may have it open. */
  readonly singleProcess: boolean;
  /** The line to the other processes. */
  readonly changes: Changes;
  ping(): Promise<void>;
  /** What the database itself finds wrong with its files, a line each; nothing when they are whole. */
  damages(): Promise<readonly string[]>;
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}

/** How a database is waited for, and whom to tell what took long. */
export interface DatabaseOptions {
  /** How long a transaction waits for its turn or connection, counted from the call; 4 s unless told. */
  readonly patienceMs?: number;
  /** Told after a transaction that took more than 50 ms. */
  readonly onSlow?: (durationMs: number) => void;
}

/** Opens what a DATABASE_URL names. Only the driver that is used is loaded. */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  if (/^postgres(ql)?:/i.test(url)) return (await import("./postgres.ts")).openPostgres(url, options);
  return (await import("./sqlite.ts")).openSqlite(url, options);
}

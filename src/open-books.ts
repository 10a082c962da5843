import { acquireProcessLock, shareDatabase } from "../db/process-lock.ts";
import { openStore, openStoreToRead, type ReadStore, type Store, type StoreOptions } from "../db/store.ts";
import type { Config } from "./config.ts";
import { given } from "./given.ts";
import { findKeyRing, openKeyRing } from "./keys.ts";
import type { Log } from "./log.ts";
import { poolerSentence, upgradeSentence } from "./start-problem.ts";
import { openVault } from "./vault.ts";

/** Opens the configured database for a command that writes. The caller closes it. */
export async function openBooks(config: Config): Promise<Store> {
  const use = config.database.kind === "sqlite" ? shareDatabase(booksUrl(config)) : undefined;
  try {
    const store = await openStore(storeOptions(config));
    return { ...store, close: () => store.close().finally(() => use?.release()) };
  } catch (error) {
    use?.release();
    throw error;
  }
}

/** Opens the configured database for a report and changes nothing, not even the key file (R5). The caller closes it. */
export function openBooksToRead(config: Config): Promise<ReadStore> {
  return openStoreToRead(storeOptions(config, findKeyRing(config.keys)));
}

function storeOptions(config: Config, ring = openKeyRing(config.keys)): StoreOptions {
  return {
    url: booksUrl(config),
    ...given({ directUrl: config.database.kind === "postgres" ? config.database.directUrl : undefined }),
    vault: openVault(ring),
  };
}

/** The address of the configured database, in the format of DATABASE_URL. */
export function booksUrl({ database }: Pick<Config, "database">): string {
  return database.kind === "sqlite" ? `file:${database.path}` : database.url;
}

/**
 * Opens the database for a desk and updates books of an older release, after saying so. A SQLite file is opened under a
 * process lock, so that a second desk on the same file is detected.
 */
export async function openOwnBooks(config: Config, log: Log): Promise<Store> {
  const lock = config.database.kind === "sqlite" ? acquireProcessLock(booksUrl(config)) : undefined;
  const singleProcess = lock?.acquired === true;
  // Two desks on one file do not notify each other of changes, so one of them should be stopped.
  if (lock !== undefined && !singleProcess) log.warn({ event: "database.shared", reason: "opened-by-another-desk" });
  try {
    const store = await openStore({
      ...storeOptions(config),
      access: "upgrade",
      onUpgrade: (upgrade) => log.say(upgradeSentence(upgrade)),
      onPooler: () => log.say(poolerSentence),
      onSlow: (ms) => log.warn({ event: "transaction.slow", ms: Math.round(ms) }),
      onUnreadable: ({ table, column }) => log.error({ event: "row.unreadable", kind: table, reason: column }),
    });
    await store.sealClearRows().catch((error: unknown) => store.close().then(() => Promise.reject(error)));
    return { ...store, singleProcess, close: () => store.close().finally(() => lock?.release()) };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

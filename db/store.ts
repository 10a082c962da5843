import { count } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import { processScheduler } from "../src/clock.ts";
import { given } from "../src/given.ts";
import type { Changes } from "../src/ports/changes.ts";
import type { Installations } from "../src/ports/installations.ts";
import type { MailTray } from "../src/ports/mailer.ts";
import type { PageMessages, PagePeople } from "../src/ports/page-messages.ts";
import type { ChatReferences } from "../src/ports/references.ts";
import type { Vault } from "../src/vault.ts";
import { type Books, bookRepositories, type ReadBooks } from "./books.ts";
import { openCatalogueCache } from "./catalogue-cache.ts";
import { type Database, type DatabaseOptions, openDatabase } from "./database.ts";
import type { Db } from "./db.ts";
import { type Locks, noLocks } from "./locks.ts";
import { mailTrayIn, pageMessagesIn, pagePeopleIn } from "./repositories/page.ts";
import { chatReferencesIn } from "./repositories/references.ts";
import { flatten, flattenReads } from "./repository.ts";
import { sealClearRows } from "./seal-clear-rows.ts";
import { cacheTransaction } from "./transaction-cache.ts";
import { collectUnreadable, type UnreadableRow } from "./unreadable-rows.ts";

export type { Books, ReadBooks } from "./books.ts";
export type { KeptAbsence } from "./repositories/absences.ts";
export type { ChangeRequest, Proposal } from "./repositories/changes.ts";
export type { EntryCode } from "./repositories/entry-codes.ts";
export type { Membership } from "./repositories/identities.ts";
export type { Invitation } from "./repositories/invitations.ts";
export type { OutboxRow } from "./repositories/outbox.ts";
export type { Relay } from "./repositories/relays.ts";
export type { Talk } from "./repositories/talks.ts";
export type { ClaimedTimer } from "./repositories/timers.ts";
export type { UnreadableRow } from "./unreadable-rows.ts";

/** Work that waits, and work that was given up. */
export interface Waiting {
  /** Outbox rows waiting, and dead. */
  readonly outbox: number;
  readonly dead: number;
  /** When the oldest waiting row was queued, real time. */
  readonly oldestQueuedAtMs?: number;
  readonly timers: number;
  readonly deadTimers: number;
  /** When the first waiting timer is or was due, on the books' clock. */
  readonly firstTimerAtMs?: number;
}

/** The database as the desk uses it. */
export interface Store {
  /** Reads committed rows, outside transactions. */
  readonly read: ReadBooks;
  /**
   * Runs `work` in one transaction; an error it throws rolls everything back and is rethrown unchanged. `work` may run
   * more than once, so it must have no effect but on the books, and it must await nothing else: locks are held meanwhile.
   * Rejects with a retryable BusyError when a lock is not acquired within 4 s.
   *
   * ```ts
   * await store.transaction(async ({ bookings }) => {
   *   const booking = await bookings.lock(practiceId, id);
   *   if (booking !== undefined) await bookings.save(confirmed(booking), booking.version);
   * });
   * ```
   */
  transaction<T>(work: (books: Books) => Promise<T>): Promise<T>;
  /** Whether this process is the only one on the database: then leases found at startup are stale and freed at once. */
  readonly singleProcess: boolean;
  /** Notifications between the desk processes on this database. */
  readonly changes: Changes;
  /** Resolves if the database answers. */
  ping(): Promise<void>;
  /** Resolves once a write has been committed. Rejects while no turn could write: full disk, lock, standby server. */
  probeWrite(): Promise<void>;
  /** The unreadable rows this process met within the last hour (R2). Every read leaves them out. */
  metUnreadable(): readonly UnreadableRow[];
  /** Reads every row of every table, and gives those that cannot be read. For `doctor` only. */
  findUnreadable(): Promise<readonly UnreadableRow[]>;
  /** Faults the database's own check finds, a line each. Reads the whole database, so it is for `doctor` only. */
  listDamages(): Promise<readonly string[]>;
  /** For metrics and `doctor`: work that waits, and work that was given up. */
  waiting(): Promise<Waiting>;
  /** Workspaces that installed the app; each write is a transaction of its own. */
  readonly installations: Installations;
  /** Conversation references of Teams; each write is a transaction of its own. */
  readonly chatReferences: ChatReferences;
  readonly pageMessages: PageMessages;
  readonly pagePeople: PagePeople;
  readonly tray: MailTray;
  /** Encrypts the links and texts that an earlier version stored in the clear (R9). For the start of a desk. */
  sealClearRows(): Promise<void>;
  /** Waits for running transactions; later ones are refused with code `store-closed`. */
  close(): Promise<void>;
}

export interface StoreOptions extends DatabaseOptions {
  /** `file:data/frontdesk.db`, from the working directory, or `file:///an/absolute/path.db`, or a `postgres:` url. */
  readonly url: string;
  /** Encrypts and decrypts sensitive answers and tokens. */
  readonly vault: Vault;
}

/** What a report reads of the books. */
export type ReadStore = Pick<Store, "read" | "listDamages" | "metUnreadable" | "findUnreadable" | "waiting" | "close">;

/** Opens existing books and changes nothing, neither rows nor tables (R5). Rejects as `openStore`. */
export function openStoreToRead(options: Omit<StoreOptions, "access">): Promise<ReadStore> {
  return openStore({ ...options, access: "read" });
}

/**
 * Opens the database and creates its tables if it is empty; `access` says what else may change. Rejects with a DeskError
 * whose message gives the remedy: `database-url`, `schema-newer`, `schema-older` or `guard-altered`.
 */
export async function openStore({ url, vault, ...options }: StoreOptions): Promise<Store> {
  const unreadable = collectUnreadable(options.scheduler ?? processScheduler, options.onUnreadable);
  const database = await openDatabase(url, { ...options, onUnreadable: unreadable.note });
  const reading = accessOver(database, database.reader, vault, noLocks);
  const withCatalogueCache = openCatalogueCache();
  const writing = perConnection((writer) => {
    const access = accessOver(database, writer, vault, database.locks);
    const catalogue = withCatalogueCache(access.repositories);
    const cache = cacheTransaction(catalogue.repositories, catalogue.recheck);
    return { ...access, catalogue, cache, books: flatten(cache.repositories) };
  });
  const write = <T>(work: (access: ReturnType<typeof writing>) => Promise<T>) =>
    database.transaction((writer) => {
      const access = writing(writer);
      access.catalogue.begin();
      access.cache.clear();
      return work(access);
    });
  const read: ReadBooks = flattenReads(reading.repositories);

  return {
    read,
    transaction: (work) => write(({ books }) => work(books)),
    singleProcess: database.singleProcess,
    changes: database.changes,
    ping: database.ping,
    probeWrite: database.probeWrite,
    metUnreadable: unreadable.list,
    async findUnreadable() {
      await readEveryRow(database.reader, database.schema);
      return unreadable.list();
    },
    listDamages: database.damages,
    async waiting() {
      const [rows, oldestQueuedAtMs, timers, firstTimerAtMs] = await Promise.all([
        read.outbox.counts(),
        read.outbox.oldestQueuedAtMs(),
        read.timers.counts(),
        read.timers.nextDueAtMs(),
      ]);
      return {
        outbox: rows.waiting,
        dead: rows.dead,
        timers: timers.waiting,
        deadTimers: timers.dead,
        ...given({ oldestQueuedAtMs, firstTimerAtMs }),
      };
    },
    installations: {
      find: (key) => read.installations.find(key),
      save: (installation) => write(({ books }) => books.installations.save(installation)),
      remove: (installation) => write(({ books }) => books.installations.remove(installation)),
      claim: (name, atMs) => write(({ books }) => books.inbox.claim(name, atMs)),
    },
    chatReferences: {
      find: reading.chatReferences.find,
      save: (reference) => write(({ chatReferences }) => chatReferences.save(reference)),
      remove: (address) => write(({ chatReferences }) => chatReferences.remove(address)),
    },
    pageMessages: {
      list: reading.pageMessages.list,
      add: (message) => write(({ pageMessages }) => pageMessages.add(message)),
      repaint: (id, update) => write(({ pageMessages }) => pageMessages.repaint(id, update)),
    },
    pagePeople: pagePeopleIn(database.reader, database.schema),
    tray: {
      list: reading.tray.list,
      add: (mail) => write(({ tray }) => tray.add(mail)),
    },
    sealClearRows: () => database.transaction((writer) => sealClearRows(writer, database.schema, vault)),
    close: database.close,
  };
}

/** Rows per statement, well within the limit on a statement's time. */
const scannedAtOnce = 1_000;

/** Reads every row of every table once, for the sake of their guards. */
async function readEveryRow(db: Db, schema: Database["schema"]): Promise<void> {
  for (const each of Object.values(schema)) {
    const table: SQLiteTable = each; // whichever it is, its rows are read whole
    const [total] = await db.select({ rows: count() }).from(table);
    for (let offset = 0; offset < (total?.rows ?? 0); offset += scannedAtOnce) {
      await db.select().from(table).limit(scannedAtOnce).offset(offset);
    }
  }
}

/** Everything that is queried over one connection. */
function accessOver({ schema }: Database, db: Db, vault: Vault, locks: Locks) {
  return {
    repositories: bookRepositories(db, schema, vault, locks),
    chatReferences: chatReferencesIn(db, schema),
    pageMessages: pageMessagesIn(db, schema, vault),
    tray: mailTrayIn(db, schema, vault),
  };
}

/** Makes a value once per connection, because prepared queries belong to theirs. */
function perConnection<Made>(make: (db: Db) => Made): (db: Db) => Made {
  const made = new WeakMap<Db, Made>();
  return (db) => {
    const known = made.get(db) ?? make(db);
    made.set(db, known);
    return known;
  };
}

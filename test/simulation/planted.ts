import type { Books } from "../../db/store.ts";

/** A bug put into the desk's store on purpose. The simulation must find it. */
export interface Planted {
  readonly name: string;
  /** SQL that runs on the books after each start. */
  readonly sql?: string;
  /** The books of a transaction with the bug. */
  spoil(books: Books): Books;
}

const nothing = async (): Promise<void> => undefined;

/** One bug of each kind that the desk's design guards against. */
export const plantedBugs: readonly Planted[] = [
  {
    name: "overlapping claims are not refused",
    sql: "drop trigger claims_refuse_overlap",
    spoil: (books) => ({ ...books, claims: { ...books.claims, listBusy: async () => [] } }),
  },
  {
    name: "each row has a lane of its own, so that cards of one chat overtake each other",
    spoil: (books) => ({
      ...books,
      outbox: { ...books.outbox, add: (row) => books.outbox.add({ ...row, lane: row.id }) },
    }),
  },
  {
    name: "a claimed row is not leased",
    spoil: (books) => ({
      ...books,
      outbox: { ...books.outbox, claimDue: (nowMs, _leaseMs, limit) => books.outbox.claimDue(nowMs, 0, limit) },
    }),
  },
  {
    name: "the deadline of a request is not set",
    spoil: (books) => ({
      ...books,
      timers: { ...books.timers, set: (timer) => (timer.kind === "respond-by" ? nothing() : books.timers.set(timer)) },
    }),
  },
  {
    name: "the message of a card is not remembered",
    spoil: (books) => ({ ...books, messages: { ...books.messages, save: nothing } }),
  },
  {
    name: "errands are not queued",
    spoil: (books) => ({
      ...books,
      outbox: { ...books.outbox, add: async (row) => row.kind !== "errand" && books.outbox.add(row) },
    }),
  },
  {
    name: "the time of an ended booking stays claimed",
    spoil: (books) => ({ ...books, claims: { ...books.claims, removeForBooking: nothing } }),
  },
  {
    name: "the credit of an ended request is not given back",
    spoil: (books) => ({
      ...books,
      packages: {
        ...books.packages,
        addEntry: (entry) => (entry.kind === "release" ? nothing() : books.packages.addEntry(entry)),
      },
    }),
  },
  {
    name: "jobs for the payment provider are not queued",
    spoil: (books) => ({
      ...books,
      outbox: { ...books.outbox, add: async (row) => row.kind !== "payment" && books.outbox.add(row) },
    }),
  },
  {
    name: "a join link is stored in clear",
    spoil: (books) => ({
      ...books,
      bookings: {
        ...books.bookings,
        save: (booking, version) =>
          books.bookings.save(
            booking.joinUrl === undefined ? booking : { ...booking, reason: booking.joinUrl },
            version,
          ),
      },
    }),
  },
  {
    name: "a received id is not noted",
    spoil: (books) => ({ ...books, inbox: { ...books.inbox, claim: async () => true } }),
  },
];

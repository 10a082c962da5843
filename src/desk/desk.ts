import type { Books } from "../../db/store.ts";
import type { Platform } from "../ports/messenger.ts";

/** The context of every function in `src/desk`: it runs inside the caller's transaction. */
export interface Desk {
  readonly books: Books;
  /** The books' clock, epoch ms: what sessions, deadlines and timers are measured by. */
  readonly nowMs: number;
  /** Real time, epoch ms: what the outbox and one-time links are measured by. */
  readonly realNowMs: number;
  /** The desk's own address, without a slash at the end. */
  readonly publicUrl: string;
  /** The address that mails are sent from; absent: mail is not set up. */
  readonly mailFrom?: string;
  /** The connected messengers. */
  readonly platforms: readonly Platform[];
  /** Whether a payment provider is configured; absent: priced sessions are paid at the practice. */
  readonly takesPayments?: boolean;
}

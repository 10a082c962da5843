import type { Books } from "../../db/store.ts";
import type { Platform } from "../ports/messenger.ts";

/** What every function of this room works with, inside the caller's transaction. */
export interface Desk {
  readonly books: Books;
  /** The books' clock, epoch ms: what sessions, deadlines and timers are measured by. */
  readonly nowMs: number;
  /** Real time, epoch ms: what the outbox and one-time links are measured by. */
  readonly realNowMs: number;
  /** The desk's own address, without a slash at the end. */
  readonly publicUrl: string;
  /** The messengers that are connected now. */
  readonly platforms: readonly Platform[];
  /** Whether a payment provider is set up; absent: what costs something is paid at the practice. */
  readonly takesPayments?: boolean;
}

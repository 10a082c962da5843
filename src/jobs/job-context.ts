import type { Books, Store } from "../../db/store.ts";
import type { Card } from "../cards/card.ts";
import type { Clock } from "../clock.ts";
import type { Deliver } from "../conversation/inbound.ts";
import type { Desk } from "../desk/desk.ts";
import { given } from "../given.ts";
import type { Log } from "../log.ts";
import type { Mailer } from "../ports/mailer.ts";
import type { Address, Messenger, Platform } from "../ports/messenger.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { Payments } from "../ports/payments.ts";

/** Dependencies of the background jobs. */
export interface JobContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly messengers: ReadonlyMap<Platform, Messenger>;
  readonly mailer: Mailer;
  /** Absent: no payment provider is configured. */
  readonly payments?: Payments;
  readonly deliver: Deliver;
  readonly publicUrl: string;
  /** The address that mails are sent from. */
  readonly mailFrom?: string;
  /** Draws the current card of this person's Home tab. */
  readonly drawTab: (address: Address) => Promise<Card | undefined>;
}

/** The desk for one job transaction. */
export function deskOf(parts: JobContext, books: Books): Desk {
  return {
    books,
    nowMs: parts.clock.now(),
    realNowMs: parts.clock.realNow(),
    publicUrl: parts.publicUrl,
    platforms: [...parts.messengers.keys()],
    takesPayments: parts.payments !== undefined,
    ...given({ mailFrom: parts.mailFrom }),
  };
}

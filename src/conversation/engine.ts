import type { Store } from "../../db/store.ts";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Address, Platform } from "../ports/messenger.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { Flow } from "./flow.ts";
import type { Deliver } from "./inbound.ts";
import { receive } from "./receive.ts";

export interface EngineParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly flows: Readonly<Record<string, Flow>>;
  readonly publicUrl: string;
  readonly log: Log;
  readonly metrics: Metrics;
  /** The connected messengers, and whether each may ask sensitive questions inline. */
  readonly channels: ReadonlyMap<Platform, { readonly asksSensitiveInline: boolean }>;
  /** Called after each commit: something may be waiting in the outbox, or a timer may be due. */
  readonly nudge: () => void;
}

export interface Engine {
  readonly deliver: Deliver;
  /** Whether what this person types next may be a sensitive answer, which a door must not keep (D5.2). */
  expectsPrivateReply(address: Address): Promise<boolean>;
}

/** A form that was left this long ago, or behind this many cards, is not being answered. */
const formsOpenMs = 86_400_000;
const looksBack = 20;

/** The conversation: one transaction per inbound, everything that follows from it committed, or nothing. */
export function openEngine(parts: EngineParts): Engine {
  return {
    deliver: async (inbound) => {
      const startedMs = parts.clock.realNow();
      const seconds = () => (parts.clock.realNow() - startedMs) / 1000;
      const { platform } = inbound.from;
      try {
        const { delivered, outcome } = await parts.store.transaction((books) => receive(parts, books, inbound));
        parts.metrics.turn(platform, outcome, seconds());
        parts.nudge();
        return delivered;
      } catch (error) {
        parts.metrics.turn(platform, "error", seconds());
        parts.log.error({ event: "turn.failed", platform, error });
        throw error;
      }
    },
    expectsPrivateReply: async (address) => {
      // Any open form, not only on the newest card: news may have come in between while the answer was being typed.
      const talks = await parts.store.read.talks.listForAddress(address, looksBack);
      const sinceMs = parts.clock.now() - formsOpenMs;
      return talks.some((talk) => !talk.ended && talk.card.privateReply === true && talk.updatedAtMs > sinceMs);
    },
  };
}

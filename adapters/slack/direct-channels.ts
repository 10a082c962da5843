import type { Address } from "../../src/ports/messenger.ts";

/** In-memory cache of people's direct message channels. Slack can look up a missing one. */
export interface DirectChannels {
  find(person: Address): string | undefined;
  keep(person: Address, channel: string): void;
  forget(person: Address): void;
}

const mostKept = 20_000;

/** Opens an empty cache. */
export function openDirectChannels(): DirectChannels {
  const kept = new Map<string, string>();
  const keyOf = ({ workspace, user }: Address) => `${workspace} ${user}`;
  return {
    find: (person) => kept.get(keyOf(person)),
    keep(person, channel) {
      kept.delete(keyOf(person));
      kept.set(keyOf(person), channel);
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    },
    forget: (person) => void kept.delete(keyOf(person)),
  };
}

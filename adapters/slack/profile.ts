import { z } from "zod";
import type { Inbound } from "../../src/conversation/inbound.ts";
import { dayMs, minuteMs } from "../../src/domain/units.ts";
import type { Address } from "../../src/ports/messenger.ts";
import type { Clients } from "./clients.ts";
import type { Access } from "./installations.ts";

type Profile = NonNullable<Inbound["profile"]>;

/** Cache of Slack profiles: names, time zones, languages. */
export interface Profiles {
  /** The cached profile. The first look-up of a person waits at most `patienceMs` and may return nothing. Never rejects. */
  find(address: Address): Promise<Profile | undefined>;
  /** Updates the cache from a `user_change` event. */
  learn(address: Address, user: unknown): void;
}

const livesMs = dayMs;
/** Minimum time between look-ups of a person after a failed one. */
const retryAfterMs = minuteMs;
const mostKept = 20_000;

interface Kept {
  readonly profile: Profile | undefined;
  readonly untilMs: number;
}

/**
 * Opens an empty cache over users.info (S20). Only IANA zone names are used. Slack also sends a UTC offset, which is wrong
 * for dates on the other side of a DST change.
 */
export function openProfiles(parts: {
  readonly access: Access;
  readonly clients: Clients;
  readonly realNow: () => number;
  readonly patienceMs: number;
}): Profiles {
  const { access, clients, realNow, patienceMs } = parts;
  const kept = new Map<string, Kept>();
  const asking = new Map<string, Promise<Profile | undefined>>();

  function keep(key: string, profile: Profile | undefined, ms: number): void {
    kept.delete(key);
    kept.set(key, { profile, untilMs: realNow() + ms });
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  }

  async function ask({ workspace, user }: Address, key: string): Promise<Profile | undefined> {
    const before = kept.get(key)?.profile;
    try {
      const installation = await access.find({ teamId: workspace });
      if (installation === undefined) return before;
      const client = clients.queued(installation.botToken);
      const profile = readProfile((await client.users.info({ user, include_locale: true })).user);
      keep(key, profile, livesMs);
      return profile;
    } catch {
      keep(key, before, retryAfterMs);
      return before;
    }
  }

  return {
    async find(address) {
      const key = `${address.workspace} ${address.user}`;
      const known = kept.get(key);
      if (known !== undefined && known.untilMs > realNow()) return known.profile;
      const looking =
        asking.get(key) ??
        ask(address, key).finally(() => {
          asking.delete(key);
        });
      asking.set(key, looking);
      // A stale profile is returned at once and refreshed in the background.
      return known?.profile ?? within(looking, patienceMs);
    },
    learn(address, user) {
      const key = `${address.workspace} ${address.user}`;
      const profile = readProfile(user);
      if (profile !== undefined) keep(key, { ...kept.get(key)?.profile, ...profile }, livesMs);
    },
  };
}

async function within<Result>(promise: Promise<Result>, ms: number): Promise<Result | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), ms);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

const slackUser = z.object({
  name: z.string().optional(),
  real_name: z.string().optional(),
  tz: z.string().nullish(),
  locale: z.string().nullish(),
  profile: z.object({ real_name: z.string().optional(), display_name: z.string().optional() }).nullish(),
});

function readProfile(user: unknown): Profile | undefined {
  const read = slackUser.safeParse(user);
  if (!read.success) return undefined;
  const { tz, locale, real_name, profile, name: handle } = read.data;
  const name = [profile?.real_name, real_name, profile?.display_name, handle].find((one) => one?.trim());
  return {
    ...(name === undefined ? {} : { name: name.trim() }),
    ...(tz && isZone(tz) ? { timezone: tz } : {}),
    ...(locale && isLocale(locale) ? { locale } : {}),
  };
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function isLocale(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
}

import { z } from "zod";
import type { Inbound } from "../../src/conversation/inbound.ts";
import type { Address } from "../../src/ports/messenger.ts";
import type { Clients } from "./clients.ts";
import type { Access } from "./installations.ts";

type Profile = NonNullable<Inbound["profile"]>;

/** What Slack knows of people: names, zones, languages. */
export interface Profiles {
  /** What is known by now; a first look at a person takes at most `patienceMs`, and may give nothing. Never rejects. */
  find(address: Address): Promise<Profile | undefined>;
  /** Slack told of a change by itself. */
  learn(address: Address, user: unknown): void;
}

const livesMs = 24 * 3_600_000;
/** After a look-up that failed, the person is not looked up again for this long. */
const sulksMs = 60_000;
const mostKept = 20_000;

interface Kept {
  readonly profile: Profile | undefined;
  readonly untilMs: number;
}

/**
 * Opens an empty memory over users.info (S20). Only names of zones are used, never an offset: that one is wrong on
 * most dates.
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
      keep(key, before, sulksMs);
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
      // Who is known already need not wait for what may have changed.
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

import { randomBytes } from "node:crypto";

/** The target of a response_url. */
export interface ResponsePlace {
  readonly teamId: string;
  readonly channelId: string;
  readonly userId: string;
  /** The pressed message; absent for a command. */
  readonly messageTs?: string;
  /** Whether that message was ephemeral. */
  readonly ephemeral?: boolean;
}

/** The origin of a trigger id. */
export interface TriggerPlace {
  readonly teamId: string;
  readonly userId: string;
  /** The modal it was created in. */
  readonly viewId?: string;
}

/** The grant behind an OAuth code. */
export interface Grant {
  readonly teamId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string | undefined;
}

type Used<Place> = { readonly ok: true; readonly place: Place } | { readonly ok: false; readonly error: string };

/** Everything with a limited lifetime and number of uses. */
export interface Passes {
  newTrigger(place: TriggerPlace): string;
  /** 3 s, once (S17). */
  useTrigger(id: string): Used<TriggerPlace>;
  /** The last part of a response_url. */
  newResponse(place: ResponsePlace): string;
  /** 30 min, five times (S19). */
  useResponse(id: string): Used<ResponsePlace>;
  newCode(grant: Grant): string;
  /** 10 min, once. */
  useCode(id: string): Used<Grant>;
}

/** Opens an empty set. */
export function openPasses(now: () => number): Passes {
  const triggers = kept<TriggerPlace>(now, {
    ms: 3_000,
    uses: 1,
    unknown: "invalid_trigger_id",
    old: "expired_trigger_id",
    used: "exchanged_trigger_id",
  });
  const responses = kept<ResponsePlace>(now, {
    ms: 30 * 60_000,
    uses: 5,
    unknown: "expired_url",
    old: "expired_url",
    used: "used_url",
  });
  const codes = kept<Grant>(now, {
    ms: 10 * 60_000,
    uses: 1,
    unknown: "invalid_code",
    old: "invalid_code",
    used: "code_already_used",
  });
  return {
    newTrigger: (place) => triggers.add(`${now()}.${randomId()}`, place),
    useTrigger: triggers.use,
    newResponse: (place) => responses.add(randomId(), place),
    useResponse: responses.use,
    newCode: (grant) => codes.add(randomId(), grant),
    useCode: codes.use,
  };
}

interface Terms {
  readonly ms: number;
  readonly uses: number;
  readonly unknown: string;
  readonly old: string;
  readonly used: string;
}

function kept<Place>(now: () => number, terms: Terms) {
  const passes = new Map<string, { readonly place: Place; readonly untilMs: number; left: number }>();
  return {
    add(id: string, place: Place): string {
      passes.set(id, { place, untilMs: now() + terms.ms, left: terms.uses });
      return id;
    },
    use(id: string): Used<Place> {
      const pass = passes.get(id);
      if (pass === undefined) return { ok: false, error: terms.unknown };
      if (pass.left === 0) return { ok: false, error: terms.used };
      if (now() > pass.untilMs) return { ok: false, error: terms.old };
      pass.left -= 1;
      return { ok: true, place: pass.place };
    },
  };
}

/** A random id. */
export function randomId(): string {
  return randomBytes(12).toString("hex");
}

import { type Json, text } from "./shape.ts";

/** Slack's rate limits: per workspace, and for posts per channel (S23). */
export interface Rates {
  /** Counts a call. Returns the seconds to wait if it exceeds the limit. */
  take(method: string, teamId: string, args: Json): number | undefined;
  /** Number of rejected calls by method. */
  readonly turnedAway: ReadonlyMap<string, number>;
}

/** Calls per workspace and minute. */
const perMinute: Readonly<Record<string, number>> = {
  "chat.update": 50,
  "chat.delete": 50,
  "chat.postEphemeral": 100,
  "conversations.open": 50,
  "conversations.history": 50,
  "conversations.replies": 50,
  "users.info": 100,
  "users.lookupByEmail": 50,
  "views.open": 100,
  "views.push": 100,
  "views.update": 100,
  "views.publish": 100,
  "blocks.validate": 100,
  "auth.test": 300,
};

/** Posts that a channel accepts in a burst before it enforces one per second. */
const burst = 4;

/** Opens the limits with this clock; with `off` nothing is rejected. */
export function openRates(now: () => number, limits: "real" | "off"): Rates {
  const calls = new Map<string, number[]>();
  const buckets = new Map<string, { left: number; atMs: number }>();
  const turnedAway = new Map<string, number>();

  const inMinute = (key: string, most: number): number | undefined => {
    const recent = (calls.get(key) ?? []).filter((atMs) => now() - atMs < 60_000);
    calls.set(key, recent);
    const first = recent[0];
    if (recent.length >= most && first !== undefined) return Math.ceil((first + 60_000 - now()) / 1000);
    recent.push(now());
    return undefined;
  };
  const inChannel = (key: string): number | undefined => {
    const bucket = buckets.get(key) ?? { left: burst, atMs: now() };
    const left = Math.min(burst, bucket.left + (now() - bucket.atMs) / 1000);
    buckets.set(key, { left: left < 1 ? left : left - 1, atMs: now() });
    return left < 1 ? 1 : undefined;
  };

  return {
    turnedAway,
    take(method, teamId, args) {
      if (limits === "off") return undefined;
      const most = perMinute[method];
      const waitS =
        method === "chat.postMessage"
          ? inChannel(channelKey(teamId, text(args.channel)))
          : most === undefined
            ? undefined
            : inMinute(`${teamId} ${method}`, most);
      if (waitS !== undefined) turnedAway.set(method, (turnedAway.get(method) ?? 0) + 1);
      return waitS;
    },
  };
}

/** A member's id means their direct message channel. */
function channelKey(teamId: string, channel: string): string {
  return `${teamId} ${channel.startsWith("U") ? `D${teamId.slice(1)}${channel.slice(1)}` : channel}`;
}

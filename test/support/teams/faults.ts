import type { Reply } from "./loopback.ts";

/** A fault of the Connector. */
export type Fault =
  /** An error status; `code` is in the body. */
  | { readonly status: number; readonly code?: string; readonly retryAfterSeconds?: number }
  /** The connection breaks before the call takes effect. */
  | "reset"
  /** The call takes effect, but the connection breaks before the response. */
  | "lost reply"
  /** The call has no effect and gets no response. */
  | "hang";

/** The calls a fault applies to. Absent: all calls about activities and conversations. */
export interface FaultPlace {
  readonly method?: "POST" | "PUT" | "DELETE" | "GET";
  readonly chat?: string;
  /** Number of calls to let pass first. */
  readonly after?: number;
  /** Number of calls that fail; default: 1. */
  readonly times?: number;
}

export interface Faults {
  plan(fault: Fault, place?: FaultPlace): void;
  /** The fault of this call, if any. Counts the call. */
  meet(method: string, chat: string | undefined): Fault | undefined;
  clear(): void;
}

export function openFaults(): Faults {
  let planned: { fault: Fault; place: FaultPlace; pass: number; left: number }[] = [];
  return {
    plan: (fault, place = {}) => void planned.push({ fault, place, pass: place.after ?? 0, left: place.times ?? 1 }),
    meet(method, chat) {
      const met = planned.find(
        ({ place, left }) =>
          left > 0 &&
          (place.method === undefined || place.method === method) &&
          (place.chat === undefined || place.chat === chat),
      );
      if (met === undefined) return undefined;
      if (met.pass > 0) {
        met.pass -= 1;
        return undefined;
      }
      met.left -= 1;
      planned = planned.filter(({ left }) => left > 0);
      return met.fault;
    },
    clear() {
      planned = [];
    },
  };
}

/** An error in the Connector's format. */
export function errorReply(status: number, code: string, message: string, retryAfterSeconds?: number): Reply {
  return {
    status,
    json: { error: { code, message } },
    ...(retryAfterSeconds === undefined ? {} : { headers: { "retry-after": String(retryAfterSeconds) } }),
  };
}

/** The response of a fault with a status. */
export function faultReply({ status, code, retryAfterSeconds }: Exclude<Fault, string>): Reply {
  const usual: Readonly<Record<number, string>> = {
    403: "ForbiddenOperationException",
    404: "ConversationNotFound",
    412: "PreconditionFailed",
    413: "MessageSizeTooBig",
    429: "Throttled",
  };
  return errorReply(status, code ?? usual[status] ?? "ServiceError", "Planned by the test.", retryAfterSeconds);
}

/** Rate limits of one chat. */
export interface Pace {
  readonly calls: number;
  readonly withinMs: number;
}

export interface Pacing {
  /** Seconds to wait if this call exceeds the limit. `ignored`: the bot ignored an earlier Retry-After. */
  tooEarly(chat: string): { readonly retryAfterSeconds: number; readonly ignored: boolean } | undefined;
  /** Records a Retry-After sent for this chat. */
  told(chat: string, retryAfterSeconds: number): void;
}

/** Teams' rate limits per chat; `now` is wall time in ms. */
export function openPacing(paces: readonly Pace[], now: () => number): Pacing {
  const calls = new Map<string, number[]>();
  const waits = new Map<string, number>();
  const told = (chat: string, seconds: number) => void waits.set(chat, now() + seconds * 1000);
  return {
    told,
    tooEarly(chat) {
      const nowMs = now();
      const waitUntil = waits.get(chat) ?? 0;
      if (nowMs < waitUntil) return { retryAfterSeconds: Math.ceil((waitUntil - nowMs) / 1000), ignored: true };
      const made = calls.get(chat) ?? [];
      calls.set(chat, made);
      for (const pace of paces) {
        const recent = made.filter((at) => at > nowMs - pace.withinMs);
        if (recent.length < pace.calls) continue;
        const retryAfterSeconds = Math.max(1, Math.ceil(((recent[0] ?? nowMs) + pace.withinMs - nowMs) / 1000));
        told(chat, retryAfterSeconds);
        return { retryAfterSeconds, ignored: false };
      }
      made.push(nowMs);
      return undefined;
    },
  };
}

import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

/** A fault of a call. `lost`: executed, but the response never arrives. `slow`: executed, with a late response. */
export type Fault =
  | { readonly kind: "ratelimited"; readonly retryAfterS: number }
  | { readonly kind: "server-error" }
  | { readonly kind: "hang" }
  | { readonly kind: "reset" }
  | { readonly kind: "lost" }
  | { readonly kind: "slow"; readonly ms: number }
  /** An error response, such as `fatal_error`. */
  | { readonly kind: "refusal"; readonly error: string };

/** Planned faults. */
export interface Faults {
  /** Makes the next calls of a method fail (`response_url` counts as one, `*` matches any); default: once. */
  plan(method: string, fault: Fault, times?: number): void;
  /** Discards the planned faults. */
  clear(): void;
  /** Removes and returns the fault of this call. */
  take(method: string): Fault | undefined;
}

/** Opens an empty plan. */
export function openFaults(): Faults {
  const planned: { readonly method: string; readonly fault: Fault; left: number }[] = [];
  return {
    plan: (method, fault, times = 1) => void planned.push({ method, fault, left: times }),
    clear: () => void planned.splice(0),
    take(method) {
      const at = planned.findIndex((each) => each.method === method || each.method === "*");
      const found = planned[at];
      if (found === undefined) return undefined;
      found.left -= 1;
      if (found.left <= 0) planned.splice(at, 1);
      return found.fault;
    },
  };
}

/** A response of Slack. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Responds to a call, or executes its fault. Returns whether the call itself was executed. */
export async function answerWith(
  response: ServerResponse,
  fault: Fault | undefined,
  run: () => HttpAnswer,
): Promise<HttpAnswer | undefined> {
  const end = (answer: HttpAnswer) => {
    response.writeHead(answer.status, { "content-type": "application/json; charset=utf-8", ...answer.headers });
    response.end(answer.body);
    return answer;
  };
  switch (fault?.kind) {
    case undefined:
      return end(run());
    case "ratelimited":
      end(rateLimited(fault.retryAfterS));
      return undefined;
    case "server-error":
      end({ status: 500, body: "" });
      return undefined;
    case "refusal":
      end({ status: 200, body: JSON.stringify({ ok: false, error: fault.error }) });
      return undefined;
    case "hang":
      return undefined;
    case "reset":
      response.destroy();
      return undefined;
    case "lost": {
      const answer = run();
      response.destroy();
      return answer;
    }
    case "slow": {
      const answer = run();
      await wait(fault.ms);
      return end(answer);
    }
    default:
      return fault satisfies never;
  }
}

/** Slack's rate limit response: 429 with Retry-After in seconds. */
export function rateLimited(retryAfterS: number): HttpAnswer {
  return {
    status: 429,
    headers: { "retry-after": String(retryAfterS) },
    body: JSON.stringify({ ok: false, error: "ratelimited" }),
  };
}

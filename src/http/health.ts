import { createHash, timingSafeEqual } from "node:crypto";
import type { Metrics } from "../ports/metrics.ts";
import type { Route } from "../ports/route.ts";
import { answerJson, answerSentence, answerText } from "./answer.ts";

/** A readiness check. A rejection counts as `false`. */
export type Check = () => Promise<boolean>;

/**
 * Routes for operators: `/healthz` (the process responds), `/readyz` (every check passes within `checkMs`; otherwise 503
 * with the names of the failing checks, never their errors) and `/metrics`, which needs `metricsToken` as a bearer token where
 * one is set (R12).
 */
export function healthRoutes(options: {
  readonly checks: Readonly<Record<string, Check>>;
  readonly metrics: Pick<Metrics, "text">;
  readonly metricsToken?: string;
  readonly checkMs?: number;
}): readonly Route[] {
  const { checks, metrics, metricsToken, checkMs = 2_000 } = options;
  return [
    { method: "GET", path: "/healthz", handle: ({ response }) => answerJson(response, 200, { ok: true }) },
    {
      method: "GET",
      path: "/readyz",
      async handle({ response }) {
        const results = await Promise.all(
          Object.entries(checks).map(async ([name, check]) => ({ name, passed: await passes(check, checkMs) })),
        );
        const failing = results.filter(({ passed }) => !passed).map(({ name }) => name);
        if (failing.length === 0) answerJson(response, 200, { ok: true });
        else answerJson(response, 503, { ok: false, failing });
      },
    },
    {
      method: "GET",
      path: "/metrics",
      async handle({ request, response }) {
        if (metricsToken !== undefined && !isBearer(request.headers.authorization, metricsToken)) {
          response.setHeader("www-authenticate", "Bearer");
          return answerSentence(response, 401, "The metrics need the bearer token that METRICS_TOKEN names.");
        }
        const { contentType, body } = await metrics.text();
        answerText(response, 200, contentType, body);
      },
    },
  ];
}

/** A check whose requests share the run that is in progress, so that frequent requests do not add to the load. */
export function oneAtATime(check: Check): Check {
  let running: Promise<boolean> | undefined;
  return () => {
    running ??= check().finally(() => {
      running = undefined;
    });
    return running;
  };
}

/** Whether a check passes within its time limit. A late result is ignored. */
async function passes(check: Check, timeoutMs: number): Promise<boolean> {
  const { promise: timedOut, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), timeoutMs);
  try {
    return await Promise.race([check(), timedOut]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Compares hashes, which have one length, so that the time taken tells nothing about the token. */
function isBearer(authorization: string | undefined, token: string): boolean {
  const [, given] = /^Bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
  const hashOf = (text: string) => createHash("sha256").update(text).digest();
  return given !== undefined && timingSafeEqual(hashOf(given), hashOf(token));
}

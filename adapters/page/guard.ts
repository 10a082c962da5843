import type { IncomingHttpHeaders } from "node:http";
import type { Route, RouteRequest } from "../../src/ports/route.ts";
import { answerEmpty, setPageHeaders } from "./answer.ts";

/** Where the desk listens. The page lets a visitor act as anybody, so it is served on the operator's own machine only. */
export interface PageSurroundings {
  /** Whether HOST is a loopback address. */
  readonly isLoopbackHost: boolean;
  /** Whether PUBLIC_URL is on loopback. */
  readonly isLoopbackUrl: boolean;
  readonly production: boolean;
}

/** The parts of a request that the guard checks. */
export interface Asked {
  readonly method?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** Headers that proxies, tunnels and content delivery networks add. */
const forwarding =
  /^(?:via|forwarded|cdn-loop|x-(?:forwarded|original|envoy|amzn)-.*|cf-.*|(?:.*-)?(?:real|client|connecting)-ip)$/;
const localHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/**
 * Whether the page may answer. Rejected are (R12): a HOST or PUBLIC_URL other than loopback, production, proxied requests (any forwarding
 * header), a foreign Host header (DNS rebinding), and POSTs from another origin or without a JSON content type (a foreign
 * page can post a form without a CORS preflight, but not JSON).
 */
export function mayAnswer(asked: Asked, surroundings: PageSurroundings): boolean {
  if (!surroundings.isLoopbackHost || !surroundings.isLoopbackUrl || surroundings.production) return false;
  const { host } = asked.headers;
  if (host === undefined || !localHost.test(host)) return false;
  if (Object.keys(asked.headers).some((name) => forwarding.test(name))) return false;
  if (asked.method !== "POST") return true;
  return isOwnOrigin(asked.headers.origin, host) && isJson(asked.headers["content-type"]);
}

/** Wraps a route with the guard. Rejected requests get an empty 404, as if the page did not exist. */
export function guarded(route: Route, surroundings: PageSurroundings): Route {
  return {
    ...route,
    handle(call: RouteRequest) {
      setPageHeaders(call.response);
      if (!mayAnswer(call.request, surroundings)) return answerEmpty(call.response, 404);
      return route.handle(call);
    },
  };
}

function isOwnOrigin(origin: string | undefined, host: string): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  // Parsing both as URLs normalises an explicit port 80.
  return new URL(origin).origin === new URL(`http://${host}`).origin;
}

function isJson(contentType: string | undefined): boolean {
  return contentType?.split(";")[0]?.trim().toLowerCase() === "application/json";
}

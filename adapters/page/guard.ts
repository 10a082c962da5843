import type { IncomingHttpHeaders } from "node:http";
import type { Door, DoorRequest } from "../../src/ports/door.ts";
import { answerEmpty, setPageHeaders } from "./answer.ts";

/** Where the desk listens. The page lets anybody be anybody, so it exists on the owner's own machine only. */
export interface PageSurroundings {
  /** Whether HOST is a loopback address. */
  readonly isLoopbackHost: boolean;
  readonly production: boolean;
}

/** The part of a request that says where it comes from. */
export interface Asked {
  readonly method?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

const localHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/**
 * Whether the page may answer. No: away from loopback, in production, through a proxy (any forwarding header),
 * under a foreign name (a rebound DNS name reaches loopback with its own Host), and for a POST that a page of
 * another origin sent or that is not JSON (a foreign form can be posted without asking, JSON cannot).
 */
export function mayAnswer(asked: Asked, surroundings: PageSurroundings): boolean {
  if (!surroundings.isLoopbackHost || surroundings.production) return false;
  const { host } = asked.headers;
  if (host === undefined || !localHost.test(host)) return false;
  if (Object.keys(asked.headers).some((name) => name === "forwarded" || name.startsWith("x-forwarded-"))) return false;
  if (asked.method !== "POST") return true;
  return isOwnOrigin(asked.headers.origin, host) && isJson(asked.headers["content-type"]);
}

/** The same door behind the guard: whom it turns away sees an empty 404, as if there were no page. */
export function guarded(door: Door, surroundings: PageSurroundings): Door {
  return {
    ...door,
    handle(call: DoorRequest) {
      setPageHeaders(call.response);
      if (!mayAnswer(call.request, surroundings)) return answerEmpty(call.response, 404);
      return door.handle(call);
    },
  };
}

function isOwnOrigin(origin: string | undefined, host: string): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  // Both through URL, so that a port 80 that was written out is the same as one that was not.
  return new URL(origin).origin === new URL(`http://${host}`).origin;
}

function isJson(contentType: string | undefined): boolean {
  return contentType?.split(";")[0]?.trim().toLowerCase() === "application/json";
}

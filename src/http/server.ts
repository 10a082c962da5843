import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { DeskError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Route } from "../ports/route.ts";
import { answerSentence, defaultHeaders } from "./answer.ts";
import { type RouteMatch, routeTable } from "./route-table.ts";

/** The desk's one HTTP server. */
export interface HttpServer {
  /** Starts listening. Port 0 picks a free port. Rejects when the port is in use or may not be opened. */
  listen(port: number, host: string): Promise<{ readonly address: string; readonly port: number }>;
  /**
   * Stops accepting connections, ends event streams, waits for running requests and closes idle connections. Resolves
   * when all connections are closed; those left after `drainMs` are cut.
   */
  close(): Promise<void>;
}

/** Options of the server. Times are in ms. */
export interface HttpServerOptions {
  readonly routes: readonly Route[];
  readonly log: Log;
  /** People reach the desk by https: browsers are told to use nothing else from then on (R12). */
  readonly isHttps?: boolean;
  /** Called with each error that a handler threw, after it was logged. */
  readonly onError?: (error: unknown, route: Route) => void;
  /** Time limit for receiving a whole request. */
  readonly requestMs?: number;
  /** How long `close` waits for running requests. */
  readonly drainMs?: number;
}

/**
 * Creates the server. Unknown paths get 404, wrong methods 405. A handler that throws gets one log line and 500, or 503
 * when the error is retryable. Each error response is a sentence as JSON. Every response starts with `defaultHeaders`.
 */
export function openHttpServer({
  routes,
  log,
  onError,
  isHttps = false,
  requestMs = 30_000,
  drainMs = 10_000,
}: HttpServerOptions): HttpServer {
  const matchRoute = routeTable(routes);
  const underWay = new Set<ServerResponse>();
  let closing = false;

  const server = createServer(
    {
      requestTimeout: requestMs,
      headersTimeout: Math.min(requestMs, 10_000),
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: Math.min(requestMs, 5_000),
    },
    (request, response) => {
      underWay.add(response);
      response.once("close", () => {
        underWay.delete(response);
        if (closing) server.closeIdleConnections();
      });
      for (const [name, value] of Object.entries(defaultHeaders)) response.setHeader(name, value);
      if (isHttps) response.setHeader("strict-transport-security", "max-age=31536000");
      if (closing) response.setHeader("connection", "close");
      void answer(request, response);
    },
  );

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET" } = request;
    const url = urlOf(request);
    if (url === undefined) return answerSentence(response, 400, "This address could not be read.");
    if (hostsNamed(request) > 1) return answerSentence(response, 400, "This request names more than one host.");
    const found: RouteMatch = matchRoute(method, url.pathname);
    switch (found.found) {
      case "nothing":
        return answerSentence(response, 404, "Nothing was found at this address.");
      case "path":
        response.setHeader("allow", found.allow.join(", "));
        return answerSentence(response, 405, `This address accepts ${found.allow.join(", ")} only.`);
      case "route":
        return open(found.route, { request, response, url, params: found.params });
      default:
        return found satisfies never;
    }
  }

  async function open(route: Route, call: Parameters<Route["handle"]>[0]): Promise<void> {
    const { request, response } = call;
    try {
      await route.handle(call);
      // An event stream stays open after its handler returns. A HEAD response has no body to wait for.
      if (request.method === "HEAD" && !response.writableEnded) response.end();
    } catch (error) {
      if (request.destroyed && !request.complete) return; // the client disconnected while sending
      log.error({ event: "http.failed", method: route.method, route: route.path, error });
      onError?.(error, route);
      if (response.headersSent) response.destroy();
      else if (error instanceof DeskError && error.retryable) {
        response.setHeader("retry-after", "5");
        answerSentence(response, 503, "The desk is busy. Nothing was changed. Please try again in a moment.");
      } else answerSentence(response, 500, "Something went wrong. Please try again in a moment.");
    }
  }

  return {
    listen(port, host) {
      return new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, () => {
          server.off("error", reject);
          const at = server.address();
          const taken = typeof at === "object" && at !== null ? at.port : port;
          resolve({ address: `http://${host.includes(":") ? `[${host}]` : host}:${taken}`, port: taken });
        });
      });
    },
    close() {
      closing = true;
      return new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), drainMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        for (const response of underWay) {
          if (isEventStream(response)) response.end();
          else if (!response.headersSent) response.setHeader("connection", "close");
        }
      });
    },
  };
}

/** Parses the path and query on a fixed origin: the Host header is client input and must not end up in the URL. */
function urlOf(request: IncomingMessage): URL | undefined {
  const target = request.url ?? "/";
  const whole = `http://localhost${target}`;
  return target.startsWith("/") && URL.canParse(whole) ? new URL(whole) : undefined;
}

/** Node keeps the first of several Host headers, while a proxy may have routed by the last (RFC 9112, 3.2). */
function hostsNamed({ rawHeaders }: IncomingMessage): number {
  return rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host").length;
}

function isEventStream(response: ServerResponse): boolean {
  return response.headersSent && String(response.getHeader("content-type")).startsWith("text/event-stream");
}

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { DeskError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Door } from "../ports/door.ts";
import { answerSentence, defaultHeaders } from "./answer.ts";
import { type Route, routeTable } from "./route.ts";

/** The desk's one HTTP server. */
export interface HttpServer {
  /** Listens; port 0 takes a free one. Rejects when the port is taken or may not be opened. */
  listen(port: number, host: string): Promise<{ readonly address: string; readonly port: number }>;
  /**
   * Takes no new connection, ends open event streams, lets requests under way finish and closes what is then idle.
   * Resolves when all is closed, at the latest after `drainMs`, when what is left is cut.
   */
  close(): Promise<void>;
}

/** What the server needs. Times are in ms. */
export interface HttpServerOptions {
  readonly doors: readonly Door[];
  readonly log: Log;
  /** Told of each door that threw, after it was logged. */
  readonly onError?: (error: unknown, door: Door) => void;
  /** How long a client may take to send a whole request. */
  readonly requestMs?: number;
  /** How long `close` waits for requests under way. */
  readonly drainMs?: number;
}

/**
 * Makes the server of these doors. An unknown path is 404, a wrong method 405, a door that throws 500 and one log
 * line, or 503 where trying again may help; each with a sentence as JSON. Every answer starts from `defaultHeaders`.
 */
export function openHttpServer({
  doors,
  log,
  onError,
  requestMs = 30_000,
  drainMs = 10_000,
}: HttpServerOptions): HttpServer {
  const route = routeTable(doors);
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
      if (closing) response.setHeader("connection", "close");
      void answer(request, response);
    },
  );

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET" } = request;
    const url = urlOf(request);
    if (url === undefined) return answerSentence(response, 400, "The desk could not read that address.");
    const found: Route = route(method, url.pathname);
    switch (found.found) {
      case "nothing":
        return answerSentence(response, 404, "There is nothing at this address.");
      case "path":
        response.setHeader("allow", found.allow.join(", "));
        return answerSentence(response, 405, `This address takes ${found.allow.join(", ")} only.`);
      case "door":
        return open(found.door, { request, response, url, params: found.params });
      default:
        return found satisfies never;
    }
  }

  async function open(door: Door, call: Parameters<Door["handle"]>[0]): Promise<void> {
    const { request, response } = call;
    try {
      await door.handle(call);
      // A stream stays open after its door returned; a HEAD of it has nothing to wait for.
      if (request.method === "HEAD" && !response.writableEnded) response.end();
    } catch (error) {
      if (request.destroyed && !request.complete) return; // the client left in the middle of its request
      log.error({ event: "http.failed", method: door.method, door: door.path, error });
      onError?.(error, door);
      if (response.headersSent) response.destroy();
      else if (error instanceof DeskError && error.retryable) {
        response.setHeader("retry-after", "5");
        answerSentence(response, 503, "The desk is busy and nothing was changed. Please try again in a moment.");
      } else answerSentence(response, 500, "Something went wrong at the desk. Please try again in a moment.");
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

/** The Host header is the client's word, so the URL has a fixed origin; only path and query come from the request. */
function urlOf(request: IncomingMessage): URL | undefined {
  const target = request.url ?? "/";
  const whole = `http://localhost${target}`;
  return target.startsWith("/") && URL.canParse(whole) ? new URL(whole) : undefined;
}

function isEventStream(response: ServerResponse): boolean {
  return response.headersSent && String(response.getHeader("content-type")).startsWith("text/event-stream");
}

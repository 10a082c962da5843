import type { IncomingMessage, ServerResponse } from "node:http";

/** A matched request with its path parameters. */
export interface RouteRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
}

/** A route of the HTTP server: one method and path. `:name` matches one segment. */
export interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  handle(call: RouteRequest): Promise<void> | void;
}

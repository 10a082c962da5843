import type { IncomingMessage, ServerResponse } from "node:http";

/** A request a door answers: the matched path parameters come along. */
export interface DoorRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
}

/** One method and path of the desk's HTTP server; `:name` matches one segment. */
export interface Door {
  readonly method: "GET" | "POST";
  readonly path: string;
  handle(call: DoorRequest): Promise<void> | void;
}

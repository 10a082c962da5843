import { afterEach } from "vitest";
import { openHttpServer } from "../../src/http/server.ts";
import { openLog } from "../../src/log.ts";
import type { Route } from "../../src/ports/route.ts";

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** Runs an HTTP server on a free port for the running test. Returns it with the lines it logs. */
export async function serve(
  routes: readonly Route[],
  options: { requestMs?: number; drainMs?: number; isHttps?: boolean } = {},
) {
  const lines: Record<string, unknown>[] = [];
  const log = openLog({ level: "debug", destination: { write: (line) => void lines.push(JSON.parse(line)) } });
  const server = openHttpServer({ routes, log, drainMs: 2_000, ...options });
  const { address, port } = await server.listen(0, "127.0.0.1");
  open.push(server);
  return { address, port, lines, server };
}

/** A GET route that responds with a text. */
export function says(path: string, text: string): Route {
  return { method: "GET", path, handle: ({ response }) => void response.end(text) };
}

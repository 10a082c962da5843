import type { TestProject } from "vitest/node";
import { type PostgresServer, startPostgres } from "./postgres-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The maintenance database of this run's PostgreSQL server. */
    postgres: string;
    /** The pooler in front of the server, in the same form; only in the projects of `pooler-setup.ts`. */
    pooler?: string;
    /** The pool mode that such a project asks for. */
    poolMode?: "session" | "transaction";
  }
}

let server: PostgresServer | undefined;

/** Global set-up: starts one PostgreSQL server for the run, or fails, so that the tests are never skipped silently. */
export async function setup(project: TestProject): Promise<void> {
  server = await startPostgres();
  project.provide("postgres", server.url);
}

export async function teardown(): Promise<void> {
  await server?.remove();
}

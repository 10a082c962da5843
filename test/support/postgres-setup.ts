import type { TestProject } from "vitest/node";
import { type PostgresServer, startPostgres } from "./postgres-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The maintenance database of the run's PostgreSQL server. */
    postgres: string;
  }
}

let server: PostgresServer | undefined;

/** Global set-up of the tests that use PostgreSQL: one server for the run, or a failure, so that they never pass by not running. */
export async function setup(project: TestProject): Promise<void> {
  server = await startPostgres();
  project.provide("postgres", server.url);
}

export async function teardown(): Promise<void> {
  await server?.remove();
}

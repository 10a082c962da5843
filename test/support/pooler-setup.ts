import type { TestProject } from "vitest/node";
import { type Pgbouncer, startPgbouncer } from "./pgbouncer.ts";

let pooler: Pgbouncer | undefined;

/** Global set-up after that of PostgreSQL: puts a pooler in the mode that the project provides between desks and server. */
export async function setup(project: TestProject): Promise<void> {
  const { postgres, poolMode } = project.getProvidedContext();
  if (poolMode === undefined) throw new Error("the project provides no pool mode");
  pooler = await startPgbouncer(postgres, poolMode);
  project.provide("pooler", pooler.url);
}

export async function teardown(): Promise<void> {
  await pooler?.remove();
}

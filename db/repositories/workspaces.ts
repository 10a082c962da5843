import { and, asc, eq, inArray } from "drizzle-orm";
import type { Platform } from "../../src/ports/messenger.ts";
import type { Db } from "../db.ts";
import { defineRepository } from "../repository.ts";
import type { Schema } from "../schema.ts";

/** A workspace or tenant of a messenger. */
export interface Workspace {
  readonly platform: Platform;
  readonly workspace: string;
}

/** A workspace bound to a practice. */
export interface BoundWorkspace extends Workspace {
  readonly practiceId: string;
  readonly source: "file" | "code";
  readonly boundAtMs: number;
}

/** Workspaces of practices, many to many (D7.7). */
export function workspacesIn(db: Db, { workspaces }: Schema) {
  return defineRepository({
    reads: {
      /** The practices of a workspace, by time of binding. */
      async listForWorkspace({ platform, workspace }: Workspace): Promise<readonly BoundWorkspace[]> {
        return db
          .select()
          .from(workspaces)
          .where(and(eq(workspaces.platform, platform), eq(workspaces.workspace, workspace)))
          .orderBy(asc(workspaces.boundAtMs), asc(workspaces.practiceId));
      },

      /** The workspaces of a practice. */
      async listForPractice(practiceId: string): Promise<readonly BoundWorkspace[]> {
        return db
          .select()
          .from(workspaces)
          .where(eq(workspaces.practiceId, practiceId))
          .orderBy(asc(workspaces.platform), asc(workspaces.workspace));
      },
    },
    writes: {
      /** Binds a workspace; an existing binding stays unchanged. */
      async bind(bound: BoundWorkspace): Promise<void> {
        await db.insert(workspaces).values(bound).onConflictDoNothing();
      },

      /** Replaces the bindings that come from the practice file; bindings made by a code stay. */
      async replaceFile(practiceId: string, named: readonly Workspace[], nowMs: number): Promise<void> {
        const before = await db
          .select()
          .from(workspaces)
          .where(and(eq(workspaces.practiceId, practiceId), eq(workspaces.source, "file")));
        const isNamed = ({ platform, workspace }: Workspace) =>
          named.some((one) => one.platform === platform && one.workspace === workspace);
        for (const platform of new Set(before.map((row) => row.platform))) {
          const gone = before.filter((row) => row.platform === platform && !isNamed(row)).map((row) => row.workspace);
          if (gone.length === 0) continue;
          await db
            .delete(workspaces)
            .where(
              and(
                eq(workspaces.practiceId, practiceId),
                eq(workspaces.source, "file"),
                eq(workspaces.platform, platform),
                inArray(workspaces.workspace, gone),
              ),
            );
        }
        if (named.length === 0) return;
        await db
          .insert(workspaces)
          .values(
            named.map(({ platform, workspace }) => ({
              platform,
              workspace,
              practiceId,
              source: "file" as const,
              boundAtMs: nowMs,
            })),
          )
          .onConflictDoNothing();
      },
    },
  });
}

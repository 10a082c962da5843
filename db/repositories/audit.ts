import { and, asc, eq } from "drizzle-orm";
import { type Db, encodedColumns, prepared } from "../db.ts";
import { defineRepository } from "../repository.ts";
import type { Schema } from "../schema.ts";

/** Who did what, when and from where. */
export interface AuditEntry {
  readonly practiceId: string;
  readonly atMs: number;
  /** `client:ana`, `practitioner:maya`, `desk`, or a stranger's chat address. */
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  /** The chat address, or `clock` for a timer. */
  readonly place: string;
}

/** The audit log, append-only: triggers refuse updates and deletes. */
export function auditIn(db: Db, { audit }: Schema) {
  const { seq: _, ...line } = encodedColumns(audit);
  const addNew = prepared(db.insert(audit).values(line));

  return defineRepository({
    reads: {
      /** Oldest first. */
      async list(practiceId: string, subject?: string): Promise<readonly AuditEntry[]> {
        const about = subject === undefined ? undefined : eq(audit.subject, subject);
        const rows = await db
          .select()
          .from(audit)
          .where(and(eq(audit.practiceId, practiceId), about))
          .orderBy(asc(audit.seq));
        return rows.map(({ seq: _, ...entry }) => entry);
      },
    },
    writes: {
      async add(entry: AuditEntry): Promise<void> {
        await addNew({ ...entry });
      },
    },
  });
}

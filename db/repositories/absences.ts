import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import type { OutOfOffice } from "../../src/domain/practice.ts";
import { newId } from "../../src/ids.ts";
import { type Db, prepared } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** A practitioner's time off, entered in chat; wall times in their zone, [from, to). */
export interface KeptAbsence extends OutOfOffice {
  readonly id: string;
  readonly practiceId: string;
  readonly practitionerId: string;
  readonly kind: "blocked" | "out_of_office";
  readonly source: "chat";
  readonly createdAtMs: number;
}

/** Time off entered in chat. Lock the practitioner with `claims.lock` before writing, as for a booking. */
export function absencesIn(db: Db, { absences }: Schema) {
  const ofPractice = prepared(
    db
      .select()
      .from(absences)
      .where(and(eq(absences.practiceId, sql.placeholder("practiceId")), gt(absences.to, sql.placeholder("after"))))
      .orderBy(asc(absences.from), asc(absences.id)),
  );
  return defineRepository({
    cached: true,
    reads: {
      /** All absences of a practice that end after a wall time, earliest first. */
      async list(practiceId: string, after: string): Promise<readonly KeptAbsence[]> {
        return (await ofPractice({ practiceId, after })).map(withoutNulls);
      },
    },
    writes: {
      async add(absence: Omit<KeptAbsence, "id">): Promise<KeptAbsence> {
        const made: KeptAbsence = { id: newId("ab"), ...absence };
        await db.insert(absences).values(made);
        return made;
      },

      /** Ids of other practitioners' absences are ignored. */
      async remove(practiceId: string, practitionerId: string, ids: readonly string[]): Promise<void> {
        const theirs = and(eq(absences.practiceId, practiceId), eq(absences.practitionerId, practitionerId));
        await db.delete(absences).where(and(theirs, inArray(absences.id, [...ids])));
      },
    },
  });
}

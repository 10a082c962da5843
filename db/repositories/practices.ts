import { eq, getTableColumns, sql } from "drizzle-orm";
import type { Practice } from "../../src/domain/practice.ts";
import { DeskError } from "../../src/errors.ts";
import { newId } from "../../src/ids.ts";
import { type Db, prepared } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** Practices, the tenants of the desk. */
export function practicesIn(db: Db, { practices }: Schema) {
  const { revision, ...practice } = getTableColumns(practices);
  const isThis = eq(practices.id, sql.placeholder("id"));
  const practiceById = prepared(db.select(practice).from(practices).where(isThis));
  const revisionOf = prepared(db.select({ revision }).from(practices).where(isThis));
  const find = async (id: string): Promise<Practice | undefined> => {
    const row = one(await practiceById({ id }));
    return row && withoutNulls(row);
  };

  return defineRepository({
    cached: true,
    catalogueReads: {
      find,

      /** Throws with code `not-found`. */
      async get(id: string): Promise<Practice> {
        const practice = await find(id);
        if (practice === undefined) throw new DeskError("not-found", `There is no practice ${id}.`);
        return practice;
      },
    },
    catalogueWrites: {
      /** Adds the practice or replaces the one with its id. */
      async save(practice: Practice): Promise<void> {
        const { id, ...rest } = practice;
        // A key that left the practice file becomes null.
        const set = { ...rest, country: practice.country ?? null, crisis: practice.crisis ?? null };
        await db
          .insert(practices)
          .values({ id, ...set, revision: newId("rv") })
          .onConflictDoUpdate({ target: practices.id, set });
      },
    },
    reads: {
      /** By id. */
      async list(): Promise<readonly Practice[]> {
        return (await db.select(practice).from(practices).orderBy(practices.id)).map(withoutNulls);
      },

      /** The revision of the practice's catalogue; every catalogue write changes it. */
      async findRevision(id: string): Promise<string | undefined> {
        return one(await revisionOf({ id }))?.revision;
      },
    },
    writes: {
      /** Gives the catalogue a new revision. Revisions are never reused, not even after a rollback. */
      async renewRevision(id: string): Promise<void> {
        await db
          .update(practices)
          .set({ revision: newId("rv") })
          .where(eq(practices.id, id));
      },
    },
  });
}

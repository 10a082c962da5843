import { eq, sql } from "drizzle-orm";
import type { Practice } from "../../src/domain/practice.ts";
import { DeskError } from "../../src/errors.ts";
import { type Db, hot } from "../db.ts";
import { one } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** The tenants. */
export function practicesIn(db: Db, { practices }: Schema) {
  const practiceById = hot(
    db
      .select()
      .from(practices)
      .where(eq(practices.id, sql.placeholder("id"))),
  );
  const find = async (id: string): Promise<Practice | undefined> => one(await practiceById({ id }));

  return {
    find,

    /** Throws with code `not-found`. */
    async get(id: string): Promise<Practice> {
      const practice = await find(id);
      if (practice === undefined) throw new DeskError("not-found", `There is no practice ${id}.`);
      return practice;
    },

    /** By id. */
    async list(): Promise<readonly Practice[]> {
      return db.select().from(practices).orderBy(practices.id);
    },

    /** Adds the practice, or replaces the one of that id. */
    async save(practice: Practice): Promise<void> {
      const { id: _, ...set } = practice;
      await db.insert(practices).values(practice).onConflictDoUpdate({ target: practices.id, set });
    },
  };
}

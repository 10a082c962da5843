import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** A one-time link to a booking's form: only the hash of its token is kept. Times are real time. */
export interface FormToken {
  readonly tokenHash: string;
  readonly practiceId: string;
  readonly bookingId: string;
  readonly talkId: string;
  readonly expiresAtMs: number;
  readonly usedAtMs?: number;
}

/** Links to the desk's own form page (D5.2). */
export function formTokensIn(db: Db, { formTokens }: Schema) {
  return defineRepository({
    reads: {
      /** Also when used or expired: the page says which. */
      async findByHash(hash: string): Promise<FormToken | undefined> {
        const row = one(await db.select().from(formTokens).where(eq(formTokens.tokenHash, hash)));
        return row && withoutNulls(row);
      },
    },
    writes: {
      async add(token: FormToken): Promise<void> {
        await db.insert(formTokens).values(token);
      },

      /** True once; whoever comes second gets false. */
      async markUsed(hash: string, atMs: number): Promise<boolean> {
        const marked = await db
          .update(formTokens)
          .set({ usedAtMs: atMs })
          .where(and(eq(formTokens.tokenHash, hash), isNull(formTokens.usedAtMs)))
          .returning({ tokenHash: formTokens.tokenHash });
        return marked.length > 0;
      },
    },
  });
}

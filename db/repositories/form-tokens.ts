import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** A one-time link to a booking's form; only the token's hash is stored. Times are real time. */
export interface FormToken {
  readonly tokenHash: string;
  readonly practiceId: string;
  readonly bookingId: string;
  readonly talkId: string;
  readonly expiresAtMs: number;
  readonly usedAtMs?: number;
}

/** Tokens of links to the desk's form page (D5.2). */
export function formTokensIn(db: Db, { formTokens }: Schema) {
  return defineRepository({
    reads: {
      /** Finds used and expired tokens too: the page says which it is. */
      async findByHash(hash: string): Promise<FormToken | undefined> {
        const row = one(await db.select().from(formTokens).where(eq(formTokens.tokenHash, hash)));
        return row && withoutNulls(row);
      },
    },
    writes: {
      async add(token: FormToken): Promise<void> {
        await db.insert(formTokens).values(token);
      },

      /** True on the first call, false on every later one. */
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

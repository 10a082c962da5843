import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** A one-time link to a booking's answers for one practitioner; times are real time. */
export interface AnswerViewToken {
  readonly tokenHash: string;
  readonly practiceId: string;
  readonly bookingId: string;
  readonly practitionerId: string;
  readonly admin: boolean;
  readonly place: string;
  readonly expiresAtMs: number;
  readonly usedAtMs?: number;
}

/** Tokens of links to the page that shows answers (D5.2, D7.5). */
export function answerViewsIn(db: Db, { answerViewTokens }: Schema) {
  return defineRepository({
    reads: {
      /** Finds used and expired tokens too: the page says which it is. */
      async findByHash(hash: string): Promise<AnswerViewToken | undefined> {
        const row = one(await db.select().from(answerViewTokens).where(eq(answerViewTokens.tokenHash, hash)));
        return row && withoutNulls(row);
      },
    },
    writes: {
      async add(token: AnswerViewToken): Promise<void> {
        await db.insert(answerViewTokens).values(token);
      },

      /** True on the first call, false on every later one. */
      async markUsed(hash: string, atMs: number): Promise<boolean> {
        const marked = await db
          .update(answerViewTokens)
          .set({ usedAtMs: atMs })
          .where(and(eq(answerViewTokens.tokenHash, hash), isNull(answerViewTokens.usedAtMs)))
          .returning({ tokenHash: answerViewTokens.tokenHash });
        return marked.length > 0;
      },
    },
  });
}

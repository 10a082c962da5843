import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** A one-time link to a booking's answers, for one practitioner; times are real time. */
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

/** Links to the page that shows answers (D5.2, D7.5). */
export function answerViewsIn(db: Db, { answerViewTokens }: Schema) {
  return defineRepository({
    reads: {
      /** Also when used or expired: the page says which. */
      async findByHash(hash: string): Promise<AnswerViewToken | undefined> {
        const row = one(await db.select().from(answerViewTokens).where(eq(answerViewTokens.tokenHash, hash)));
        return row && withoutNulls(row);
      },
    },
    writes: {
      async add(token: AnswerViewToken): Promise<void> {
        await db.insert(answerViewTokens).values(token);
      },

      /** True once; whoever comes second gets false. */
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

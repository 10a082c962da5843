import { and, count, eq, gt, isNull, lt } from "drizzle-orm";
import type { Db } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one, withoutNulls } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** A one-time code that connects a workspace or a chat; only its hash is stored. Times are real time. */
export interface EntryCode {
  readonly hash: string;
  readonly id: string;
  readonly practiceId: string;
  readonly opens: "workspace" | "invitation" | "chat";
  readonly invitationId?: string;
  /** Whose chat it connects. For a workspace code: the practitioner it names, or the one its user chose. */
  readonly role?: "client" | "practitioner";
  readonly personId?: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly usedAtMs?: number;
  /** The chat address that used it. */
  readonly usedBy?: string;
}

/** Codes and link tokens, and the attempts that limit guessing. */
export function entryCodesIn(db: Db, { entryCodes, entryTries }: Schema) {
  return defineRepository({
    reads: {
      /** Finds used and expired codes too: the answer says which it is. */
      async findByHash(hash: string): Promise<EntryCode | undefined> {
        const row = one(await db.select().from(entryCodes).where(eq(entryCodes.hash, hash)));
        return row && withoutNulls(row);
      },

      async find(id: string): Promise<EntryCode | undefined> {
        const row = one(await db.select().from(entryCodes).where(eq(entryCodes.id, id)));
        return row && withoutNulls(row);
      },

      /** Counts attempts after `sinceMs`. */
      async countTries(lane: string, sinceMs: number): Promise<number> {
        const tried = and(eq(entryTries.lane, lane), gt(entryTries.atMs, sinceMs));
        return one(await db.select({ tries: count() }).from(entryTries).where(tried))?.tries ?? 0;
      },
    },
    writes: {
      async add(code: EntryCode): Promise<void> {
        await db.insert(entryCodes).values(code);
      },

      /** True on the first call, false on every later one. */
      async markUsed(hash: string, usedBy: string, atMs: number): Promise<boolean> {
        const marked = await db
          .update(entryCodes)
          .set({ usedAtMs: atMs, usedBy })
          .where(and(eq(entryCodes.hash, hash), isNull(entryCodes.usedAtMs)))
          .returning({ id: entryCodes.id });
        return marked.length > 0;
      },

      /** Records which practitioner used a workspace code. True once per code, for the chat that used it. */
      async claimPerson(id: string, usedBy: string, personId: string): Promise<boolean> {
        const claimed = await db
          .update(entryCodes)
          .set({ role: "practitioner", personId })
          .where(
            and(
              eq(entryCodes.id, id),
              eq(entryCodes.opens, "workspace"),
              eq(entryCodes.usedBy, usedBy),
              isNull(entryCodes.personId),
            ),
          )
          .returning({ id: entryCodes.id });
        return claimed.length > 0;
      },

      /** Expires the unused codes of an invitation. */
      async expireFor(invitationId: string, atMs: number): Promise<void> {
        await db
          .update(entryCodes)
          .set({ expiresAtMs: atMs })
          .where(
            and(
              eq(entryCodes.invitationId, invitationId),
              isNull(entryCodes.usedAtMs),
              gt(entryCodes.expiresAtMs, atMs),
            ),
          );
      },

      async addTry(lane: string, atMs: number): Promise<void> {
        await db.insert(entryTries).values({ lane, atMs });
      },

      /** Deletes attempts made, and codes expired, before that instant. */
      async removeBefore(beforeMs: number): Promise<void> {
        await db.delete(entryTries).where(lt(entryTries.atMs, beforeMs));
        await db.delete(entryCodes).where(lt(entryCodes.expiresAtMs, beforeMs));
      },
    },
  });
}

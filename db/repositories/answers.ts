import { and, asc, eq } from "drizzle-orm";
import type { Vault } from "../../src/vault.ts";
import type { Db } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** The answer to one question of a booking's form; multiple choices are a list. */
export interface Answer {
  readonly questionId: string;
  readonly sensitive: boolean;
  readonly value: string | readonly string[];
}

export interface NewAnswer extends Answer {
  readonly practiceId: string;
  readonly clientId: string;
  readonly bookingId: string;
  readonly formId: string;
  readonly atMs: number;
}

/** Answers to booking forms. Sensitive ones are encrypted with the client's data key before they are stored (D5.2). */
export function answersIn(db: Db, { answers, dataKeys }: Schema, vault: Vault) {
  const keyPlace = (practiceId: string, clientId: string) => `${practiceId}|${clientId}`;
  const isClient = (practiceId: string, clientId: string) =>
    and(eq(dataKeys.practiceId, practiceId), eq(dataKeys.clientId, clientId));

  async function findKey(practiceId: string, clientId: string): Promise<Buffer | undefined> {
    const row = one(await db.select().from(dataKeys).where(isClient(practiceId, clientId)));
    return row && vault.unwrapKey(row.wrapped, keyPlace(practiceId, clientId));
  }

  /** The client's data key: created on first use, and re-wrapped when the key ring has a newer key. */
  async function claimKey(practiceId: string, clientId: string): Promise<Buffer> {
    const place = keyPlace(practiceId, clientId);
    const dataKey = vault.newDataKey();
    const wrapped = vault.wrapKey(dataKey, place);
    const made = await db
      .insert(dataKeys)
      .values({ practiceId, clientId, wrapped })
      .onConflictDoNothing()
      .returning({ wrapped: dataKeys.wrapped });
    if (made.length > 0) return dataKey;
    const [known] = await db.select().from(dataKeys).where(isClient(practiceId, clientId));
    if (known === undefined) throw new Error("the conflicting data key is gone"); // impossible within one transaction
    const rewrapped = vault.rewrapKey(known.wrapped, place);
    if (rewrapped !== undefined) {
      await db.update(dataKeys).set({ wrapped: rewrapped }).where(isClient(practiceId, clientId));
    }
    return vault.unwrapKey(known.wrapped, place);
  }

  return defineRepository({
    reads: {
      /** Counts data keys the ring cannot unwrap: their answers stay unreadable until the missing ring key is restored. */
      async countLostKeys(): Promise<number> {
        const rows = await db.select().from(dataKeys);
        return rows.filter(({ practiceId, clientId, wrapped }) => {
          try {
            vault.unwrapKey(wrapped, keyPlace(practiceId, clientId));
            return false;
          } catch {
            return true;
          }
        }).length;
      },

      /** A booking's answers, decrypted. Answers whose data key was deleted are left out: deleting the key erases them. */
      async list(practiceId: string, bookingId: string): Promise<readonly Answer[]> {
        const rows = await db
          .select()
          .from(answers)
          .where(and(eq(answers.bookingId, bookingId), eq(answers.practiceId, practiceId)))
          .orderBy(asc(answers.answeredAtMs), asc(answers.questionId));
        const opened: Answer[] = [];
        let key: Buffer | undefined;
        for (const row of rows) {
          if (row.sealed) key ??= await findKey(row.practiceId, row.clientId);
          if (row.sealed && key === undefined) continue;
          const plain = row.sealed && key ? vault.open(key, placeOf(row), row.value) : row.value;
          opened.push({ questionId: row.questionId, sensitive: row.sealed, value: JSON.parse(plain) });
        }
        return opened;
      },

      /** The answered questions of a booking; decrypts nothing. */
      async listIds(bookingId: string): Promise<readonly string[]> {
        const rows = await db
          .select({ questionId: answers.questionId })
          .from(answers)
          .where(eq(answers.bookingId, bookingId))
          .orderBy(answers.questionId);
        return rows.map((row) => row.questionId);
      },
    },
    writes: {
      /** Adds the answer or replaces the one to the same question of the same booking. */
      async save(answer: NewAnswer): Promise<void> {
        const { practiceId, clientId, bookingId, formId, questionId, sensitive, atMs } = answer;
        const plain = JSON.stringify(answer.value);
        const value = sensitive ? vault.seal(await claimKey(practiceId, clientId), placeOf(answer), plain) : plain;
        const set = { practiceId, clientId, formId, sealed: sensitive, value, answeredAtMs: atMs };
        await db
          .insert(answers)
          .values({ bookingId, questionId, ...set })
          .onConflictDoUpdate({ target: [answers.bookingId, answers.questionId], set });
      },

      async removeForBooking(bookingId: string): Promise<void> {
        await db.delete(answers).where(eq(answers.bookingId, bookingId));
      },
    },
  });
}

/** Binds a ciphertext to its row: copied to another row it does not decrypt. */
function placeOf(row: { practiceId: string; clientId: string; bookingId: string; questionId: string }): string {
  return `${row.practiceId}|${row.clientId}|answers/${row.bookingId}/${row.questionId}`;
}

import { and, eq, lt } from "drizzle-orm";
import type { Vault } from "../../src/vault.ts";
import type { Db } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one } from "../rows.ts";
import type { Schema } from "../schema.ts";
import { openText, sealText } from "../sealed-text.ts";

/** Where a sealed secret is kept. */
export interface SecretPlace {
  readonly practiceId: string;
  readonly kind: string;
  readonly ref: string;
}

/** Tokens of links and typed codes, sealed, so that a retry sends the same one (R9). Times are real time. */
export function secretsIn(db: Db, { sealedSecrets }: Schema, vault: Vault) {
  const placeOf = ({ practiceId, kind, ref }: SecretPlace) => `sealed_secrets/${practiceId}/${kind}/${ref}`;

  return defineRepository({
    reads: {
      async find(at: SecretPlace): Promise<string | undefined> {
        const isAt = and(
          eq(sealedSecrets.practiceId, at.practiceId),
          eq(sealedSecrets.kind, at.kind),
          eq(sealedSecrets.ref, at.ref),
        );
        const row = one(await db.select().from(sealedSecrets).where(isAt));
        return row && openText(vault, placeOf(at), row.sealed);
      },
    },
    writes: {
      async add(at: SecretPlace, value: string, expiresAtMs: number): Promise<void> {
        await db.insert(sealedSecrets).values({ ...at, sealed: sealText(vault, placeOf(at), value), expiresAtMs });
      },

      /** Deletes secrets that expired before that instant. */
      async removeBefore(beforeMs: number): Promise<void> {
        await db.delete(sealedSecrets).where(lt(sealedSecrets.expiresAtMs, beforeMs));
      },
    },
  });
}

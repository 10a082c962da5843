import type { ColumnTypes } from "../columns.ts";

/** Link tokens and codes that cards and mails refer to (R9). */
export function secretTables(c: ColumnTypes) {
  /** A token or code, encrypted, so that it can be sent again and reading the database gives no usable one. */
  const sealedSecrets = c.table(
    "sealed_secrets",
    {
      practiceId: c.text("practice_id").notNull(),
      kind: c.text("kind").notNull(),
      ref: c.text("ref").notNull(),
      /** The value with its own wrapped key (`sealed-text.ts`). */
      sealed: c.text("sealed").notNull(),
      /** Real time. */
      expiresAtMs: c.int("expires_at_ms").notNull(),
    },
    (t) => [
      c.primaryKey({ columns: [t.practiceId, t.kind, t.ref] }),
      c.index("sealed_secrets_expires").on(t.expiresAtMs),
    ],
  );

  return { sealedSecrets };
}

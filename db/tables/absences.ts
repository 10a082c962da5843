import type { ColumnTypes } from "../columns.ts";

/** Time off that practitioners enter in chat, beside that of the practice file. */
export function absenceTables(c: ColumnTypes) {
  const absences = c.table(
    "absences",
    {
      id: c.text("id").primaryKey(),
      practiceId: c.text("practice_id").notNull(),
      practitionerId: c.text("practitioner_id").notNull(),
      /** Wall time `YYYY-MM-DDTHH:MM` in the practitioner's zone, [from, to). */
      from: c.text("from_time").notNull(),
      to: c.text("to_time").notNull(),
      kind: c.text("kind").$type<"blocked" | "out_of_office">().notNull(),
      /** Shown to clients while they look for times. */
      message: c.text("message"),
      source: c.text("source").$type<"chat">().notNull(),
      createdAtMs: c.int("created_at_ms").notNull(),
    },
    (t) => [c.index("absences_practitioner").on(t.practiceId, t.practitionerId, t.to)],
  );
  return { absences };
}

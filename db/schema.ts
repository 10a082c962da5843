import type { ColumnWords } from "./columns.ts";
import { bookingTables } from "./tables/bookings.ts";
import { practiceTables } from "./tables/practice.ts";
import { talkTables } from "./tables/talks.ts";

/** Every table, once, in the words of one database (`columns.ts`). Instants are epoch milliseconds. */
export function defineSchema(c: ColumnWords) {
  return { ...practiceTables(c), ...bookingTables(c), ...talkTables(c) };
}

export type Schema = ReturnType<typeof defineSchema>;

import type { ColumnTypes } from "./columns.ts";
import { absenceTables } from "./tables/absences.ts";
import { answerViewTables } from "./tables/answer-views.ts";
import { bookingTables } from "./tables/bookings.ts";
import { changeTables } from "./tables/changes.ts";
import { chatTables } from "./tables/chat.ts";
import { mailTables } from "./tables/mail.ts";
import { paymentTables } from "./tables/payments.ts";
import { peopleTables } from "./tables/people.ts";
import { practiceTables } from "./tables/practice.ts";
import { secretTables } from "./tables/secrets.ts";
import { talkTables } from "./tables/talks.ts";
import { teamsTables } from "./tables/teams.ts";

/** Every table, in the column types of one database (`columns.ts`). Instants are epoch milliseconds. */
export function defineSchema(c: ColumnTypes) {
  return {
    ...practiceTables(c),
    ...bookingTables(c),
    ...talkTables(c),
    ...chatTables(c),
    ...changeTables(c),
    ...teamsTables(c),
    ...paymentTables(c),
    ...answerViewTables(c),
    ...peopleTables(c),
    ...absenceTables(c),
    ...mailTables(c),
    ...secretTables(c),
  };
}

export type Schema = ReturnType<typeof defineSchema>;

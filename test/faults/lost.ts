import type { Database } from "better-sqlite3";
import type { Acknowledged } from "../support/crowd-life.ts";

/** Acknowledged results that are missing from the books, a line each; empty when nothing is lost. */
export function lostIn(books: Database, acknowledged: readonly Acknowledged[]): string[] {
  const told = books
    .prepare("select b.status from talks t join bookings b on b.id = t.about_booking_id where t.id = ? and t.user = ?")
    .pluck();
  return acknowledged.flatMap(({ what, user, talkId }) => {
    const status = told.get(talkId, user);
    const isSo = typeof status === "string" && mayBecome[what].includes(status);
    return isSo ? [] : [`${user} was told ${what}: ${status}`];
  });
}

/** The states an acknowledged result may legitimately have reached since. */
const mayBecome: Readonly<Record<Acknowledged["what"], readonly string[]>> = {
  requested: ["requested", "confirmed", "declined", "withdrawn", "expired"],
  booked: ["confirmed"],
  confirmed: ["confirmed"],
  declined: ["declined"],
  withdrawn: ["withdrawn"],
};

import type { Database } from "better-sqlite3";
import type { Acknowledged } from "../support/crowd-life.ts";

/** What people were told had happened and is not so in the books, a line each; none is the good case. */
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

/** What can have become, without anybody's fault, of what was acknowledged. */
const mayBecome: Readonly<Record<Acknowledged["what"], readonly string[]>> = {
  requested: ["requested", "confirmed", "declined", "withdrawn", "expired"],
  booked: ["confirmed"],
  confirmed: ["confirmed"],
  declined: ["declined"],
  withdrawn: ["withdrawn"],
};

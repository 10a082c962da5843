import type { Turn } from "../conversation/flow.ts";
import { packageBeyond } from "../desk/changes/move-offer.ts";
import type { Booking } from "../domain/booking.ts";
import { dateName, packageWords } from "../words/packages.ts";

/** What a practitioner is warned of who puts a session at times its package is not good for; undefined: it is for all. */
export async function beyondPackage(
  turn: Turn,
  booking: Booking,
  startsAtMs: readonly number[],
): Promise<string | undefined> {
  const { books, practice, nowMs } = turn;
  for (const ms of startsAtMs) {
    const held = await packageBeyond(books, practice, booking, ms);
    if (held === undefined) continue;
    const at = { locale: practice.locale, nowMs };
    const until = held.expiresOn === undefined ? undefined : dateName(held.expiresOn, at);
    return packageWords.beyond(held.frozen.name, dateName(held.startsOn, at), until);
  }
  return undefined;
}

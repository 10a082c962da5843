import type { Turn } from "../conversation/flow.ts";
import { packageBeyond } from "../desk/changes/move-offer.ts";
import type { Booking } from "../domain/booking.ts";
import { dateName, packageWords } from "../words/packages.ts";

/**
 * Warns a practitioner about starts on days when the session's package is not valid. Undefined: it is valid for all.
 */
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

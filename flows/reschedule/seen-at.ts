import type { MovingFacts } from "./facts.ts";

/** In person the venue's clock comes first, also for a new venue (D7.6). */
export function seenAt(seen: MovingFacts["seen"], frozen: MovingFacts["frozen"]): MovingFacts["seen"] {
  const venue = frozen.location?.timezone;
  if (venue === seen.booking.frozen.location?.timezone) return seen;
  return venue === undefined
    ? { ...seen, reader: seen.ownReader }
    : { ...seen, reader: { ...seen.ownReader, zone: venue }, otherZone: seen.ownReader.zone };
}

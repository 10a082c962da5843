import { dayMs } from "../domain/units.ts";
import type { JobParts } from "./parts.ts";

const keptMs = 7 * dayMs;
/** Messages people passed on, and codes that are over, are shown and explained this long. */
const peopleMs = 30 * dayMs;
const atOnce = 1000;

/** Forgets what nobody will ask for again: ids of inbounds and rows that went out a week ago, codes and messages of a month ago. */
export async function sweep({ store, clock }: JobParts): Promise<void> {
  const beforeMs = clock.realNow() - keptMs;
  await untilFewer(() => store.transaction((books) => books.inbox.removeBefore(beforeMs, atOnce)));
  await untilFewer(() => store.transaction((books) => books.outbox.removeDoneBefore(beforeMs, atOnce)));
  await store.transaction(async (books) => {
    await books.entryCodes.removeBefore(clock.realNow() - peopleMs);
    await books.relays.removeBefore(clock.realNow() - peopleMs);
  });
}

/** In small transactions, so that turns go on in between. */
async function untilFewer(removeSome: () => Promise<number>): Promise<void> {
  while ((await removeSome()) === atOnce);
}

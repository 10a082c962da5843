import { dayMs } from "../domain/units.ts";
import type { JobContext } from "./job-context.ts";

const keptMs = 7 * dayMs;
/** Relayed messages and expired codes are kept this long, for display and explanations. */
const peopleMs = 30 * dayMs;
const atOnce = 1000;

/** Deletes expired rows: inbound ids and sent outbox rows after a week, entry codes, sealed secrets and relayed messages after 30 days. */
export async function sweep({ store, clock }: JobContext): Promise<void> {
  const beforeMs = clock.realNow() - keptMs;
  await untilFewer(() => store.transaction((books) => books.inbox.removeBefore(beforeMs, atOnce)));
  await untilFewer(() => store.transaction((books) => books.outbox.removeDoneBefore(beforeMs, atOnce)));
  await store.transaction(async (books) => {
    await books.outbox.mendLanes();
    await books.entryCodes.removeBefore(clock.realNow() - peopleMs);
    await books.secrets.removeBefore(clock.realNow() - peopleMs);
    await books.relays.removeBefore(clock.realNow() - peopleMs);
  });
}

/** Deletes in small transactions, so that turns are not blocked. */
async function untilFewer(removeSome: () => Promise<number>): Promise<void> {
  while ((await removeSome()) === atOnce);
}

import type { Store } from "../../db/store.ts";

const atOnce = 500;

/**
 * Repeats work that was given up: the outbox row or timer with this id, or all of it. Gives the number of rows and timers
 * that are due again. A running desk of another process is notified.
 */
export async function retryDead(store: Store, id?: string): Promise<number> {
  const repeated = id === undefined ? await retryAll(store) : await retryOne(store, id);
  if (repeated > 0) store.changes.tell({ what: "work" });
  return repeated;
}

async function retryOne(store: Store, id: string): Promise<number> {
  const isRepeated = await store.transaction(
    async ({ outbox, timers }) => (await outbox.replay(id)) || (await timers.replay(id)),
  );
  return isRepeated ? 1 : 0;
}

/** In batches, each in a transaction of its own, so that turns are not blocked. */
async function retryAll(store: Store): Promise<number> {
  let repeated = 0;
  for (let batch = atOnce; batch === atOnce; repeated += batch) {
    batch = await store.transaction(async ({ outbox, timers }) => {
      const rows = await outbox.listDead(atOnce);
      for (const row of rows) await outbox.replay(row.id);
      const dead = rows.length < atOnce ? await timers.listDead(atOnce - rows.length) : [];
      for (const timer of dead) await timers.replay(timer.key);
      return rows.length + dead.length;
    });
  }
  return repeated;
}

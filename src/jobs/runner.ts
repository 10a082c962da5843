import { hourMs } from "../domain/units.ts";
import type { JobContext } from "./job-context.ts";
import { openLoop, type Pass } from "./loop.ts";
import { runTimers } from "./run-timers.ts";
import { openSender } from "./sender.ts";
import { sweep } from "./sweep.ts";

const sweepEveryMs = hourMs;

export interface Runner {
  /** Signals that something may be due. */
  nudge(): void;
  /** Resolves when nothing is due and no send is running. */
  idle(): Promise<void>;
  /** Stops claiming work and waits for running sends. */
  stop(): Promise<void>;
}

/**
 * Processes what is due: timers by the desk's clock, the outbox by wall time. Each has a loop of its own, so that many
 * due timers delay no card.
 */
export function startRunner(parts: JobContext): Runner {
  let releasing: Promise<void> | undefined;
  let sweepAtMs = parts.clock.realNow() + sweepEveryMs;

  /** Both loops wait until the leases of a dead process are released; a failed release is tried again. */
  const released = (pass: () => Promise<Pass>) => async () => {
    releasing ??= parts.store.singleProcess ? releaseInHand(parts) : Promise.resolve();
    await releasing.catch((error: unknown) => {
      releasing = undefined;
      throw error;
    });
    return pass();
  };
  const timers = openLoop(
    parts,
    released(async () => {
      const found = await runTimers(parts);
      // Timers queue rows for the outbox.
      if (found.busy) sends.nudge();
      if (!found.busy && parts.clock.realNow() >= sweepAtMs) {
        sweepAtMs = parts.clock.realNow() + sweepEveryMs;
        await sweep(parts);
      }
      return found;
    }),
  );
  const sends = openLoop(
    parts,
    released(() => sender.pass()),
  );
  const sender = openSender(parts, () => {
    sends.nudge();
    // An errand runs a turn, which may set timers.
    timers.nudge();
  });

  const nudge = (): void => {
    timers.nudge();
    sends.nudge();
  };
  const underWay = () => [timers.passing(), sends.passing(), ...sender.inHand()].filter((each) => each !== undefined);
  async function settled(): Promise<void> {
    for (let all = underWay(); all.length > 0; all = underWay()) await Promise.allSettled(all);
  }
  const unhear = parts.clock.onAdvance(nudge);
  return {
    nudge,
    idle: () => {
      nudge();
      return settled();
    },
    stop: async () => {
      unhear();
      timers.stop();
      sends.stop();
      // A pass that was running when the loops were stopped may have claimed more rows.
      await settled();
    },
  };
}

/** Releases all leases at start: in a single-process setup the process that held them is dead. */
function releaseInHand({ store }: JobContext): Promise<void> {
  return store.transaction(async (books) => {
    await books.outbox.releaseLeases();
    await books.timers.releaseLeases();
  });
}

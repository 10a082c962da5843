import type { Clock } from "../../src/clock.ts";
import type { Dice } from "./dice.ts";

/** Something that runs at a virtual instant. */
interface Due {
  readonly atMs: number;
  /** Runs it; undefined in a `nap` that only looks for work. */
  readonly run: () => void;
  /** A nap of the runner: it does not count as work that is under way. */
  readonly isNap: boolean;
  /** The life it belongs to: it ends with it. Undefined: the world outside the desk. */
  readonly life: Life | undefined;
}

/** One run of the desk's process, from a start to a crash. */
export interface Life {
  readonly clock: Clock;
  readonly dead: boolean;
}

/** The time of a simulated world. Nothing in it waits for real time. */
export interface VirtualTime {
  nowMs(): number;
  /** The clock of a new process. */
  begin(): Life;
  /**
   * Ends a process: its callbacks never run. Its waits end at once, so that its connections can be closed; the world takes
   * nothing more from it.
   */
  kill(life: Life): void;
  /** Calls back after `ms`, in the world outside the desk. */
  after(ms: number, run: () => void): void;
  /** Runs one thing that is due, chosen by the dice among all that are. False: nothing is due. */
  runOne(): Promise<boolean>;
  /** Whether something besides naps is under way now or later. */
  busy(): boolean;
  /** The instant of the next thing under way; infinite without any. */
  nextMs(): number;
  /** Moves the time forward to this instant. */
  moveTo(ms: number): void;
}

/** Lets all promises that can go on do so: the event loop comes to its next turn only after them. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Opens the time at this instant (epoch ms). `dice` orders what is due at the same time and gives all chance. */
export function openVirtualTime(startMs: number, dice: Dice): VirtualTime {
  let nowMs = startMs;
  let queue: Due[] = [];

  const add = (due: Due): (() => void) => {
    queue.push(due);
    return () => {
      queue = queue.filter((other) => other !== due);
    };
  };

  function begin(): Life {
    const life = { dead: false };
    const listeners = new Set<() => void>();
    const clock: Clock = {
      now: () => nowMs,
      realNow: () => nowMs,
      advance(ms) {
        nowMs += ms;
        for (const listener of listeners) listener();
      },
      onAdvance(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      after: (ms, run) => add({ atMs: nowMs + ms, run, isNap: true, life: own }),
      pause: (ms = 0) => {
        if (life.dead) return settle();
        const { promise, resolve } = Promise.withResolvers<void>();
        add({ atMs: nowMs + ms, run: resolve, isNap: false, life: own });
        return promise;
      },
      elapsed: () => nowMs,
      random: () => dice(1_000_000) / 1_000_000,
    };
    const own: Life = {
      clock,
      get dead() {
        return life.dead;
      },
    };
    endings.set(own, () => {
      life.dead = true;
    });
    return own;
  }
  const endings = new Map<Life, () => void>();

  return {
    nowMs: () => nowMs,
    begin,
    kill(life) {
      endings.get(life)?.();
      const its = queue.filter((due) => due.life === life);
      queue = queue.filter((due) => due.life !== life);
      for (const { isNap, run } of its) if (!isNap) run();
    },
    after: (ms, run) => void add({ atMs: nowMs + ms, run, isNap: false, life: undefined }),
    async runOne() {
      const ready = queue.filter(({ atMs }) => atMs <= nowMs);
      const chosen = ready[dice(ready.length)];
      if (chosen === undefined) return false;
      queue = queue.filter((due) => due !== chosen);
      chosen.run();
      await settle();
      return true;
    },
    busy: () => queue.some(({ isNap }) => !isNap),
    nextMs: () => Math.min(...queue.flatMap(({ isNap, atMs }) => (isNap ? [] : [atMs]))),
    moveTo(ms) {
      nowMs = Math.max(nowMs, ms);
    },
  };
}

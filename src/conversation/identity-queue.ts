import { BusyError } from "../errors.ts";

/** Inputs of one chat user that may wait. More are refused until the queue is empty again. */
export const mostWaiting = 30;

/** The turns of each chat user, one after the other, so that a flood slows its sender only (R4). */
export interface IdentityQueue {
  /**
   * Runs `turn` after this user's earlier ones. If an earlier one meets a locked database, those that wait are rejected
   * with the same BusyError: they would wait for the same lock, each for its own time.
   */
  run<T>(user: string, turn: () => Promise<T>): Promise<T>;
  /** Whether the user has too many turns waiting. Stays true until all of them have run. */
  isFull(user: string): boolean;
}

interface Line {
  full: boolean;
  readonly waiting: { start(): void; reject(error: unknown): void }[];
}

/** Opens the queue of this process, without any waiting. */
export function openIdentityQueue(): IdentityQueue {
  const lines = new Map<string, Line>();

  async function run<T>(user: string, line: Line, turn: () => Promise<T>): Promise<T> {
    try {
      return await turn();
    } catch (error) {
      if (error instanceof BusyError) for (const each of line.waiting.splice(0)) each.reject(error);
      throw error;
    } finally {
      const next = line.waiting.shift();
      if (next === undefined) lines.delete(user);
      else next.start();
    }
  }

  return {
    async run(user, turn) {
      const line = lines.get(user);
      if (line === undefined) {
        const own: Line = { full: false, waiting: [] };
        lines.set(user, own);
        return run(user, own, turn);
      }
      const { promise, resolve: start, reject } = Promise.withResolvers<void>();
      line.waiting.push({ start, reject });
      if (line.waiting.length >= mostWaiting) line.full = true;
      await promise;
      return run(user, line, turn);
    },
    isFull: (user) => lines.get(user)?.full === true,
  };
}

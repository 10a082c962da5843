import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { openAdmissionQueue } from "../../db/admission-queue.ts";
import { BusyError } from "../../src/errors.ts";

describe("the queue for PostgreSQL's connections", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    onTestFinished(() => void vi.useRealTimers());
  });

  /** A queue whose slots are all taken, with the outcome of each waiter. */
  async function fullGate(places: number, timeoutMs = 150) {
    const queue = openAdmissionQueue(places, timeoutMs);
    for (let place = 0; place < places; place += 1) await queue.acquire();
    const outcomes: string[] = [];
    const queueUp = (name: string) =>
      queue.acquire().then(
        () => outcomes.push(`${name} enters`),
        (error: unknown) => outcomes.push(`${name} ${error instanceof BusyError ? "is refused" : String(error)}`),
      );
    return { queue, outcomes, queueUp };
  }

  test("fault 20: while no transaction gets a connection, the queue's waiters are refused when their timeout is over", async () => {
    const { outcomes, queueUp } = await fullGate(2);
    void queueUp("first");
    await vi.advanceTimersByTimeAsync(100);
    void queueUp("second");
    await vi.advanceTimersByTimeAsync(49);
    expect(outcomes).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(outcomes).toEqual(["first is refused"]);
    await vi.advanceTimersByTimeAsync(100);
    expect(outcomes).toEqual(["first is refused", "second is refused"]);
  });

  test("fault 24: a long queue waits as long as others get through", async () => {
    const { queue, outcomes, queueUp } = await fullGate(1);
    const crowd = Array.from({ length: 80 }, (_, n) => `turn ${n}`);
    for (const name of crowd) void queueUp(name);
    for (const _ of crowd) {
      await vi.advanceTimersByTimeAsync(100);
      queue.committed();
      queue.release();
    }
    await vi.advanceTimersByTimeAsync(0);
    expect(outcomes).toEqual(crowd.map((name) => `${name} enters`));
  });

  test("fault 20: after a transaction timed out, those behind it are refused in time, although others get through", async () => {
    const { queue, outcomes, queueUp } = await fullGate(2);
    for (const name of ["first", "second", "third"]) void queueUp(name);
    await vi.advanceTimersByTimeAsync(100);
    queue.committed();
    queue.release();
    await vi.advanceTimersByTimeAsync(40);
    queue.release();
    await vi.advanceTimersByTimeAsync(10);
    expect(outcomes).toEqual(["first enters", "second enters", "third is refused"]);
  });

  test("fault 24: a transaction waits for 20 s at most, although others get through", async () => {
    const { queue, outcomes, queueUp } = await fullGate(1, 1_500);
    for (let n = 0; n < 30; n += 1) void queueUp(`turn ${n}`);
    for (let n = 0; n < 20; n += 1) {
      await vi.advanceTimersByTimeAsync(1_000);
      queue.committed();
      queue.release();
    }
    await vi.advanceTimersByTimeAsync(0);
    expect(outcomes.filter((outcome) => outcome.endsWith("enters"))).toHaveLength(19);
    expect(outcomes.filter((outcome) => outcome.endsWith("is refused"))).toHaveLength(11);
  });
});

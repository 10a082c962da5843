import { setTimeout as wait } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { Change } from "../../src/ports/changes.ts";
import { openBooks } from "../support/desk-files.ts";
import { startPostgres } from "../support/postgres-server.ts";
import { aPractice } from "../support/records.ts";
import { until } from "../support/until.ts";

test.each([
  { how: "INT", what: "restarted, with its sessions terminated" },
  { how: "QUIT", what: "crashed and restarted" },
] as const)(
  "fault 20: while PostgreSQL is $what, turns are refused in time and may be tried again, what was acknowledged stays, and the desk continues",
  async ({ how }) => {
    const server = await startPostgres({ durable: true });
    onTestFinished(server.remove);
    const store = await openBooks(server.url);
    onTestFinished(store.close);
    const heard: Change[] = [];
    store.changes.listen((change) => heard.push(change));

    const acknowledged: string[] = [];
    const refused = new Map<string, number>();
    let longestMs = 0;
    let stopped = false;
    const write = async (worker: number) => {
      for (let n = 0; !stopped; n += 1) {
        const id = `${worker}-${n}`;
        const startedAt = performance.now();
        try {
          await store.transaction(({ practices }) => practices.save(aPractice({ id })));
          acknowledged.push(id);
        } catch (error) {
          const { code, retryable } = error as { code?: string; retryable?: boolean }; // checked below
          const kind = `${code} ${retryable}`;
          refused.set(kind, (refused.get(kind) ?? 0) + 1);
          await wait(50);
        }
        longestMs = Math.max(longestMs, performance.now() - startedAt);
      }
    };
    const writing = Array.from({ length: 12 }, (_, worker) => write(worker));
    await until("turns succeed", () => acknowledged.length > 100);
    await server.stop(how);
    await until("turns are refused", () => refused.size > 0);
    await wait(2_000);
    await server.start();
    const before = acknowledged.length;
    await until("turns succeed again", () => acknowledged.length > before + 100);
    await until("the notification connection is back", () => heard.some(({ what }) => what === "missed"));
    stopped = true;
    await Promise.all(writing);

    const kept = new Set((await store.read.practices.list()).map(({ id }) => id));
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    expect([...refused.keys()].filter((kind) => !/^database-(away|busy) true$/.test(kind))).toEqual([]);
    expect(longestMs).toBeLessThan(5_500);
  },
);

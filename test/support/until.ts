import { setTimeout as wait } from "node:timers/promises";
import { patienceMs } from "./patience.ts";

/** Polls a condition; rejects with its name after the time limit. For other processes only. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  { withinMs = patienceMs, everyMs = 20 }: { readonly withinMs?: number; readonly everyMs?: number } = {},
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await wait(everyMs);
  }
}

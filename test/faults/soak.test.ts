import { expect, onTestFinished, test } from "vitest";
import { quantile } from "../bench/figures.ts";
import { openCrowd } from "../bench/page-load.ts";
import type { DeskProcess } from "../support/desk-process.ts";
import { ways } from "../support/shared-books.ts";
import { allSent, clientsUpTo, errorsOf, figureOf, openPremises, report, unexpectedAnswers } from "./premises.ts";

const clients = 1_200;
const perSecond = 40;
const warmUpSeconds = 20;
/** Set by SOAK_SECONDS. */
const soakSeconds = Number(process.env.SOAK_SECONDS ?? 30);
const windows = 20;

test.each(ways)(
  "fault 25 on %s: while people book continuously and windows open and close, the desk's memory does not grow beyond its warmed-up size",
  async (way) => {
    const premises = await openPremises(way, clients);
    const desks = await premises.open();
    const addresses = desks.map(({ address }) => address);
    const users = clientsUpTo(clients);
    const crowd = openCrowd(addresses, users);
    onTestFinished(crowd.close);
    const soak = async (seconds: number) => {
      const looking = lookIn(addresses, seconds);
      const load = await crowd.atRate(perSecond, seconds);
      await looking;
      await allSent(desks);
      return load;
    };

    const warmUp = await soak(warmUpSeconds);
    const warm = await kept(desks);
    const load = await soak(soakSeconds);
    const end = await kept(desks);
    const rss = await Promise.all(desks.map((desk) => figureOf(desk, "process_resident_memory_bytes")));
    for (const desk of desks) expect(await desk.stop()).toBe(0);

    const ratios = end.map((bytes, at) => bytes / (warm[at] ?? Number.NaN));
    report(`soak on ${way}`, {
      turns: load.ms.length,
      "p50 ms": quantile(load.ms),
      "p99 ms": quantile(load.ms, 0.99),
      "heap warm MiB": warm.map(mebibytes).join(" and "),
      "at the end MiB": end.map(mebibytes).join(" and "),
      ratio: ratios.map((ratio) => ratio.toFixed(3)).join(" and "),
      "resident MiB": rss.map(mebibytes).join(" and "),
    });
    expect(unexpectedAnswers([...warmUp.failures, ...load.failures])).toEqual([]);
    expect(errorsOf(desks)).toEqual([]);
    expect(load.ms.length).toBeGreaterThan(0.9 * perSecond * soakSeconds);
    for (const ratio of ratios) expect(ratio).toBeLessThanOrEqual(1.2);
  },
);

function kept(desks: readonly DeskProcess[]): Promise<readonly number[]> {
  return Promise.all(desks.map((desk) => desk.heapKept()));
}

/** Opens windows on a few chats each, which listen for a second and close. */
async function lookIn(addresses: readonly string[], seconds: number): Promise<void> {
  const look = async (n: number) => {
    const address = addresses[n % addresses.length];
    const leaving = new AbortController();
    const response = await fetch(`${address}/page/events?client=c${n + 1}&practitioner=p${(n % 10) + 1}`, {
      signal: leaving.signal,
    });
    expect(response.status).toBe(200);
    setTimeout(() => leaving.abort(), 1_000);
    await response.text().catch(() => {}); // closed while listening
  };
  for (let second = 0; second < seconds; second += 1)
    await Promise.all(Array.from({ length: windows }, (_, n) => look(n)));
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}

import { expect, onTestFinished, test } from "vitest";
import { quantile } from "../bench/figures.ts";
import { type Load, openCrowd } from "../bench/page-load.ts";
import { violationsAtRest, violationsIn } from "../support/books-check.ts";
import { type Acknowledged, saidTo } from "../support/crowd-life.ts";
import { ways } from "../support/shared-books.ts";
import { lostIn } from "./lost.ts";
import { allSent, clientsUpTo, errorsOf, openPremises, report, unexpectedAnswers } from "./premises.ts";

const clients = 10_000;
/** The number of concurrent turns, each on its own connection. */
const atOnce = 1_000;
/** A booking takes four turns from the greeting on. */
const crushes = 4;
/** Turns per second on an ordinary day, and the duration. */
const usual = 20;
const seconds = 5;

test.each(ways)(
  "fault 24 on %s: with 10,000 clients, of whom 1,000 come at once, and then ten times the usual load, the only error is “busy, try again”, nothing acknowledged is lost, and every client gets an answer afterwards",
  async (way) => {
    const beganFilling = performance.now();
    const premises = await openPremises(way, clients);
    const fillSeconds = (performance.now() - beganFilling) / 1000;
    const desks = await premises.open();
    const acknowledged: Acknowledged[] = [];
    const crowd = openCrowd(
      desks.map(({ address }) => address),
      clientsUpTo(clients),
      (user, { card, talkId }) => {
        const what = saidTo(card?.title);
        if (what !== undefined && talkId !== undefined) acknowledged.push({ what, user, talkId });
      },
    );
    onTestFinished(crowd.close);

    const crush: Load[] = [];
    for (let n = 0; n < crushes; n += 1) crush.push(await crowd.allAtOnce(atOnce));
    await allSent(desks);
    const before = await crowd.atRate(usual, seconds);
    const burst = await crowd.atRate(10 * usual, seconds);
    await allSent(desks);
    const after = await crowd.atRate(usual, seconds);
    await allSent(desks);
    for (const desk of desks) expect(await desk.stop()).toBe(0);

    const loads = [...crush, before, burst, after];
    const failures = loads.flatMap((load) => load.failures);
    const crushMs = crush.flatMap(({ ms }) => ms);
    report(`crowd on ${way}`, {
      "filled in s": fillSeconds,
      "first 1,000 at once p99 ms": quantile(crush[0]?.ms ?? [], 0.99),
      "1,000 at once p50 ms": quantile(crushMs),
      "p99 ms": quantile(crushMs, 0.99),
      [`at ${usual}/s p50 ms`]: quantile(before.ms),
      "before p99 ms": quantile(before.ms, 0.99),
      "ten-fold turns/s": burst.ms.length / burst.seconds,
      "ten-fold p50 ms": quantile(burst.ms),
      "ten-fold p99 ms": quantile(burst.ms, 0.99),
      "after p50 ms": quantile(after.ms),
      "after p99 ms": quantile(after.ms, 0.99),
      turns: loads.reduce((sum, { ms }) => sum + ms.length, 0),
      busy: failures.length,
      acknowledged: acknowledged.length,
    });
    expect(unexpectedAnswers(failures)).toEqual([]);
    expect(errorsOf(desks)).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(50);
    expect([before, after].map((load) => ({ answered: load.ms.length, busy: load.failures.length }))).toEqual(
      Array.from({ length: 2 }, () => ({ answered: usual * seconds, busy: 0 })),
    );
    const wrongs = await premises.look((books) => [
      ...violationsIn(books),
      ...violationsAtRest(books),
      ...lostIn(books, acknowledged),
    ]);
    expect(wrongs).toEqual([]);
  },
);

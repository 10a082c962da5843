import { expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { examine } from "../../src/doctor.ts";
import { BusyError } from "../../src/errors.ts";
import type { JobContext } from "../../src/jobs/job-context.ts";
import { retryDead } from "../../src/jobs/retry.ts";
import { runTimers } from "../../src/jobs/run-timers.ts";
import { openQuay, request, reread, wordsOn } from "../desk/quay.ts";
import type { TestDesk } from "../support/desk.ts";

const hour = 3_600_000;

/** A request whose deadline is due, and jobs in which closing it throws. */
async function openFailing(error: unknown) {
  const desk = await openQuay();
  const booking = await request(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
  await desk.advance("2026-03-03T07:59:00+00:00");
  const parts: JobContext = {
    ...desk.jobs,
    store: {
      ...desk.store,
      transaction: (work) =>
        desk.store.transaction((books) => {
          const claims = { ...books.claims, removeForBooking: () => Promise.reject(error) };
          return work({ ...books, claims });
        }),
    },
  };
  // The clock moves without the desk's own runner, which would close the request.
  const runOnce = async () => {
    while ((await runTimers(parts)).busy);
  };
  return { desk, booking, parts, runOnce };
}

async function doctorOn(desk: TestDesk): Promise<readonly string[]> {
  const reading = readConfig({});
  if (!reading.ok) throw new Error(reading.mistakes.join());
  return (await examine(reading.config, desk.store, desk.clock)).map(({ line }) => line);
}

test("a deadline that always fails is kept as dead, told to the practitioner, named by doctor, and retry carries it out (R3)", async () => {
  const { desk, booking, parts, runOnce } = await openFailing(new TypeError("broken"));
  let nowMs = Date.parse("2026-03-03T08:00:00Z");
  parts.clock.now = () => nowMs;
  parts.clock.realNow = () => nowMs;
  for (let attempt = 0; attempt < 40; attempt += 1, nowMs += hour) await runOnce();
  expect(await desk.store.read.timers.counts()).toMatchObject({ dead: 1 });
  const [dead] = await desk.store.read.timers.listDead(5);
  expect(dead).toMatchObject({ kind: "respond-by", attempts: 12, lastError: "TypeError" });
  expect((await reread(desk, booking)).status).toBe("requested");

  await desk.idle();
  expect(desk.newest("maya").title).toBe("An automatic step failed");
  expect(wordsOn(desk.newest("maya"))).toContain("close a request that was not answered in time");
  const lines = await doctorOn(desk);
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^Deadline not carried out: respond-by of bk_\S+ after 12 attempt\(s\): TypeError\. .*retry booking:/,
    ),
  );

  expect(await retryDead(desk.store, "booking:none:respond-by")).toBe(0);
  expect(await retryDead(desk.store)).toBe(1);
  await desk.idle();
  expect((await reread(desk, booking)).status).toBe("expired");
  expect(await desk.store.read.timers.counts()).toMatchObject({ dead: 0 });
});

test("a locked database makes no deadline dead, however long it is locked (R3)", async () => {
  const { desk, parts, runOnce } = await openFailing(new BusyError());
  let nowMs = Date.parse("2026-03-03T08:00:00Z");
  parts.clock.now = () => nowMs;
  parts.clock.realNow = () => nowMs;
  for (let attempt = 0; attempt < 40; attempt += 1, nowMs += hour) await runOnce();
  expect(await desk.store.read.timers.counts()).toMatchObject({ dead: 0 });
  await desk.idle();
  expect(desk.newest("maya").title).not.toBe("An automatic step failed");
});

import { describe, expect, test } from "vitest";
import { openMetrics } from "../../adapters/metrics/prometheus.ts";
import { processScheduler } from "../../src/clock.ts";
import { nudgeTimes, respondBy } from "../../src/domain/booking.ts";
import { startRunner } from "../../src/jobs/runner.ts";
import { openLog } from "../../src/log.ts";
import { instant } from "../support/clock.ts";
import type { TestDesk } from "../support/desk.ts";
import { openTestStore } from "../support/store.ts";
import { hold, openQuay, quay, request, reread, rows, titleOf, wordsOn } from "./quay.ts";

describe("respondBy = min(start, max(requested + 30 min, min(requested + 24 h, start − 2 h))) (D4.1)", () => {
  test.each([
    ["a start in a week: a day", "2026-03-09T09:00Z", "2026-03-03T08:00Z"],
    ["a start in 26 hours and a minute: a day", "2026-03-03T10:01Z", "2026-03-03T08:00Z"],
    ["a start in 26 hours: a day, which is two hours before", "2026-03-03T10:00Z", "2026-03-03T08:00Z"],
    ["a start in 25 hours: two hours before it", "2026-03-03T09:00Z", "2026-03-03T07:00Z"],
    ["a start in three hours: two hours before it", "2026-03-02T11:00Z", "2026-03-02T09:00Z"],
    ["a start in two and a half hours: half an hour", "2026-03-02T10:30Z", "2026-03-02T08:30Z"],
    ["a start in an hour: half an hour, the minimum", "2026-03-02T09:00Z", "2026-03-02T08:30Z"],
    ["a start in half an hour: the start", "2026-03-02T08:30Z", "2026-03-02T08:30Z"],
    ["a start in ten minutes: the start", "2026-03-02T08:10Z", "2026-03-02T08:10Z"],
  ])("%s", (_rule, start, deadline) => {
    const requestedAtMs = instant("2026-03-02T08:00Z");
    const found = respondBy({ requestedAtMs, startsAtMs: instant(start), respondWithinMinutes: 1440 });
    expect(new Date(found).toISOString()).toBe(new Date(instant(deadline)).toISOString());
  });

  test("the practice may set less than a day", () => {
    const found = respondBy({ requestedAtMs: 0, startsAtMs: instant("2026-03-02T08:00Z"), respondWithinMinutes: 90 });
    expect(found).toBe(90 * 60_000);
  });

  test("the nudges come at 50 % and at 85 % of that time", () => {
    expect(nudgeTimes(1_000, 2_000)).toEqual({ half: 1_500, late: 1_850 });
  });
});

/** Requested on Monday at 08:00, with the deadline on Tuesday 08:00: nudges at 20:00 and on Tuesday at 04:24. */
async function waiting(practice = quay): Promise<{ desk: TestDesk; booking: Awaited<ReturnType<typeof request>> }> {
  const desk = await openQuay({ practice });
  return { desk, booking: await request(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" }) };
}

describe("an unanswered request", () => {
  test("is nudged at half time and again at 85 %, each in a message of its own", async () => {
    const { desk } = await waiting();
    await desk.advance("2026-03-02T19:59:59+00:00");
    expect(desk.chat("maya")).toHaveLength(1);
    await desk.advance("2026-03-02T20:00:00+00:00");
    expect(desk.chat("maya")).toHaveLength(2);
    expect(wordsOn(desk.newest("maya"))).toContain("reminder");
    expect(desk.chat("ana").map(({ card }) => card.title)).toEqual(["Waiting for an answer"]);
    await desk.advance("2026-03-03T04:24:00+00:00");
    expect(desk.chat("maya")).toHaveLength(3);
    expect(wordsOn(desk.newest("ana"))).toContain("Still waiting");
    expect(desk.chat("ana")).toHaveLength(2);
  });

  test("is mailed to the practitioner after 15 minutes, once (D8.4)", async () => {
    const { desk } = await waiting();
    await desk.advance("2026-03-02T08:14:59+00:00");
    expect((await desk.mails()).filter(({ to }) => to === "maya@quay.example")).toEqual([]);
    await desk.advance("2026-03-02T08:15:00+00:00");
    await desk.advance("2026-03-02T12:00:00+00:00");
    expect((await desk.mails()).filter(({ to }) => to === "maya@quay.example")).toHaveLength(1);
  });

  test("is mailed at once to a practitioner without a chat (D8.4)", async () => {
    const { desk } = await waiting(quay.replace("chat: [{ page: maya }], ", ""));
    expect((await desk.mails()).map(({ to }) => to)).toContain("maya@quay.example");
  });

  test("once answered sends no nudge and no mail, and does not expire", async () => {
    const { desk, booking } = await waiting();
    await desk.press("maya", "Confirm");
    const before = [desk.chat("maya").length, desk.chat("ana").length, (await desk.mails()).length];
    await desk.advance("2026-03-03T08:00:00+00:00");
    expect([desk.chat("maya").length, desk.chat("ana").length, (await desk.mails()).length]).toEqual(before);
    expect((await reread(desk, booking)).status).toBe("confirmed");
  });

  test("after an outage past the deadline only expires, without a nudge", async () => {
    const { desk, booking } = await waiting();
    await desk.advance("2026-03-10T08:00:00+00:00");
    expect((await reread(desk, booking)).status).toBe("expired");
    expect(desk.chat("maya").map(({ card }) => card.title)).toEqual(["Not answered in time"]);
    expect(titleOf(desk, "ana")).toBe("Your request was not answered in time");
    expect((await desk.mails()).map(({ to }) => to)).toEqual(["ana@example.com", "ana@example.com"]);
    expect(rows(desk, "timers")).toEqual([]);
  });

  test("after an outage past both nudges is nudged once", async () => {
    const { desk } = await waiting();
    await desk.advance("2026-03-03T05:00:00+00:00");
    expect(desk.chat("maya")).toHaveLength(2);
    expect(desk.chat("ana")).toHaveLength(2);
  });

  test("after expiry a new attempt begins without the old reminders", async () => {
    const { desk } = await waiting();
    await desk.advance("2026-03-03T05:00:00+00:00");
    await desk.advance("2026-03-03T08:00:00+00:00");
    await desk.press("ana", "Wed 4 Mar, 09:00");
    await desk.press("ana", "Confirm & book");
    expect(titleOf(desk, "ana")).toBe("Waiting for an answer");
    expect(wordsOn(desk.newest("ana"))).not.toContain("Still waiting");
  });
});

test("a service may shorten the hold and the deadline", async () => {
  const own = "confirmation: request, requests: { holdMinutes: 5, respondWithinMinutes: 60 } }\n  - { id: duo";
  const desk = await openQuay({ practice: quay.replace("confirmation: request }\n  - { id: duo", own) });
  await hold(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
  expect(rows(desk, "claims")).toMatchObject([{ expires_at_ms: instant("2026-03-02T08:05Z") }]);
  await desk.press("ana", "Confirm & book");
  expect(rows(desk, "bookings")).toMatchObject([{ respond_by_ms: instant("2026-03-02T09:00Z") }]);
});

describe("the runner", () => {
  test("drops its claim on a timer that was set again meanwhile", async () => {
    const desk = await openQuay();
    await hold(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
    const key = `booking:${rows(desk, "bookings")[0]?.id}:draft-expiry`;
    const later = instant("2026-03-05T08:00Z");
    let taken = false;
    // Between the runner's claim and its action another turn renews the hold, which sets the timer again.
    const store = {
      ...desk.store,
      transaction: async <T>(work: Parameters<typeof desk.store.transaction<T>>[0]): Promise<T> => {
        const result = await desk.store.transaction(work);
        const [booking] = rows(desk, "bookings");
        const inHand = rows(desk, "timers").some((timer) => Number(timer.leased_until_ms) > 0);
        if (!taken && inHand && booking !== undefined) {
          taken = true;
          const timer = {
            key,
            practiceId: "quay",
            kind: "draft-expiry",
            bookingId: String(booking.id),
            dueAtMs: later,
          };
          await desk.store.transaction((books) => books.timers.set(timer));
        }
        return result;
      },
    };
    const clock = { ...desk.clock, now: () => instant("2026-03-03T08:00Z") };
    const runner = startRunner({
      store,
      clock,
      log: openLog({ level: "silent" }),
      metrics: openMetrics(),
      messengers: new Map(),
      mailer: { send: async () => ({ ok: true }) },
      deliver: desk.engine.deliver,
      publicUrl: "",
      drawTab: async () => undefined,
    });
    await runner.idle();
    await runner.stop();
    expect(rows(desk, "bookings")).toHaveLength(1);
    expect(rows(desk, "timers")).toMatchObject([{ kind: "draft-expiry", due_at_ms: later }]);
  });

  test("does not loop over a failing timer", async () => {
    const opened = await openTestStore();
    let looks = 0;
    const timer = {
      key: "booking:bk_gone:hold-expiry",
      practiceId: "quay",
      kind: "hold-expiry",
      bookingId: "x",
      dueAtMs: 0,
    };
    await opened.transaction((books) => books.timers.set(timer));
    const store = {
      ...opened,
      transaction: async <T>(work: Parameters<typeof opened.transaction<T>>[0]): Promise<T> => {
        looks += 1;
        return opened.transaction((books) =>
          work({ ...books, bookings: { ...books.bookings, lock: () => Promise.reject(new Error("planted")) } }),
        );
      },
    };
    const clock = {
      ...processScheduler,
      now: () => 1_000,
      realNow: () => 1_000,
      advance: () => undefined,
      onAdvance: () => () => undefined,
    };
    const runner = startRunner({
      store,
      clock,
      log: openLog({ level: "silent" }),
      metrics: openMetrics(),
      messengers: new Map(),
      mailer: { send: async () => ({ ok: true }) },
      deliver: async () => ({}),
      publicUrl: "",
      drawTab: async () => undefined,
    });
    await runner.idle();
    const after = looks;
    for (let again = 0; again < 20; again++) await runner.idle();
    await runner.stop();
    expect(looks).toBe(after);
    expect(await opened.read.timers.find(timer.key)).toMatchObject({ kind: "hold-expiry" });
  });
});

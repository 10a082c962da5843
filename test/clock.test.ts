import { expect, test, vi } from "vitest";
import { openClock } from "../src/clock.ts";
import { hashToken, newId, newToken } from "../src/ids.ts";
import { frozenClock, instant } from "./support/clock.ts";

test("the desk's clock starts at the given time and runs on; wall time is not affected", () => {
  const before = Date.now();
  const clock = openClock({ startAtMs: instant("2026-03-02T08:00:00Z") });
  const [now, real] = [clock.now(), clock.realNow()];
  const passed = Date.now() - before;
  expect(now - instant("2026-03-02T08:00:00Z")).toBeGreaterThanOrEqual(0);
  expect(now - instant("2026-03-02T08:00:00Z")).toBeLessThanOrEqual(passed);
  expect(real - before).toBeGreaterThanOrEqual(0);
  expect(real - before).toBeLessThanOrEqual(passed);
});

test("without a start time the desk's clock shows wall time", () => {
  const clock = openClock();
  const before = clock.realNow();
  const now = clock.now();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(clock.realNow());
});

test.each([
  ["the running", () => openClock({ startAtMs: instant("2026-03-02T08:00:00Z") })],
  ["the frozen", () => frozenClock("2026-03-02T08:00:00Z")],
])("%s clock advances at once and notifies its listeners until they unsubscribe", (_, open) => {
  const clock = open();
  const listener = vi.fn();
  const stop = clock.onAdvance(listener);
  clock.advance(86_400_000);
  expect(listener).toHaveBeenCalledOnce();
  expect(clock.now()).toBeGreaterThanOrEqual(instant("2026-03-03T08:00:00Z"));
  stop();
  clock.advance(1);
  expect(listener).toHaveBeenCalledOnce();
});

test("ids carry a type prefix, tokens are long, and both are URL-safe", () => {
  expect(newId("bk")).toMatch(/^bk_[A-Za-z0-9_-]{20}$/);
  expect(newToken()).toMatch(/^[A-Za-z0-9_-]{40}$/);
  expect(new Set(Array.from({ length: 1_000 }, () => newId("bk"))).size).toBe(1_000);
  const token = newToken();
  expect(hashToken(token)).toBe(hashToken(token));
  expect(hashToken(token)).not.toContain(token);
});

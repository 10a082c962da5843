import { expect, test } from "vitest";
import { openCircuits } from "../../src/jobs/circuit.ts";
import { frozenClock } from "../support/clock.ts";

const rig = () => {
  const clock = frozenClock("2026-03-02T08:00:00Z");
  const circuits = openCircuits(clock);
  const fail = (...lanes: readonly string[]) => {
    for (const lane of lanes) circuits.failed("mail", lane);
  };
  return { clock, circuits, fail };
};

test("a service that fails for five different lanes gets one probe at a time, with growing waits (R1)", () => {
  const { clock, circuits, fail } = rig();
  fail("a", "b", "c", "d");
  expect(circuits.room("mail", 8, 0)).toBe(8);
  fail("e");
  expect([circuits.room("mail", 8, 0), circuits.waitMs("mail"), circuits.open()]).toEqual([0, 1_000, ["mail"]]);
  clock.advance(1_000);
  expect([circuits.room("mail", 8, 0), circuits.room("mail", 7, 1)]).toEqual([1, 0]);
  fail("a");
  expect(circuits.waitMs("mail")).toBe(2_000);
  for (let n = 0; n < 20; n += 1) fail("a");
  expect(circuits.waitMs("mail")).toBe(30_000);
});

test("any answer closes the circuit at once", () => {
  const { circuits, fail } = rig();
  fail("a", "b", "c", "d", "e");
  circuits.answered("mail");
  expect([circuits.room("mail", 8, 3), circuits.waitMs("mail"), circuits.open()]).toEqual([8, 0, []]);
});

test("one lane that fails again and again opens nothing: its trouble is not the service's", () => {
  const { circuits, fail } = rig();
  for (let n = 0; n < 50; n += 1) fail("a");
  expect(circuits.room("mail", 8, 0)).toBe(8);
});

test("both parts of a platform share a circuit, other services do not; errands have none", () => {
  const { circuits } = rig();
  for (const lane of ["a", "b", "c", "d", "e"]) {
    circuits.failed("slack-background", lane);
    circuits.failed("desk", lane);
  }
  expect([circuits.room("slack", 16, 0), circuits.room("teams", 16, 0), circuits.room("desk", 16, 0)]).toEqual([
    0, 16, 16,
  ]);
});

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openTestDesk } from "../support/desk.ts";
import { everyFlow, movesOf } from "../support/flow-graph.ts";
import { passedThrough } from "../support/place.ts";
import { wander } from "../support/wander.ts";

describe.each(everyFlow)("the machine of $name", (flow) => {
  const states = Object.keys(flow.machine.states);
  const moves = movesOf(flow);
  const final = states.filter((state) => flow.machine.states[state]?.type === "final");

  test("every state can be reached from the first", () => {
    const reached = new Set(moves.map(({ to }) => to));
    expect(states.filter((state) => !reached.has(state))).toEqual([]);
  });

  test("every state has a scene, and every scene a state", () => {
    expect(Object.keys(flow.scenes).sort()).toEqual([...states].sort());
  });

  test("only states of the machine listen, and none that is final", () => {
    const listening = [flow.hears, flow.field, flow.answers].flatMap((by) => Object.keys(by ?? {}));
    expect(listening.filter((state) => !states.includes(state) || final.includes(state))).toEqual([]);
  });

  test("every state that is not final has a way out: to another state, or to another talk", () => {
    const leaves = moves.filter(({ from, to, orders }) => from !== to || orders.length > 0).map(({ from }) => from);
    expect(states.filter((state) => !final.includes(state) && !leaves.includes(state))).toEqual([]);
  });

  test("every command it may order exists, and every command is ordered by some move", () => {
    const ordered = new Set(moves.flatMap(({ orders }) => orders));
    expect([...ordered].sort()).toEqual(Object.keys(flow.commands).sort());
  });
});

describe("people who press everything", () => {
  const walks = [
    { practice: "lisbon", users: ["ana", "maya", "ben", "jonas", "nobody"], steps: 400, seed: 8 },
    { practice: "wide", users: ["una", "ruth", "lou"], steps: 120, seed: 2 },
    { practice: "packages", users: ["ana", "ben", "carl", "maya"], steps: 160, seed: 6 },
    { practice: "empty", users: ["ana", "maya"], steps: 20, seed: 3 },
    { practice: "idle", users: ["ana", "maya"], steps: 30, seed: 4 },
  ];

  test.each(walks)(
    "in the practice $practice find every button taken and every card sound",
    async ({ practice, ...walk }) => {
      const yaml = readFileSync(new URL(`../support/practices/${practice}.yaml`, import.meta.url), "utf8");
      const desk = await openTestDesk({ now: "2026-03-02T08:00+00:00", practice: yaml });
      const { breaches, rested } = await wander(desk, walk);
      expect(breaches).toEqual([]);
      expect(passedThrough.filter((place) => rested.has(place))).toEqual([]);
      // Or the walk says nothing.
      if (practice === "lisbon") expect(rested.size).toBeGreaterThan(20);
    },
  );
});

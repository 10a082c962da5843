import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Flow } from "../../src/conversation/flow.ts";
import { everyFlow } from "../support/flow-graph.ts";

/** What a snapshot in somebody's books depends on. */
interface Shape {
  readonly states: readonly string[];
  readonly events: readonly string[];
  /** Each key with its type, and `?` where it may be absent. */
  readonly context: Readonly<Record<string, string>>;
}

/** A version as it was released; `before` says what becomes of talks of the version before it. */
interface Version extends Shape {
  readonly version: number;
  readonly before?: "migrates" | "restarts politely";
}

const file = new URL("shapes.json", import.meta.url);
const released = JSON.parse(readFileSync(file, "utf8")) as Record<string, Version[]>; // written below
/** With it a version that is new is added; one that was released is never changed. */
const records = process.env.UPDATE_SHAPES === "1";

function shapeOf(flow: Flow): Shape {
  const json = z.toJSONSchema(flow.context) as {
    properties?: Record<string, { type?: string; enum?: readonly string[] }>;
    required?: readonly string[];
  }; // contexts are flat objects
  const context = Object.entries(json.properties ?? {}).map(([key, { type, enum: values }]) => {
    const optional = json.required?.includes(key) === true ? "" : "?";
    return [key, `${values?.join(" | ") ?? type ?? "any"}${optional}`] as const;
  });
  return {
    states: Object.keys(flow.machine.states).sort(),
    events: [...flow.machine.events].sort(),
    context: Object.fromEntries(context.sort(([a], [b]) => a.localeCompare(b))),
  };
}

function versionOf(flow: Flow): Version {
  const earlier = flow.version - 1;
  if (earlier === 0) return { version: 1, ...shapeOf(flow) };
  const migrates = flow.migrate?.[earlier] !== undefined;
  return { version: flow.version, before: migrates ? "migrates" : "restarts politely", ...shapeOf(flow) };
}

describe.each(everyFlow)("the shape of the $name flow", (flow) => {
  const versions = released[flow.name] ?? [];
  const last = versions.at(-1);

  test(`is that of its version ${flow.version}`, () => {
    if (records && last?.version !== flow.version) {
      released[flow.name] = [...versions, versionOf(flow)];
      writeFileSync(file, `${JSON.stringify(released, null, 2)}\n`);
      return;
    }
    const advice =
      last?.version === flow.version
        ? "Talks in the books have the old shape: raise the flow's version, write its migrate step or let them restart, then record it with UPDATE_SHAPES=1 and keep talks of it with KEEP_TALKS=1."
        : "Record the new version with UPDATE_SHAPES=1.";
    expect(last, advice).toEqual(versionOf(flow));
  });

  test("has every version since the first, one after the other", () => {
    expect(versions.map(({ version }) => version)).toEqual(versions.map((_, at) => at + 1));
  });

  test("has a migration for each version that says so, and for no other", () => {
    // Read again, because the test above may have recorded a version.
    const said = (released[flow.name] ?? [])
      .filter(({ before }) => before === "migrates")
      .map(({ version }) => String(version - 1));
    expect(Object.keys(flow.migrate ?? {})).toEqual(said);
  });
});

test("only flows that exist have shapes", () => {
  expect(Object.keys(released).sort()).toEqual(everyFlow.map(({ name }) => name).sort());
});

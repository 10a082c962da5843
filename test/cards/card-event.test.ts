import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CardEvent } from "../../src/cards/card.ts";
import { isCardEvent, sameEvent } from "../../src/cards/card-event.ts";

const json = fc.jsonValue({ maxDepth: 3 });
const event = fc
  .tuple(fc.string(), fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), json))
  .map(([type, fields]): CardEvent => ({ ...fields, type }));

describe("two events", () => {
  test("are equal after a round trip through JSON", () => {
    fc.assert(fc.property(event, (one) => sameEvent(one, JSON.parse(JSON.stringify(one)) as CardEvent)));
  });

  test("are equal where a field is undefined in one and absent in the other", () => {
    const one: CardEvent = { type: "slot.chosen", otherMs: undefined, asked: { times: undefined } };
    expect(sameEvent(one, { type: "slot.chosen", asked: {} })).toBe(true);
    expect(sameEvent({ type: "slot.chosen", asked: {} }, one)).toBe(true);
  });

  test.each<{ why: string; other: CardEvent }>([
    { why: "another type", other: { type: "slot.taken", whom: { anyone: true }, ids: ["a", "b"] } },
    { why: "another nested value", other: { type: "slot.chosen", whom: { anyone: false }, ids: ["a", "b"] } },
    { why: "a missing field", other: { type: "slot.chosen", ids: ["a", "b"] } },
    { why: "an additional field", other: { type: "slot.chosen", whom: { anyone: true }, ids: ["a", "b"], page: 1 } },
    { why: "another order in a list", other: { type: "slot.chosen", whom: { anyone: true }, ids: ["b", "a"] } },
    {
      why: "a list instead of an object",
      other: { type: "slot.chosen", whom: { anyone: true }, ids: { 0: "a", 1: "b" } },
    },
    {
      why: "an inherited field",
      other: { type: "slot.chosen", whom: Object.create({ anyone: true }), ids: ["a", "b"] },
    },
  ])("differ by $why", ({ other }) => {
    const one: CardEvent = { type: "slot.chosen", whom: { anyone: true }, ids: ["a", "b"] };
    expect(sameEvent(one, other)).toBe(false);
    expect(sameEvent(other, one)).toBe(false);
  });
});

describe("a value from outside", () => {
  test("is an event if it has a type and JSON values", () => {
    expect(isCardEvent({ type: "plan.sent", starts: [1, 2], said: { weekdays: ["mon"] }, nothing: null })).toBe(true);
  });

  test.each<{ why: string; value: unknown }>([
    { why: "null", value: null },
    { why: "a text", value: "plan.sent" },
    { why: "a list", value: [{ type: "plan.sent" }] },
    { why: "without a type", value: { kind: "plan.sent" } },
    { why: "with a type that is not a string", value: { type: 1 } },
    { why: "with a function", value: { type: "plan.sent", run: () => 1 } },
    { why: "too long for an event", value: { type: "plan.sent", text: "x".repeat(8000) } },
    { why: "too deep for an event", value: { type: "plan.sent", deep: nested(10_000) } },
  ])("is not an event: $why", ({ value }) => {
    expect(isCardEvent(value)).toBe(false);
  });
});

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { InputElement } from "../../../adapters/teams/adaptive-card.ts";
import { toAdaptiveCard } from "../../../adapters/teams/render.ts";
import { inputKey, optionValue, readPress, valuesOf, withAnswers } from "../../../adapters/teams/values.ts";
import { buttonOf, type Card, type Input } from "../../../src/cards/card.ts";
import { everyPart } from "../../e2e/every-part.ts";

const button = buttonOf();

const asked = (...inputs: Partial<Input>[]): Card => ({
  summary: "A few questions",
  parts: [
    {
      type: "inputs",
      inputs: inputs.map((input, index) => ({
        id: `q${index}`,
        label: `Question ${index}`,
        kind: "short_text",
        required: false,
        ...input,
      })),
      submit: button("Continue", { type: "answers.given" }),
    },
  ],
});
const inputsOf = (card: Card): readonly InputElement[] =>
  toAdaptiveCard(card, { talkId: "tk_1", revision: 1 }).body.filter((element): element is InputElement =>
    element.type.startsWith("Input."),
  );

describe("T15 answers from Teams are parsed strictly", () => {
  test("an empty input is missing, and is read as empty", () => {
    expect(valuesOf({ t: "tk_1", r: 1, e: { type: "answers.given" }, "v.name": "Ana" }, everyPart)).toEqual({
      name: "Ana",
      goal: "",
      diet: "",
      month: "",
      meals: [],
      coffee: "",
      since: "",
      phone: "",
      allergies: "",
      terms: "",
    });
  });

  test("numbers arrive as numbers or strings, toggles as strings or booleans", () => {
    const card = asked({ id: "n", kind: "number" }, { id: "ok", kind: "consent" });
    expect(valuesOf({ "v.n": 2.5, "y.ok": "yes" }, card)).toEqual({ n: "2.5", ok: "yes" });
    expect(valuesOf({ "v.n": "2,5", "y.ok": true }, card)).toEqual({ n: "2,5", ok: "yes" });
    expect(valuesOf({ "v.n": null, "y.ok": "no" }, card)).toEqual({ n: "", ok: "" });
  });

  test("several choices arrive in one text, and an option may contain a comma", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }).filter((each) => each.trim() !== "")), (options) => {
        const card = asked({ id: "meals", kind: "choices", options });
        const data = { "m.meals": options.map(optionValue).join(",") };
        expect(valuesOf(data, card)).toEqual({ meals: options });
        expect(valuesOf(data, undefined)).toEqual({ meals: options });
      }),
    );
  });

  test("an answer to an unknown question is ignored", () => {
    const card = asked({ id: "name" });
    expect(valuesOf({ "v.other": "x", "v.name": { evil: 1 }, __proto__: { "v.name": "y" }, name: "z" }, card)).toEqual({
      name: "",
    });
    expect(valuesOf({ "v.__proto__": "x" }, undefined)).not.toHaveProperty("x");
  });

  test("a question with the name of a button's field does not conflict with it", () => {
    for (const id of ["t", "r", "e"]) expect(["t", "r", "e"]).not.toContain(inputKey({ id, kind: "short_text" }));
  });
});

describe("T15 presses are parsed strictly", () => {
  test("talk, revision and event are read; the answers beside them do not conflict", () => {
    expect(readPress({ t: "tk_1", r: "4", e: { type: "slot.chosen", startsAtMs: 5 }, "v.name": "Ana" })).toEqual({
      talkId: "tk_1",
      revision: 4,
      event: { type: "slot.chosen", startsAtMs: 5 },
    });
  });

  test.each([
    [undefined],
    ["press"],
    [{}],
    [{ t: "tk_1", r: -1, e: { type: "x" } }],
    [{ t: "tk_1", r: 1.5, e: { type: "x" } }],
    [{ t: "tk_1", r: 1, e: {} }],
    [{ t: "tk_1", r: 1, e: { type: "x", deep: [[[[[[[[[1]]]]]]]]] } }],
    [{ t: "t".repeat(201), r: 1, e: { type: "x" } }],
  ])("anything else is no press: %j", (data) => {
    expect(readPress(data)).toBeUndefined();
  });
});

describe("T18 questions", () => {
  test("each has a label, an error text for a missing answer, and a suitable kind of field", () => {
    const fields = inputsOf(everyPart);
    expect(fields.map(({ type, label }) => `${label}: ${type}`)).toEqual([
      "What should we call you?: Input.Text",
      "What would you like to work on?: Input.Text",
      "Do you follow a diet?: Input.ChoiceSet",
      "Which month were you born in?: Input.ChoiceSet",
      "Which meals do you eat?: Input.ChoiceSet",
      "How many coffees a day?: Input.Number",
      "Since when?: Input.Date",
      "Phone: Input.Text",
      "Any allergies?: Input.ChoiceSet",
      "I agree to the house rules.: Input.Toggle",
    ]);
    expect(fields.every(({ errorMessage }) => /^Please .*\.$/.test(errorMessage))).toBe(true);
    expect(fields.filter(({ isRequired }) => isRequired).map(({ id }) => id)).toEqual([
      "v.name",
      "v.goal",
      "c.diet",
      "v.allergies",
      "y.terms",
    ]);
  });

  test("answers and their errors are shown at the question", () => {
    const card = withAnswers(
      asked(
        { id: "goal" },
        { id: "meals", kind: "choices", options: ["Fish, meat", "Eggs"] },
        { id: "n", kind: "number" },
      ),
      { goal: "Sleep", meals: ["Fish, meat"], n: "x" },
      { goal: "Please say a little more." },
    );
    const { body } = toAdaptiveCard(card, { talkId: "tk_1", revision: 1 });
    expect(inputsOf(card).map(({ value }) => value)).toEqual(["Sleep", "Fish%2C meat", undefined]);
    const goal = body.findIndex((element) => "id" in element && element.id === "v.goal");
    expect(body[goal + 1]).toMatchObject({ text: "Please say a little more.", color: "attention" });
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AdaptiveCard, CardAction } from "../../../adapters/teams/adaptive-card.ts";
import { bytesOf, limits } from "../../../adapters/teams/limits.ts";
import { plainFallback } from "../../../adapters/teams/plain-message.ts";
import { toAdaptiveCard } from "../../../adapters/teams/render.ts";
import { readPress } from "../../../adapters/teams/values.ts";
import { type Button, buttonOf, type Card, type CardPart, eventButtons } from "../../../src/cards/card.ts";
import { everyPart } from "../../e2e/every-part.ts";
import { cardFaults } from "../../support/teams/card-checks.ts";
import { cardViolations } from "../../support/teams/card-violations.ts";
import { anyCard } from "./random-card.ts";

const button = buttonOf();

const at = { talkId: "tk_1", revision: 7 };
const drawn = (card: Partial<Card>) => toAdaptiveCard({ summary: "A card", parts: [], ...card }, at);
const actionsOf = (card: AdaptiveCard): readonly CardAction[] =>
  card.body.flatMap((element) => (element.type === "ActionSet" ? element.actions : []));
const titlesOf = (card: AdaptiveCard) => actionsOf(card).map(({ title }) => title);
const textsOf = (card: AdaptiveCard) =>
  card.body.flatMap((element) => (element.type === "TextBlock" ? [element.text] : []));
const press = (label: string, more: Partial<Button> = {}): Button => ({
  ...button(label, { type: "pressed", label }),
  ...more,
});
const choices = (...buttons: Button[]): Extract<CardPart, { type: "buttons" }> => ({
  type: "buttons",
  role: "choices",
  buttons,
});

describe("T18 any card becomes an Adaptive Card 1.5", () => {
  test("without violations of our own rules, of the official schema if present, and below 80 KB", () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const made = toAdaptiveCard(card, at);
        expect(cardViolations(made)).toEqual([]);
        expect(cardFaults(made)).toEqual([]);
        expect(bytesOf(made)).toBeLessThan(limits.messageBytes);
      }),
      { numRuns: 150 },
    );
  });

  test("every part of a card uses the few elements that phones render", () => {
    const made = toAdaptiveCard(everyPart, at);
    expect(cardViolations(made)).toEqual([]);
    expect([...new Set(made.body.map(({ type }) => type))].sort()).toEqual([
      "ActionSet",
      "FactSet",
      "Input.ChoiceSet",
      "Input.Date",
      "Input.Number",
      "Input.Text",
      "Input.Toggle",
      "TextBlock",
    ]);
  });

  test("T5 every button is an Execute that carries talk, revision and event, and nothing more", () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const events = eventButtons(card).map(({ action }) => action.event);
        for (const action of actionsOf(toAdaptiveCard(card, at))) {
          if (action.type === "Action.OpenUrl") continue;
          const read = readPress(JSON.parse(JSON.stringify(action.data)));
          expect(read).toEqual({ talkId: "tk_1", revision: 7, event: action.data.e });
          expect(events).toContainEqual(read?.event);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("T8 the first text makes sense alone: the title, or the summary without one", () => {
    expect(textsOf(drawn({ title: "When suits you?" }))[0]).toBe("When suits you?");
    expect(textsOf(drawn({ parts: [{ type: "text", text: "Hello" }] }))).toEqual(["A card", "Hello"]);
    expect(drawn({ title: "When suits you?" }).fallbackText).toBe("A card");
  });

  test("waiting, good and bad are stated in words; colour only repeats it", () => {
    expect(drawn({ title: "Waiting for an answer", tone: "waiting" }).body[0]).toMatchObject({
      text: "Waiting for an answer",
      color: "warning",
    });
    expect(drawn({ title: "Hello" }).body[0]).not.toHaveProperty("color");
  });

  test("a step and the present choice are stated in words, too", () => {
    const made = drawn({
      title: "When?",
      step: { now: 3, of: 5 },
      parts: [choices(press("Mon 2", { selected: true }))],
    });
    expect(textsOf(made)).toContain("Step 3 of 5");
    expect(titlesOf(made)).toEqual(["Mon 2 (selected)"]);
  });
});

describe("T18 buttons", () => {
  test("with the same label get different titles: the spoken text, the name of their group, a number", () => {
    const made = drawn({
      parts: [
        choices(
          press("Choose", { spoken: "Choose Nutrition follow-up" }),
          press("Choose", { spoken: "Choose First visit" }),
        ),
        { ...choices(press("09:00")), label: "Mon 2 Mar" },
        { ...choices(press("09:00")), label: "Tue 3 Mar" },
        choices(press("Go"), press("Go")),
      ],
    });
    expect(titlesOf(made)).toEqual([
      "Choose Nutrition follow-up",
      "Choose First visit",
      "09:00, Mon 2 Mar",
      "09:00, Tue 3 Mar",
      "Go",
      "Go (2)",
    ]);
  });

  test("are three in a row at most, long titles one below the other", () => {
    const times = ["09:00", "09:30", "10:00", "10:30"].map((label) => press(label));
    const long = ["Nutrition follow-up with Maya", "First visit with Dr Maya Lee"].map((label) => press(label));
    const rows = drawn({ parts: [choices(...times, ...long)] }).body.flatMap((element) =>
      element.type === "ActionSet" ? [element.actions.length] : [],
    );
    expect(rows).toEqual([3, 1, 1, 1]);
  });

  test("open web addresses only; another address gets no button", () => {
    const made = drawn({
      parts: [
        choices(
          press("Join", { action: { url: "https://meet.example/ana" } }),
          press("Pay", { action: { url: "javascript:alert(1)" } }),
        ),
      ],
    });
    expect(actionsOf(made)).toEqual([{ type: "Action.OpenUrl", title: "Join", url: "https://meet.example/ana" }]);
  });

  test("only the submit button sends the answers: an empty field does not block the others", () => {
    const made = toAdaptiveCard(everyPart, at);
    const taking = actionsOf(made).filter(
      (action) => action.type === "Action.Execute" && action.associatedInputs === "auto",
    );
    expect(taking.map(({ title }) => title)).toEqual(["Continue"]);
  });
});

describe("T18 content that does not fit is announced, with the way to it", () => {
  test("choices beyond those shown can be typed", () => {
    const many = Array.from({ length: 75 }, (_, index) => press(`Time ${index + 1}`));
    const made = drawn({ parts: [choices(...many)] });
    expect(titlesOf(made)).toHaveLength(60);
    expect(textsOf(made).at(-1)).toBe("15 more choices, from “Time 61” on: type the one you want, or its number.");
  });

  test("a card that is too large is reduced until it fits, and says so", () => {
    const parts = Array.from({ length: 40 }, () => ({ type: "text" as const, text: "é".repeat(4_000) }));
    const made = drawn({ parts });
    expect(bytesOf(made)).toBeLessThan(limits.messageBytes);
    expect(textsOf(made).some((text) => text.startsWith("The text goes on"))).toBe(true);
  });
});

test("T18 a message without a card has its summary and lines, with at most three suggested actions", () => {
  const said = plainFallback({
    summary: "When suits you?",
    title: "When suits you?",
    parts: [choices(press("Mon"), press("Tue"), press("Wed"), press("Thu"))],
  });
  expect(said.text).toBe("When suits you?\n[Mon] [Tue] [Wed] [Thu]");
  expect(said.suggestedActions?.actions.map(({ value }) => value)).toEqual(["Mon", "Tue", "Wed"]);
  expect(plainFallback({ summary: "Done", parts: [] })).not.toHaveProperty("suggestedActions");
});

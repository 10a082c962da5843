import type { Button, Card, CardPart, Fact } from "../../src/cards/card.ts";
import { teamsCardWords as words } from "../../src/words/teams-cards.ts";
import type { ActionSet, AdaptiveCard, CardAction, CardElement, Colour, TextBlock } from "./adaptive-card.ts";
import { type Amount, amounts, bytesOf, cut, limits } from "./limits.ts";
import { escapeMarkdown, markdownLines } from "./markdown.ts";
import { inputElements } from "./render-inputs.ts";
import { buttonTitles } from "./titles.ts";

/** The talk and revision of a card. Every press sends them back. */
export interface CardPlace {
  readonly talkId: string;
  readonly revision: number;
}

/**
 * Renders a neutral card as an Adaptive Card 1.5 (T8, T18). It never fails, makes button titles unique and stays
 * below the size limit. Omitted content is announced in a line that says how to reach it by typing.
 */
export function toAdaptiveCard(card: Card, at: CardPlace): AdaptiveCard {
  const titles = buttonTitles(card);
  let drawn: AdaptiveCard | undefined;
  for (const amount of amounts) {
    drawn = draw(card, at, titles, amount);
    if (bytesOf(drawn) <= limits.cardBytes) break;
  }
  return drawn ?? draw(card, at, titles, amounts[0]);
}

type Titles = readonly (readonly string[])[];

function draw(card: Card, at: CardPlace, titles: Titles, amount: Amount): AdaptiveCard {
  const shown = card.parts.slice(0, amount.parts);
  return {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.5",
    fallbackText: firstText(card.summary, card.title ?? ""),
    body: [
      ...head(card),
      ...shown.flatMap((part, index) => partElements(part, { card, at, amount, titles: titles[index] ?? [] })),
      ...(shown.length < card.parts.length ? [hint(words.moreParts)] : []),
    ],
  };
}

const colours: Readonly<Record<NonNullable<Card["tone"]>, Colour>> = {
  plain: "default",
  waiting: "warning",
  good: "good",
  bad: "attention",
};

/** The title. It must make sense on its own, because some notifications show nothing else. */
function head({ step, tone = "plain", ...card }: Card): readonly TextBlock[] {
  const colour = colours[tone];
  return [
    {
      type: "TextBlock",
      text: escapeMarkdown(firstText(card.title ?? "", card.summary)),
      wrap: true,
      style: "heading",
      size: "medium",
      weight: "bolder",
      ...(colour === "default" ? {} : { color: colour }),
    },
    ...(step === undefined ? [] : [hint(words.step(step.now, step.of), "none")]),
  ];
}

/** The first of these texts that is not blank, as one line. */
function firstText(...texts: readonly string[]): string {
  const lines = texts.map((text) => text.replace(/[\p{Cc}\s]+/gu, " ").trim());
  return cut(lines.find((line) => line !== "") ?? "…", limits.summary);
}

interface PartPlace {
  readonly card: Card;
  readonly at: CardPlace;
  readonly amount: Amount;
  /** Titles of this part's buttons. */
  readonly titles: readonly string[];
}

function partElements(part: CardPart, place: PartPlace): readonly CardElement[] {
  switch (part.type) {
    case "text":
      return textElements(part.text, place.amount);
    case "hint":
      return small(textElements(part.text, place.amount));
    case "facts":
      return factElements(part.facts, place.amount);
    case "buttons":
      return buttonElements(part, place);
    case "inputs": {
      const asked = part.inputs.slice(0, place.amount.inputs);
      return [
        ...asked.flatMap((input) => inputElements(input, place.amount)),
        ...(asked.length < part.inputs.length ? [hint(words.moreInputs)] : []),
        ...actionSets([toAction({ style: "primary", ...part.submit }, place.titles[0] ?? "…", place.at, "auto")]),
      ];
    }
    default:
      return part satisfies never;
  }
}

/** One TextBlock per line, because some clients render a line break as a space. */
function textElements(text: string, { text: most }: Amount): readonly TextBlock[] {
  const blocks = markdownLines(cut(text, most)).map(
    (line, index): TextBlock => ({
      type: "TextBlock",
      text: line,
      wrap: true,
      ...(index === 0 ? {} : { spacing: "small" }),
    }),
  );
  return text.length <= most ? blocks : [...blocks, hint(words.moreText)];
}

function small(blocks: readonly TextBlock[]): readonly TextBlock[] {
  return blocks.map((block) => ({ ...block, size: "small", isSubtle: true }));
}

function hint(text: string, spacing: "none" | "small" | "default" = "default"): TextBlock {
  const placed = spacing === "default" ? {} : { spacing };
  return { type: "TextBlock", text: escapeMarkdown(text), wrap: true, size: "small", isSubtle: true, ...placed };
}

function factElements(facts: readonly Fact[], amount: Amount): readonly CardElement[] {
  const shown = facts.slice(0, amount.facts);
  const inOne = (text: string) => markdownLines(cut(text, amount.text)).join("\n\n") || "–";
  return [
    ...(shown.length === 0
      ? []
      : [
          {
            type: "FactSet",
            facts: shown.map(({ label, value }) => ({ title: inOne(label), value: inOne(value) })),
          } as const,
        ]),
    ...(shown.length < facts.length ? [hint(words.moreFacts(facts.length - shown.length))] : []),
  ];
}

function buttonElements(part: Extract<CardPart, { type: "buttons" }>, place: PartPlace): readonly CardElement[] {
  const { card, at, amount, titles } = place;
  const named = part.buttons.map((button, index) => ({ button, title: titles[index] ?? "…" }));
  const shown = named
    .slice(0, amount.buttons)
    .filter(({ button: { action } }) => "event" in action || ("url" in action && isWeb(action.url)));
  const left = part.buttons.slice(amount.buttons);
  // A label that repeats the text above it exists for screen readers only.
  const isAbove = part.label === card.title || card.parts.some((one) => one.type === "text" && one.text === part.label);
  return [
    ...(isAbove ? [] : small(textElements(part.label ?? "", amount))),
    ...actionSets(shown.map(({ button, title }) => toAction(button, title, at, "none"))),
    ...moreButtons(part.role, left),
  ];
}

function moreButtons(
  role: "choices" | "switch" | "actions" | "navigation",
  left: readonly Button[],
): readonly TextBlock[] {
  const labels = left.map(({ label }) => cut(label, limits.title));
  const [first] = labels;
  if (first === undefined) return [];
  return [hint(role === "choices" ? words.moreChoices(left.length, first) : words.moreButtons(labels.slice(0, 5)))];
}

function toAction(
  { style, spoken, action }: Button,
  title: string,
  { talkId, revision }: CardPlace,
  associatedInputs: "auto" | "none",
): CardAction {
  const looks = {
    title,
    ...(style === undefined ? {} : { style: style === "primary" ? ("positive" as const) : ("destructive" as const) }),
    ...(spoken === undefined || spoken.trim() === "" ? {} : { tooltip: cut(spoken.trim(), limits.summary) }),
  };
  if ("url" in action) return { type: "Action.OpenUrl", url: new URL(action.url).href, ...looks };
  // A link that was not put in is left out before.
  const data = { t: talkId, r: revision, e: "event" in action ? action.event : { type: "none" } };
  // Buttons that only navigate do not submit inputs, so an empty required field cannot block them.
  return { type: "Action.Execute", verb: "press", data, associatedInputs, ...looks };
}

/** Splits buttons into rows that fit on a narrow phone. Each row is its own ActionSet, because clients hide a set's seventh button. */
function actionSets(actions: readonly CardAction[]): readonly ActionSet[] {
  const rows: CardAction[][] = [];
  let width = 0;
  for (const action of actions) {
    const row = rows.at(-1);
    const fits = width + action.title.length <= limits.rowCharacters - 4 * (row?.length ?? 0);
    if (row !== undefined && row.length < limits.actionsInRow && fits) {
      row.push(action);
      width += action.title.length;
    } else {
      rows.push([action]);
      width = action.title.length;
    }
  }
  return rows.map((row, index) => ({ type: "ActionSet", actions: row, ...(index === 0 ? {} : { spacing: "small" }) }));
}

/** Card URLs are data: only http and https links become buttons, never `javascript:` and the like. */
function isWeb(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

import { type Card, isLive } from "../../src/cards/card.ts";
import { toPlainText } from "../../src/cards/plain.ts";
import { cardWords } from "../../src/words/cards.ts";
import type { Seen } from "./desk.ts";

/** Limits of the most restrictive platform: buttons per message, characters per button. */
const mostButtons = 25;
const longestLabel = 75;
/** Text that results from formatting a missing or wrong value. */
const unspoken = /undefined|null|NaN|\[object|Invalid|\{\w+\}|\$\{/;
/** The random end of a link, which may happen to spell one of these. */
const token = /(?<=\/)[\w-]{22}(?![\w-])/g;

/** Results by card: a chat is judged after every step of a test, and most of its cards stay the same objects. */
const judged = new WeakMap<Card, readonly string[]>();

/** The rule violations of a card; empty for a valid one. */
export function cardBreaches(card: Card): readonly string[] {
  const breaches = judged.get(card) ?? breachesOf(card);
  judged.set(card, breaches);
  return breaches;
}

function breachesOf(card: Card): readonly string[] {
  const buttons = card.parts.flatMap((part) =>
    part.type === "buttons" ? part.buttons : part.type === "inputs" ? [part.submit] : [],
  );
  const labels = buttons.map((button) => button.label);
  const text = toPlainText(card, cardWords);
  const breaches = [
    [card.summary.trim() === "", "it has no summary"],
    [(card.title ?? "").trim() === "", "it has no title"],
    [card.step !== undefined && !(card.step.now >= 1 && card.step.now <= card.step.of), "its step is none"],
    [buttons.length > mostButtons, `it has ${buttons.length} buttons`],
    [
      labels.some((label) => label.trim() === "" || label.length > longestLabel),
      "a button's title is empty or too long",
    ],
    [new Set(labels).size !== labels.length, `two buttons have the same title: ${labels.join(" | ")}`],
    [
      card.parts.some((part) => part.type === "facts" && part.facts.some((fact) => fact.value.trim() === "")),
      "a fact is empty",
    ],
    [card.parts.some((part) => part.type === "buttons" && part.buttons.length === 0), "it has a row without buttons"],
    [unspoken.test(`${card.summary}\n${text}`.replace(token, "")), "something was not put into words"],
  ] as const;
  return breaches.flatMap(([broken, what]) => (broken ? [`${what}:\n${text}`] : []));
}

/** The rule violations of a chat: those of its cards, and talks that can be answered on two cards. */
export function chatBreaches(chat: readonly Seen[]): readonly string[] {
  const live = chat.filter(({ card }) => isLive(card)).map(({ talkId }) => talkId);
  const twice = live.filter((talkId, at) => live.indexOf(talkId) !== at);
  return [
    ...chat.flatMap(({ card }) => cardBreaches(card)),
    ...twice.map((talkId) => `the talk ${talkId} can be answered on two messages`),
  ];
}

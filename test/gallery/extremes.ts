import { type Button, buttonOf, type Card, type Input } from "../../src/cards/card.ts";
import { everyPart } from "../e2e/every-part.ts";
import type { View } from "./views.ts";

const button = buttonOf();

const bookingId = "bk_01jq8m2v7xk4n9t3c5d6e7f8g9";

function times(count: number): Button[] {
  return Array.from({ length: count }, (_, at) => {
    const label = `${String(8 + Math.floor(at / 4)).padStart(2, "0")}:${String((at % 4) * 15).padStart(2, "0")}`;
    return button(label, { type: "slot.chosen", startsAtMs: 1_772_524_800_000 + at * 900_000, who: "maya" });
  });
}

function asking(title: string, text: string, more: Partial<Card> = {}): Card {
  return {
    summary: `${title}: ${text}`,
    title,
    parts: [
      { type: "text", text },
      { type: "facts", facts: [{ label: title, value: text }] },
      { type: "buttons", role: "choices", buttons: [button(title, { type: "request.opened", bookingId })] },
      { type: "hint", text },
    ],
    ...more,
  };
}

const questions: readonly Input[] = Array.from({ length: 50 }, (_, at) => ({
  id: `question-${at + 1}`,
  label: `${at + 1}. ${"What else should your practitioner know before the session? ".repeat(2)}`.slice(0, 150),
  kind: at % 2 === 0 ? "choice" : "long_text",
  required: at % 3 === 0,
  ...(at % 2 === 0 ? { options: Array.from({ length: 12 }, (_, option) => `Answer ${option + 1}`) } : {}),
  help: "As much or as little as you like.",
}));

const hostile =
  'Ana <!channel> <@U0MAYA> <https://evil.example|harbour.example> [Confirm](https://evil.example) & "co" *bold* _it_ `code` <script>alert(1)</script> &lt;!here&gt;';

/** Extreme cards: long, hostile, with many parts, in other scripts. */
export const extremes: readonly View[] = [
  { name: "extreme/everyPart 1", card: everyPart },
  {
    name: "extreme/manyTimes 1",
    card: {
      summary: "Which of these times?",
      title: "Which of these times?",
      parts: [{ type: "buttons", role: "choices", buttons: times(25) }],
    },
  },
  {
    name: "extreme/tooManyTimes 1",
    card: {
      summary: "Which of these times?",
      title: "Which of these times?",
      parts: [{ type: "buttons", role: "choices", buttons: times(96) }],
    },
  },
  { name: "extreme/hostile 1", card: asking(hostile, hostile) },
  { name: "extreme/longNames 1", card: asking("Wilhelmina-Alexandra ".repeat(9), "Nutrition ".repeat(700)) },
  { name: "extreme/oneWord 1", card: asking("x".repeat(300), "y".repeat(9000)) },
  { name: "extreme/emoji 1", card: asking("👩‍👩‍👧‍👦 ".repeat(20), "🧘🏽‍♀️🥑".repeat(600)) },
  {
    name: "extreme/rightToLeft 1",
    card: asking("تأكيد الجلسة مع د. مايا", "مرحبا آنا، موعدك يوم الثلاثاء الساعة 15:00 (لشبونة)"),
  },
  { name: "extreme/entities 1", card: asking("<&>", "<&>".repeat(2500)) },
  { name: "extreme/bare 1", card: { summary: "Just a moment", parts: [] } },
  {
    name: "extreme/manyQuestions 1",
    card: {
      summary: "A few questions",
      title: "A few questions before your very first visit",
      parts: [{ type: "inputs", inputs: questions, submit: button("Continue", { type: "answers.given" }, "primary") }],
    },
  },
  {
    name: "extreme/twoQuestions 1",
    card: {
      summary: "A few questions",
      title: "A few questions",
      parts: [
        {
          type: "inputs",
          inputs: [
            {
              id: "diet",
              label: "Do you follow a diet?",
              kind: "choice",
              required: true,
              options: ["No", "Vegan", "x".repeat(75)],
              error: "Please choose one of these.",
            },
            { id: "phone", label: "Phone", kind: "phone", required: false, value: "+351 912 345 678" },
          ],
          submit: button("Continue", { type: "answers.given" }, "primary"),
        },
      ],
    },
  },
  {
    name: "extreme/manyFacts 1",
    card: {
      summary: "Your sessions",
      title: "Your sessions",
      parts: [
        {
          type: "facts",
          facts: Array.from({ length: 120 }, (_, at) => ({
            label: `Session ${at + 1}`,
            value: "Tue 3 Mar, 15:00–15:50",
          })),
        },
        { type: "buttons", role: "navigation", buttons: [button("Home", { type: "menu.asked" })] },
      ],
    },
  },
];

import type { Button, Card } from "../../src/cards/card.ts";

const button = (label: string, more: Partial<Button> = {}): Button => ({
  label,
  action: { event: { type: "button.pressed", label } },
  ...more,
});

/** One card with every part and every kind of input and button. */
export const everyPart: Card = {
  summary: "Step 3 of 5: a few questions before your first visit",
  title: "A few questions before your first visit",
  step: { now: 3, of: 5 },
  parts: [
    { type: "text", text: "Maya reads your answers before the session.\nNobody else does." },
    {
      type: "facts",
      facts: [
        { label: "When", value: "Tue 3 Mar, 15:00–15:50 (Lisbon)" },
        { label: "Where", value: "Video · https://meet.harbour.example/ana" },
      ],
    },
    {
      type: "buttons",
      role: "choices",
      label: "Day",
      buttons: [button("Mon 2"), button("Tue 3", { selected: true, spoken: "Tuesday 3 March" }), button("Wed 4")],
    },
    {
      type: "inputs",
      inputs: [
        { id: "name", label: "What should we call you?", kind: "short_text", required: true, value: "Ana" },
        {
          id: "goal",
          label: "What would you like to work on?",
          kind: "long_text",
          required: true,
          help: "A sentence will do.",
        },
        {
          id: "diet",
          label: "Do you follow a diet?",
          kind: "choice",
          required: true,
          options: ["No", "Vegetarian", "Vegan", "Other"],
        },
        { id: "month", label: "Which month were you born in?", kind: "choice", required: false, options: months() },
        {
          id: "meals",
          label: "Which meals do you eat?",
          kind: "choices",
          required: false,
          options: ["Breakfast", "Lunch", "Dinner"],
        },
        { id: "coffee", label: "How many coffees a day?", kind: "number", required: false },
        { id: "since", label: "Since when?", kind: "date", required: false },
        { id: "phone", label: "Phone", kind: "phone", required: false },
        { id: "allergies", label: "Any allergies?", kind: "yes_no", required: true },
        { id: "terms", label: "I agree to the house rules.", kind: "consent", required: true },
      ],
      submit: button("Continue"),
    },
    {
      type: "buttons",
      role: "actions",
      buttons: [
        button("Skip for now", { style: "primary" }),
        { label: "Read the house rules", action: { url: "https://harbour.example/rules" } },
        button("Withdraw", { style: "danger" }),
      ],
    },
    { type: "buttons", role: "navigation", buttons: [button("Back"), button("Start over")] },
    { type: "hint", text: "Times are in your zone, Europe/Lisbon." },
  ],
};

/** A question answered by pressing a button. */
export function question(title: string, labels: readonly string[]): Card {
  return {
    summary: title,
    title,
    parts: [{ type: "buttons", role: "choices", buttons: labels.map((label) => button(label)) }],
  };
}

function months(): string[] {
  return ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
}

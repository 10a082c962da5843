import fc from "fast-check";
import type { Card, CardEvent, CardPart, Input } from "../../../src/cards/card.ts";

/** Texts that people and practices may write: markup of every kind, line breaks, other scripts. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(..."*_[]()`~#-+>|!<&;{}\\=\n\r 1.aé👩🏽‍⚕️עש"), maxLength: 40 }),
  fc.constantFrom(
    "*_[x](http://evil.example)",
    "<b>x</b>",
    "&lt;at&gt;",
    "{{DATE(2026-03-02T08:00:00Z,LONG)}}",
    "1. one",
  ),
  fc.string({ minLength: 2_000, maxLength: 6_000 }),
);
/** A text that is not empty. */
const words = text.filter((each) => /[\p{L}\p{N}]/u.test(each));

const event: fc.Arbitrary<CardEvent> = fc
  .tuple(
    fc.string({ minLength: 1, maxLength: 40 }),
    fc.dictionary(fc.string({ maxLength: 20 }), fc.oneof(fc.string({ maxLength: 60 }), fc.integer(), fc.boolean()), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  )
  .map(([type, more]) => ({ ...more, type }));

const button = fc.record(
  {
    label: fc.oneof(words, fc.constantFrom("09:00", "Choose", "Back")),
    spoken: words,
    style: fc.constantFrom("primary" as const, "danger" as const),
    selected: fc.constant(true as const),
    action: fc.oneof(
      { arbitrary: event.map((each) => ({ event: each })), weight: 5 },
      fc.oneof(fc.webUrl(), fc.constant("javascript:alert(1)"), text).map((url) => ({ url })),
    ),
  },
  { requiredKeys: ["label", "action"] },
);

const pressed = button.map((each) => ({ ...each, action: { event: { type: "answers.given" } } }));

const input: fc.Arbitrary<Input> = fc.record(
  {
    id: fc.string({ minLength: 1, maxLength: 20 }),
    label: words,
    kind: fc.constantFrom<Input["kind"]>(
      ...(["short_text", "long_text", "choice", "choices", "number", "date", "phone", "yes_no", "consent"] as const),
    ),
    required: fc.boolean(),
    options: fc.array(words, { maxLength: 12 }),
    help: text,
    value: fc.oneof(text, fc.array(text, { maxLength: 3 })),
    error: text,
  },
  { requiredKeys: ["id", "label", "kind", "required"] },
);

const part: fc.Arbitrary<CardPart> = fc.oneof(
  fc.record({ type: fc.constant("text" as const), text }),
  fc.record({ type: fc.constant("hint" as const), text }),
  fc.record({
    type: fc.constant("facts" as const),
    facts: fc.array(fc.record({ label: text, value: text }), { maxLength: 8 }),
  }),
  fc.record(
    {
      type: fc.constant("buttons" as const),
      role: fc.constantFrom("choices" as const, "switch" as const, "actions" as const, "navigation" as const),
      label: text,
      buttons: fc.array(button, { maxLength: 70 }),
    },
    { requiredKeys: ["type", "role", "buttons"] },
  ),
);

const form: fc.Arbitrary<CardPart> = fc.record({
  type: fc.constant("inputs" as const),
  inputs: fc.uniqueArray(input, { selector: ({ id }) => id, minLength: 1, maxLength: 8 }),
  submit: pressed,
});

/** Any card. */
export const anyCard: fc.Arbitrary<Card> = fc
  .record(
    {
      summary: words,
      title: text,
      tone: fc.constantFrom("plain" as const, "waiting" as const, "good" as const, "bad" as const),
      step: fc.constant({ now: 2, of: 5 }),
      before: fc.array(part, { maxLength: 5 }),
      form: fc.option(form, { nil: undefined }),
      after: fc.array(part, { maxLength: 5 }),
    },
    { requiredKeys: ["summary", "before", "form", "after"] },
  )
  .map(({ before, form: asked, after, ...head }) => ({
    ...head,
    parts: [...before, ...(asked === undefined ? [] : [asked]), ...after],
  }));

import fc from "fast-check";
import type { Button, Card, CardEvent, CardPart, Input } from "../../src/cards/card.ts";

/** Inputs that break renderers: platform commands, markup, other scripts, blank and very long texts. */
const nasty: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.lorem({ maxCount: 12 }) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 80 }) },
  {
    weight: 2,
    arbitrary: fc
      .array(
        fc.constantFrom(
          "<!channel>",
          "<!here|all>",
          "<@U0MAYA>",
          "<#C0DESK>",
          "<https://evil.example|harbour.example>",
          "<http://evil.example>",
          "&lt;!channel&gt;",
          "&",
          "*bold*",
          "_it_",
          "\n",
          "</script><script>",
          "👩‍👩‍👧‍👦",
          "مرحبا",
          " ",
        ),
        { minLength: 1, maxLength: 12 },
      )
      .map((pieces) => pieces.join("")),
  },
  fc.constantFrom("", " ", "\n", "​"),
  fc.tuple(fc.constantFrom("word ", "x", "&", "🥑", "line\n"), fc.nat(4000)).map(([text, times]) => text.repeat(times)),
);

const short = nasty.map((text) => [...text].slice(0, 200).join(""));
const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,39}$/);

/** An event of a button, mostly small. */
export const randomEvent: fc.Arbitrary<CardEvent> = fc
  .tuple(
    fc.stringMatching(/^[a-z]+\.[a-z]+$/),
    fc.dictionary(
      fc.stringMatching(/^[a-z][a-zA-Z]{0,12}$/),
      fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.integer(), fc.boolean()),
      { maxKeys: 5 },
    ),
  )
  .map(([type, rest]) => ({ ...rest, type }));

const bigEvent = fc
  .integer({ min: 1800, max: 2600 })
  .map((length): CardEvent => ({ type: "a.b", id: "y".repeat(length) }));

const randomButton: fc.Arbitrary<Button> = fc.record(
  {
    label: short,
    spoken: short,
    style: fc.constantFrom("primary", "danger"),
    selected: fc.constant(true),
    action: fc.oneof(
      { weight: 6, arbitrary: randomEvent.map((event) => ({ event })) },
      { weight: 1, arbitrary: bigEvent.map((event) => ({ event })) },
      fc.webUrl().map((url) => ({ url })),
      fc.oneof(fc.constant("javascript:alert(1)"), short).map((url) => ({ url })),
    ),
  },
  { requiredKeys: ["label", "action"] },
);

const randomInput: fc.Arbitrary<Input> = fc.record(
  {
    id,
    label: short,
    kind: fc.constantFrom(
      "short_text",
      "long_text",
      "choice",
      "choices",
      "number",
      "date",
      "phone",
      "yes_no",
      "consent",
    ),
    required: fc.boolean(),
    options: fc.array(short, { maxLength: 130 }),
    help: nasty,
    value: fc.oneof(nasty, fc.array(short, { maxLength: 4 }), fc.constantFrom("yes", "2026-02-31", "2026-03-31")),
    error: short,
  },
  { requiredKeys: ["id", "label", "kind", "required"] },
);

function randomPart(inputs: readonly Input[]): fc.Arbitrary<CardPart> {
  return fc.oneof(
    nasty.map((text) => ({ type: "text", text }) as const),
    nasty.map((text) => ({ type: "hint", text }) as const),
    fc
      .array(fc.record({ label: short, value: nasty }), { maxLength: 15 })
      .map((facts) => ({ type: "facts", facts }) as const),
    fc.record(
      {
        type: fc.constant("buttons" as const),
        role: fc.constantFrom("choices", "switch", "actions", "navigation"),
        label: short,
        buttons: fc.array(randomButton, { maxLength: 40 }),
      },
      { requiredKeys: ["type", "role", "buttons"] },
    ),
    randomButton.map((submit) => ({ type: "inputs", inputs: inputs.slice(0, 60), submit }) as const),
  );
}

/** Any valid card, including ones that no flow creates. Input ids are unique, and there is at most one form. */
export const randomCard: fc.Arbitrary<Card> = fc
  .uniqueArray(randomInput, { selector: (input) => input.id, maxLength: 8 })
  .chain((inputs) =>
    fc.record(
      {
        summary: nasty,
        title: nasty,
        tone: fc.constantFrom("plain", "waiting", "good", "bad"),
        step: fc.record({ now: fc.integer({ min: 1, max: 5 }), of: fc.constant(5) }),
        parts: fc.array(randomPart(inputs), { maxLength: 8 }).map(oneForm),
      },
      { requiredKeys: ["summary", "parts"] },
    ),
  );

function oneForm(parts: readonly CardPart[]): readonly CardPart[] {
  const first = parts.findIndex(({ type }) => type === "inputs");
  return parts.filter(({ type }, at) => type !== "inputs" || at === first);
}

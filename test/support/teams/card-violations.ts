import { z } from "zod";
import { bytesOf, limits } from "../../../adapters/teams/limits.ts";

const words = z.string().regex(/\S/, "is empty");
const placed = {
  spacing: z.enum(["none", "small", "default", "medium", "large"]).optional(),
  separator: z.literal(true).optional(),
};

const textBlock = z.strictObject({
  ...placed,
  type: z.literal("TextBlock"),
  text: words,
  wrap: z.literal(true, "a text must wrap"),
  style: z.literal("heading").optional(),
  size: z.enum(["small", "default", "medium", "large"]).optional(),
  weight: z.enum(["default", "bolder"]).optional(),
  color: z.enum(["default", "good", "attention", "warning"]).optional(),
  isSubtle: z.literal(true).optional(),
});

const factSet = z.strictObject({
  ...placed,
  type: z.literal("FactSet"),
  facts: z.array(z.strictObject({ title: words, value: words })).min(1),
});

const column = z.strictObject({
  type: z.literal("Column"),
  width: z.enum(["stretch", "auto"]),
  items: z.array(textBlock).min(1),
});

const columnSet = z.strictObject({ ...placed, type: z.literal("ColumnSet"), columns: z.tuple([column, column]) });

const titled = {
  title: words.max(limits.title),
  style: z.enum(["positive", "destructive"]).optional(),
  tooltip: words.optional(),
};

const execute = z.strictObject({
  ...titled,
  type: z.literal("Action.Execute"),
  verb: z.literal("press"),
  associatedInputs: z.enum(["auto", "none"]),
  data: z.strictObject({
    t: words,
    r: z.int().min(0),
    e: z.object({ type: z.string().min(1) }).catchall(z.json()),
  }),
});

const openUrl = z.strictObject({
  ...titled,
  type: z.literal("Action.OpenUrl"),
  url: z.url({ protocol: /^https?$/ }),
});

const actionSet = z.strictObject({
  ...placed,
  type: z.literal("ActionSet"),
  actions: z
    .array(z.discriminatedUnion("type", [execute, openUrl]))
    .min(1)
    .max(limits.actionsInRow, `more than ${limits.actionsInRow} actions in a row`),
});

const asked = {
  ...placed,
  id: words,
  label: words,
  isRequired: z.literal(true).optional(),
  errorMessage: words,
};

const inputs = [
  z.strictObject({
    ...asked,
    type: z.literal("Input.Text"),
    isMultiline: z.literal(true).optional(),
    style: z.literal("tel").optional(),
    value: z.string().optional(),
  }),
  z.strictObject({ ...asked, type: z.literal("Input.Number"), value: z.number().optional() }),
  z.strictObject({
    ...asked,
    type: z.literal("Input.Date"),
    value: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .optional(),
  }),
  z.strictObject({
    ...asked,
    type: z.literal("Input.Toggle"),
    title: words,
    wrap: z.literal(true),
    valueOn: words,
    valueOff: words,
    value: z.string().optional(),
  }),
  z.strictObject({
    ...asked,
    type: z.literal("Input.ChoiceSet"),
    style: z.enum(["compact", "expanded"]),
    isMultiSelect: z.literal(true).optional(),
    wrap: z.literal(true),
    placeholder: words.optional(),
    choices: z.array(z.strictObject({ title: words, value: words })).min(1),
    value: z.string().optional(),
  }),
] as const;

const cardShape = z.strictObject({
  type: z.literal("AdaptiveCard"),
  $schema: z.literal("http://adaptivecards.io/schemas/adaptive-card.json"),
  version: z.literal("1.5"),
  fallbackText: words,
  body: z.array(z.discriminatedUnion("type", [textBlock, factSet, columnSet, actionSet, ...inputs])).min(1),
});

/**
 * The rule violations of a rendered card, one line each; empty for a valid card. Checks the subset of elements that the
 * desk uses, the limits, and T18: a first text that makes sense alone, unique titles and ids, no HTML.
 */
export function cardViolations(card: unknown): readonly string[] {
  const read = cardShape.safeParse(card);
  if (!read.success) return read.error.issues.map(({ path, message }) => `${path.join(".") || "card"}: ${message}`);
  const { body } = read.data;
  const bytes = bytesOf(card);
  const actions = body.flatMap((element) => (element.type === "ActionSet" ? element.actions : []));
  const ids = body.flatMap((element) => ("id" in element ? [element.id] : []));
  const submits = actions.filter((action) => action.type === "Action.Execute" && action.associatedInputs === "auto");
  const texts = body.flatMap((element) =>
    element.type === "TextBlock"
      ? [element.text]
      : element.type === "FactSet"
        ? element.facts.map((one) => one.value)
        : [],
  );
  return [
    ...(body[0]?.type === "TextBlock" ? [] : ["the card does not begin with a text"]),
    ...(bytes <= limits.cardBytes ? [] : [`the card has ${bytes} bytes`]),
    ...twice(actions.map(({ title }) => title)).map((title) => `two buttons are called “${title}”`),
    ...twice(ids).map((id) => `two inputs have the id ${id}`),
    ...(ids.length > 0 && submits.length === 0 ? ["nothing submits the inputs"] : []),
    ...texts.filter((text) => /(?<!\\)<|(?<!\\)\[[^\]]*\]\(/.test(text)).map((text) => `markup in “${text}”`),
  ];
}

function twice(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
}

import { expect, test } from "vitest";
import { inputBlock } from "../../../adapters/slack/input-blocks.ts";
import { escapeMrkdwn, unescapeMrkdwn } from "../../../adapters/slack/mrkdwn.ts";
import { valuesOf } from "../../../adapters/slack/values.ts";
import type { Input } from "../../../src/cards/card.ts";
import { decideAnswer } from "../../../src/domain/form.ts";

interface Field {
  readonly type: string;
  readonly action_id?: string;
  readonly options?: readonly { readonly value?: string }[];
}

/** The state that Slack sends for a field with this value. */
function stateOf(input: Input, filled: (field: Field) => object): unknown {
  const block = inputBlock(input);
  const field = (block?.element ?? { type: "" }) as Field; // from our own renderer
  return { values: { [block?.block_id ?? ""]: { [field.action_id ?? ""]: { type: field.type, ...filled(field) } } } };
}

const options = ["No", "Vegetarian", "Vegan"];
const months = Array.from({ length: 12 }, (_, month) => `Month ${month + 1}`);
const option = (at: number) => (field: Field) => ({ selected_option: field.options?.[at] });
const several =
  (...places: readonly number[]) =>
  (field: Field) => ({ selected_options: places.map((at) => field.options?.[at]) });

test.each<[Input["kind"], readonly string[] | undefined, (field: Field) => object, string | readonly string[]]>([
  ["short_text", undefined, () => ({ value: "Less <b> & more" }), "Less <b> & more"],
  ["short_text", undefined, () => ({ value: null }), ""],
  ["long_text", undefined, () => ({ value: "One\ntwo" }), "One\ntwo"],
  ["number", undefined, () => ({ value: "42" }), "42"],
  ["phone", undefined, () => ({ value: "+351 912 345 678" }), "+351 912 345 678"],
  ["date", undefined, () => ({ selected_date: "2026-03-31" }), "2026-03-31"],
  ["date", undefined, () => ({ selected_date: null }), ""],
  ["yes_no", undefined, option(0), "yes"],
  ["yes_no", undefined, option(1), "no"],
  ["yes_no", undefined, () => ({ selected_option: null }), ""],
  ["consent", undefined, several(0), "yes"],
  ["consent", undefined, several(), ""],
  ["choice", options, option(2), "Vegan"],
  ["choice", months, option(11), "Month 12"],
  ["choices", options, several(0, 2), ["No", "Vegan"]],
  ["choices", months, several(1, 3), ["Month 2", "Month 4"]],
  ["choices", options, several(), []],
])("an answer of kind %s is read back in the desk's form", (kind, given, filled, expected) => {
  const input: Input = {
    id: "q",
    label: "?",
    kind,
    required: false,
    ...(given === undefined ? {} : { options: given }),
  };
  const { q } = valuesOf(stateOf(input, filled));
  expect(q).toEqual(expected);
  const question = {
    id: "q",
    label: "?",
    type: kind,
    required: false,
    sensitive: false,
    askOnce: false,
    options: given,
  };
  expect(decideAnswer(question as Parameters<typeof decideAnswer>[0], q).ok).toBe(true); // only the relevant fields are given
});

test.each([
  undefined,
  null,
  "x",
  {},
  { values: 7 },
  { values: { "in:q": { other: { value: "x" } } } },
  { values: { b: {} } },
])("unknown state is ignored: %j", (state) => {
  expect(valuesOf(state)).toEqual({});
});

test.each([
  ["Tuesday &amp; Thursday &lt;3", "Tuesday & Thursday <3"],
  ["mail <mailto:ana@example.com|ana@example.com> please", "mail ana@example.com please"],
  ["see <https://harbour.example/a?b=1&amp;c=2>", "see https://harbour.example/a?b=1&c=2"],
  ["see <http://harbour.example|harbour.example>", "see harbour.example"],
  ["see <https://evil.example|my notes>", "see https://evil.example"],
  ["with <@U0MAYA> in <#C1|general>", "with @U0MAYA in #general"],
  ["<!here> now", "@here now"],
  ["call <tel:+351912345678|+351 912 345 678>", "call +351 912 345 678"],
  ["&amp;lt;", "&lt;"],
  ["a < b", "a < b"],
])("typed text arrives unchanged: %s (S21)", (arrived, typed) => {
  expect(unescapeMrkdwn(arrived)).toBe(typed);
});

test("escaped text is read back unchanged", () => {
  expect(unescapeMrkdwn(escapeMrkdwn("<!channel> & <@U1> &lt;"))).toBe("<!channel> & <@U1> &lt;");
});

test("an optional question is marked once: Slack adds the mark to the label itself", () => {
  const labelOf = (label: string, required: boolean) =>
    inputBlock({ id: "reason", label, kind: "long_text", required })?.label.text;
  expect(labelOf("Reason (optional)", false)).toBe("Reason");
  expect(labelOf("Reason (optional)", true)).toBe("Reason (optional)");
  expect(labelOf("Reason", false)).toBe("Reason");
  expect(labelOf("(optional)", false)).toBe("(optional)");
});

import { describe, expect, test } from "vitest";
import { decideAnswer } from "../../../src/domain/form.ts";
import type { QuestionType } from "../../../src/domain/practice.ts";
import { readField } from "../../../src/language/fields.ts";

type Rows = readonly (readonly [type: QuestionType, text: string, locale: string, value: string])[];

const values: Rows = [
  ["phone", "(555) 010-2030", "en-US", "555-010-2030"],
  ["phone", "555-010-2030 ext. 45", "en-US", "555-010-2030 ext. 45"],
  ["phone", "0351/123456", "de-DE", "0351 123456"],
  ["phone", "+44 20‑7946‑0000", "en-GB", "+44 20 7946 0000"],
  ["phone", "my number is 020 7946 0000", "en-GB", "020-7946-0000"],
  ["date", "29/02/1980", "en-GB", "1980-02-29"],
  ["date", "29 Feb 1980", "en-GB", "1980-02-29"],
  ["date", "Feb 29, 1980", "en-US", "1980-02-29"],
  ["date", "02/03/1980", "en-US", "1980-02-03"],
  ["date", "02/03/1980", "en-GB", "1980-03-02"],
  ["date", "1980-02-29", "en-US", "1980-02-29"],
  ["number", "1,200", "en-US", "1200"],
  ["number", "1,234.5", "en-GB", "1234.5"],
  ["number", "70 kg", "en-GB", "70"],
  ["number", "about 70,5 kg", "de-DE", "70.5"],
  ["number", "-3", "en-GB", "-3"],
  ["yes_no", "Yes, I do", "en-GB", "yes"],
  ["yes_no", "not really", "en-GB", "no"],
];

describe("answers typed into fields", () => {
  test.each(values)("D5.1: a %s typed as %s in %s", (type, text, locale, value) => {
    expect(readField(type, text, { locale })).toEqual({ is: "value", value });
    const question = { id: "q", label: "Q", type, required: true, sensitive: false, askOnce: false };
    expect(decideAnswer(question, value)).toEqual({ ok: true, value });
  });

  const unread: readonly (readonly [QuestionType, string])[] = [
    ["phone", "my back hurts"],
    ["phone", "12"],
    ["date", "31/02/1980"],
    ["date", "last summer"],
    ["number", "a lot"],
    ["yes_no", "it depends"],
  ];
  test.each(unread)("D5.1: a %s cannot be read from %s", (type, text) => {
    expect(readField(type, text, { locale: "en-GB" })).toEqual({ is: "unread" });
  });

  test("D5.1: one mark before three digits is asked where it may be the decimal mark", () => {
    expect(readField("number", "1,200", { locale: "de-DE" })).toEqual({ is: "unclear", values: ["1.200", "1200"] });
  });

  test.each(["skip", "none", "I'd rather not say", "i’d prefer not to answer", "n/a"])("W4: %s skips", (text) => {
    expect(readField("long_text", text, { locale: "en-GB" })).toEqual({ is: "skipped" });
  });

  test("W4: an option that reads like a skip is an answer", () => {
    const field = readField("choice", "None", { locale: "en-GB", options: ["None", "Vegan"] });
    expect(field).toEqual({ is: "value", value: "None" });
  });

  test.each<[text: string, value: string]>([
    ["I am not really on a diet", "No"],
    ["no diet", "No"],
    ["not sure", "not sure"],
    ["I'm not really sure", "I'm not really sure"],
    ["I don't know", "I don't know"],
    ["no idea", "no idea"],
    ["can't say", "can't say"],
  ])("D5.1: a refusal chooses “No”, indecision does not: %s", (text, value) => {
    const field = readField("choice", text, { locale: "en-GB", options: ["No", "Vegan"] });
    expect(field).toEqual({ is: "value", value });
  });
});

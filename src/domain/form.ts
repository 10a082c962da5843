import { isDate } from "./local-date.ts";
import type { Question } from "./practice.ts";

/** An answer: one text, or several choices. */
export type AnswerValue = string | readonly string[];

export type AnswerRefusal =
  | { readonly refusal: "required" }
  | { readonly refusal: "not-an-option"; readonly options: readonly string[] }
  | { readonly refusal: "not-a-number" }
  | { readonly refusal: "not-a-date" }
  | { readonly refusal: "not-a-phone" }
  | { readonly refusal: "not-yes-or-no" }
  | { readonly refusal: "too-long"; readonly most: number };

export type AnswerDecision =
  | { readonly ok: true; readonly value: AnswerValue }
  | ({ readonly ok: false } & AnswerRefusal);

const longest = { short_text: 300, long_text: 3000, number: 30, date: 10, phone: 40 } as const;

/** Validates an answer and returns its stored form (D5.1); a blank answer to an optional question is stored as "". */
export function decideAnswer(question: Question, given: AnswerValue | undefined): AnswerDecision {
  const texts = (given === undefined ? [] : typeof given === "string" ? [given] : given).map((text) => text.trim());
  const filled = texts.filter((text) => text !== "");
  if (filled.length === 0) return question.required ? { ok: false, refusal: "required" } : { ok: true, value: "" };
  const [first = ""] = filled;
  switch (question.type) {
    case "short_text":
    case "long_text": {
      const most = longest[question.type];
      return [...first].length > most ? { ok: false, refusal: "too-long", most } : { ok: true, value: first };
    }
    case "number":
      return /^[+-]?\d+([.,]\d+)?$/.test(first) && first.length <= longest.number
        ? { ok: true, value: first.replace(",", ".") }
        : { ok: false, refusal: "not-a-number" };
    case "date":
      return isDate(first) ? { ok: true, value: first } : { ok: false, refusal: "not-a-date" };
    case "phone":
      return isPhone(first) ? { ok: true, value: first } : { ok: false, refusal: "not-a-phone" };
    case "yes_no": {
      const said = first.toLowerCase();
      if (["yes", "y"].includes(said)) return { ok: true, value: "yes" };
      if (["no", "n"].includes(said)) return { ok: true, value: "no" };
      return { ok: false, refusal: "not-yes-or-no" };
    }
    case "consent": {
      const said = first.toLowerCase();
      if (["yes", "y", "i agree", "agree", "ok"].includes(said)) return { ok: true, value: "yes" };
      return question.required ? { ok: false, refusal: "required" } : { ok: true, value: "" };
    }
    case "choice": {
      const chosen = optionOf(question, first);
      return chosen === undefined ? notAnOption(question) : { ok: true, value: chosen };
    }
    case "choices": {
      // A typed answer arrives as one text: "Vegan, Other".
      const chosen = (
        filled.length === 1 && optionOf(question, first) === undefined ? first.split(/,| and /) : filled
      ).map((text) => optionOf(question, text.trim()));
      return chosen.includes(undefined)
        ? notAnOption(question)
        : { ok: true, value: [...new Set(chosen.filter((option) => option !== undefined))] };
    }
    default:
      return question.type satisfies never;
  }
}

function notAnOption(question: Question): AnswerDecision {
  return { ok: false, refusal: "not-an-option", options: question.options ?? [] };
}

/** The option a text names, by its words in any case or by its number in the list. */
function optionOf(question: Question, text: string): string | undefined {
  const options = question.options ?? [];
  const said = text.toLowerCase().replace(/[.)]$/, "");
  return (
    options.find((option) => option.toLowerCase() === said) ??
    (/^\d+$/.test(said) ? options[Number(said) - 1] : undefined)
  );
}

function isPhone(text: string): boolean {
  const [number = "", ...extension] = text.split(" ext. ");
  const digits = number.replace(/\D/g, "");
  if (extension.length > 1 || !extension.every((one) => /^\d{1,6}$/.test(one))) return false;
  return /^[+\d][\d\s().-]*$/.test(number) && digits.length >= 5 && digits.length <= 15 && text.length <= longest.phone;
}

/**
 * The visible questions, given the answers: a hidden question is neither asked nor required (D5.1), and a question that
 * depends on a hidden one is hidden. Conditions refer to earlier questions of the form.
 */
export function questionsToAsk(
  questions: readonly Question[],
  answers: Readonly<Record<string, AnswerValue>>,
): readonly Question[] {
  const asked = new Map<string, Question>();
  for (const question of questions) {
    const { shownIf } = question;
    const isAsked = shownIf === undefined || (asked.has(shownIf.question) && isAnsweredSo(answers, shownIf));
    if (isAsked) asked.set(question.id, question);
  }
  return [...asked.values()];
}

function isAnsweredSo(
  answers: Readonly<Record<string, AnswerValue>>,
  { question, is }: { readonly question: string; readonly is: string },
): boolean {
  return [answerTo(answers, question) ?? []].flat().includes(is);
}

/** The answer to a question; own properties only, because its id may be `constructor`. */
export function answerTo(answers: Readonly<Record<string, AnswerValue>>, questionId: string): AnswerValue | undefined {
  return Object.hasOwn(answers, questionId) ? answers[questionId] : undefined;
}

/** Whether an answer is blank. */
export function isBlank(value: AnswerValue): boolean {
  return [value].flat().every((text) => text.trim() === "");
}

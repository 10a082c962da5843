import type { AnswerRefusal } from "../domain/form.ts";

/** Why an answer was not taken, and what would be. */
export function answerProblem(label: string, problem: AnswerRefusal): string {
  switch (problem.refusal) {
    case "required":
      return `Please answer “${label}”.`;
    case "not-an-option":
      return `Please choose from: ${problem.options.join(", ")}.`;
    case "not-a-number":
      return `“${label}” needs a number, such as 42.`;
    case "not-a-date":
      return `“${label}” needs a date, such as 2026-03-31.`;
    case "not-a-phone":
      return `“${label}” needs a phone number, such as +351 912 345 678.`;
    case "not-yes-or-no":
      return `Please answer “${label}” with yes or no.`;
    case "too-long":
      return `“${label}” takes ${problem.most} characters at the most.`;
    default:
      return problem satisfies never;
  }
}

import type { QuestionType } from "../domain/practice.ts";
import { type Draft, present, unreadable } from "./draft.ts";
import { isId } from "./fields.ts";
import { type FilePath, type Finding, orList, quote } from "./mistake.ts";
import { didYouMean } from "./near-miss.ts";
import { repeatedFindings } from "./repeated.ts";

type Form = NonNullable<NonNullable<Draft["forms"]>[number]>;
type Question = NonNullable<NonNullable<Form["questions"]>[number]>;

/** Questions with inconsistent options or conditions. */
export function formFindings(draft: Draft): Finding[] {
  return present(draft.forms).flatMap(([at, { questions }]) => {
    const path = ["forms", at, "questions"];
    const all = present(questions);
    const ids = all.map(([position, { id }]) => [[...path, position, "id"], id] as const);
    return [
      ...repeatedFindings(ids, "id"),
      ...all.flatMap(([position, question]) => optionFindings([...path, position], question)),
      ...all.flatMap(([position, question], index) =>
        conditionFindings(
          [...path, position, "shownIf"],
          question,
          all.slice(0, index).map(([, earlier]) => earlier),
        ),
      ),
    ];
  });
}

function optionFindings(path: FilePath, question: Question): Finding[] {
  const { type, options } = question;
  if (type === undefined || unreadable(question, "options")) return [];
  const offers = type === "choice" || type === "choices";
  if (offers && options === undefined) {
    return [
      {
        path: [...path, "options"],
        problem: `is missing, though the type is ${type}`,
        allowed: "a list of 2 to 100 entries",
      },
    ];
  }
  if (!offers && options !== undefined) {
    return [
      {
        path: [...path, "options"],
        problem: `is not for the type ${type}`,
        allowed: "options for choice and choices only",
      },
    ];
  }
  // Typed answers ignore letter case.
  const texts = present(options).map(
    ([at, option]) => [[...path, "options", at], option.trim().toLowerCase()] as const,
  );
  return repeatedFindings(texts, "option");
}

function conditionFindings(path: FilePath, { shownIf }: Question, earlier: readonly Question[]): Finding[] {
  if (shownIf?.question === undefined) return [];
  const source = earlier.find(({ id }) => id === shownIf.question);
  if (source === undefined) {
    const ids = earlier.flatMap(({ id }) => (id !== undefined && isId(id) ? id : []));
    const problem = `${quote(shownIf.question)} is no earlier question of this form${didYouMean(shownIf.question, ids)}`;
    return [
      {
        path: [...path, "question"],
        problem,
        allowed: ids.length === 0 ? "no shownIf, because the first question is always shown" : orList(ids),
      },
    ];
  }
  if (source.type === undefined || unreadable(source, "options")) return [];
  const answers = possibleAnswers(source);
  if (answers === undefined) {
    const problem = `${quote(shownIf.question)} is answered freely (${source.type})`;
    return [
      {
        path: [...path, "question"],
        problem,
        allowed: "an earlier question of the type choice, choices, yes_no or consent",
      },
    ];
  }
  const { is } = shownIf;
  if (is === undefined || answers.length === 0 || answers.includes(answerWritten(source.type, is))) return [];
  const problem = `${quote(is)} is no answer of ${quote(shownIf.question)}${didYouMean(is, answers)}`;
  return [{ path: [...path, "is"], problem, allowed: orList(answers) }];
}

/** The possible answers of a question as `shownIf.is` writes them; undefined: any. */
function possibleAnswers({ type, options }: Question): string[] | undefined {
  if (type === "choice" || type === "choices") return present(options).map(([, option]) => option.trim());
  if (type === "yes_no") return ["yes", "no"];
  return type === "consent" ? ["yes"] : undefined;
}

/** The stored form of the answer in `shownIf.is`: options verbatim, yes and no in lower case. */
export function answerWritten(type: QuestionType, is: string): string {
  return type === "yes_no" || type === "consent" ? is.trim().toLowerCase() : is.trim();
}

import { buttonOf, type Card, type CardPart, type Input } from "../../src/cards/card.ts";
import { linkAction } from "../../src/cards/secret.ts";
import { answerTo } from "../../src/domain/form.ts";
import type { Question } from "../../src/domain/practice.ts";
import { given } from "../../src/given.ts";
import { bookWords } from "../../src/words/book.ts";
import type { BookEvent } from "./events.ts";
import type { answeringFormFacts } from "./facts.ts";
import { wayOut } from "./ways.ts";

const button = buttonOf<BookEvent>();

type FormFacts = Awaited<ReturnType<typeof answeringFormFacts>>;

/**
 * The booking form. Questions are inline. Sensitive ones are on the private page if the chat must not carry them
 * (D5.2).
 */
export function answeringFormView(facts: FormFacts): Card<BookEvent> {
  const here = facts.questions.filter((question) => facts.inline || !question.sensitive);
  const elsewhere = facts.questions.filter((question) => !facts.inline && question.sensitive);
  const next = here.find((question) => !facts.answered.has(question.id));
  return {
    summary: bookWords.formTitle,
    title: bookWords.formTitle,
    step: facts.progress,
    parts: [
      ...privatePart(facts, elsewhere),
      ...(here.length === 0
        ? []
        : [
            {
              type: "inputs",
              inputs: here.map((question) => inputOf(question, facts)),
              submit: button(bookWords.continueOn, { type: "answers.given" }, "primary"),
            } as const,
          ]),
      ...(next === undefined
        ? []
        : [
            {
              type: "hint",
              text: next.required ? bookWords.typeAnswer(next.label) : bookWords.typeAnswerOrSkip(next.label),
            } as const,
          ]),
      wayOut,
    ],
    ...(here.some((question) => question.sensitive) ? { privateReply: true as const } : {}),
  };
}

function privatePart(facts: FormFacts, questions: readonly Question[]): CardPart<BookEvent>[] {
  if (questions.length === 0) return [];
  if (questions.every((question) => facts.answered.has(question.id)))
    return [{ type: "text", text: bookWords.formPrivateDone }];
  return [
    { type: "text", text: bookWords.formPrivate(questions.length) },
    {
      type: "buttons",
      role: "actions",
      buttons: [
        ...(facts.link === undefined
          ? []
          : [{ label: bookWords.openPrivateForm, style: "primary" as const, action: linkAction("form", facts.link) }]),
        button(bookWords.newLink, { type: "form.reopened" }),
      ],
    },
    { type: "hint", text: bookWords.linkLasts },
  ];
}

/** A question as an input. For a sensitive one the card only shows that it was answered. */
function inputOf(question: Question, { plain, answered }: FormFacts): Input {
  const value = answerTo(plain, question.id);
  const help = question.sensitive && answered.has(question.id) ? bookWords.answered : question.help;
  return {
    id: question.id,
    label: question.label,
    kind: question.type,
    required: question.required && !(question.sensitive && answered.has(question.id)),
    ...given({ options: question.options, help, value }),
  };
}

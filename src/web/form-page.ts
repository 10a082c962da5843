import type { Input, InputValues } from "../cards/card.ts";
import type { CrisisHelp } from "../domain/crisis.ts";
import { crisisWords, helpFacts, helpLead } from "../words/crisis.ts";
import { contactWords } from "../words/people.ts";
import { anchorOf, fieldFor } from "./form-fields.ts";
import { type Html, html } from "./html.ts";

/** A form to fill in: the practice, a title and the questions. */
export interface OpenForm {
  readonly title: string;
  readonly practice: string;
  readonly questions: readonly Input[];
  /** Shown with the answer to a form in which distress is read (W11). */
  readonly crisis: CrisisHelp;
}

/** Why a form cannot be filled in. */
export type ClosedForm = "used" | "expired" | "unknown";

/** A page's title and body. */
export interface Page {
  readonly title: string;
  readonly body: Html;
}

/** Values and errors to show when the form is displayed again. */
export interface FormTry {
  readonly given: InputValues;
  /** By input id. */
  readonly errors: Readonly<Record<string, string>>;
  /** Why nothing was saved, if the cause is not the answers. */
  readonly trouble?: string;
  /** Emergency help, if distress was read in the answers. */
  readonly crisis?: CrisisHelp;
}

/** The form page. The form posts to its own URL and keeps the given values. */
export function formPage(form: OpenForm, attempt: FormTry = { given: {}, errors: {} }): Page {
  const errorOf = (input: Input) => (Object.hasOwn(attempt.errors, input.id) ? attempt.errors[input.id] : input.error);
  const failed = Object.keys(attempt.errors).length > 0 || attempt.trouble !== undefined;
  const lines = form.questions.flatMap((input) => {
    const error = errorOf(input);
    return error === undefined
      ? []
      : [
          html`<li><a href="#${anchorOf(input)}">${input.label}</a>: ${error}</li>
`,
        ];
  });
  return {
    title: `${failed ? "Not sent yet: " : ""}${form.title} – ${form.practice}`,
    body: html`<p class="practice">${form.practice}</p>
<h1>${form.title}</h1>
${
  attempt.crisis &&
  html`<section aria-labelledby="crisis">
<h2 id="crisis">${crisisWords.title}</h2>
${crisisLines(attempt.crisis)}</section>
`
}${failed ? summary(attempt.trouble, lines) : undefined}<p class="help">Your answers are encrypted and shown only to your practitioner.</p>
<form method="post" novalidate>
${form.questions.map((input) => fieldFor(input, attempt.given, errorOf(input)))}<button type="submit">Send answers</button>
</form>`,
  };
}

function summary(trouble: string | undefined, lines: readonly Html[]): Html {
  return html`<div class="summary" role="alert" tabindex="-1" autofocus>
<h2>${trouble ?? "Please check these answers"}</h2>
<ul>
${lines}</ul>
</div>
`;
}

/** Whom to call, and what happened to the answers (W11). */
function crisisLines(help: CrisisHelp): Html {
  const numbers = helpFacts(help).map(
    ({ label, value }) => html`<dt>${label}</dt><dd><strong>${value}</strong></dd>
`,
  );
  return html`<p>${crisisWords.program}</p>
<p>${helpLead(help)}</p>
${numbers.length === 0 ? undefined : html`<dl>${numbers}</dl>`}
${help.text === undefined ? undefined : html`<p>${help.text}</p>`}
<p>${crisisWords.notPassedOnForm(contactWords.open)}</p>
`;
}

/** The page shown after the answers were saved. */
export function thanksPage(practice: string, crisis?: CrisisHelp): Page {
  return sentence(
    "Thank you",
    `${practice} has received your answers. You can close this page and return to the chat.`,
    crisis,
  );
}

/** The page of a closed form, with its HTTP status. */
export function closedPage(state: ClosedForm, crisis?: CrisisHelp): Page & { readonly status: number } {
  switch (state) {
    case "used":
      return {
        status: 410,
        ...sentence(
          "Already sent",
          "These answers were already sent. Return to the chat to continue; you can change them there.",
          crisis,
        ),
      };
    case "expired":
      return {
        status: 410,
        ...sentence(
          "This link has expired",
          "For your security, links work for a short time only. Return to the chat and press the button again for a new one.",
          crisis,
        ),
      };
    case "unknown":
      return {
        status: 404,
        ...sentence(
          "This link does not work",
          "It may have been cut off when it was copied. Return to the chat and press the button again.",
          crisis,
        ),
      };
    default:
      return state satisfies never;
  }
}

/** The page of a rejected request: one sentence. */
export function refusalPage(text: string): Page {
  return sentence("That did not work", text);
}

/** A page of one sentence, below emergency help if there is any. */
function sentence(title: string, text: string, crisis?: CrisisHelp): Page {
  return {
    title,
    body:
      crisis === undefined
        ? html`<h1>${title}</h1>
<p>${text}</p>`
        : html`<h1>${crisisWords.title}</h1>
${crisisLines(crisis)}<h2>${title}</h2>
<p>${text}</p>`,
  };
}

import type { Input, InputValues } from "../cards/card.ts";
import { anchorOf, fieldFor } from "./form-fields.ts";
import { type Html, html } from "./html.ts";

/** A form to be filled in: whose it is, what it is called and what it asks. */
export interface OpenForm {
  readonly title: string;
  readonly practice: string;
  readonly questions: readonly Input[];
}

/** What has become of a form that cannot be filled in (any more). */
export type ClosedForm = "used" | "expired" | "unknown";

/** A page's title and content. */
export interface Page {
  readonly title: string;
  readonly body: Html;
}

/** What to show beside the questions on a second try. */
export interface FormTry {
  readonly given: InputValues;
  /** By input id. */
  readonly errors: Readonly<Record<string, string>>;
  /** Why nothing was saved, when it was not the answers' fault. */
  readonly trouble?: string;
}

/** The form itself. It posts to its own address, and keeps what was given. */
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
${failed ? summary(attempt.trouble, lines) : undefined}<p class="help">Your answers are encrypted and shown only to your practitioner.</p>
<form method="post" novalidate>
${form.questions.map((input) => fieldFor(input, attempt.given, errorOf(input)))}<button type="submit">Send answers</button>
</form>`,
  };
}

function summary(trouble: string | undefined, lines: readonly Html[]): Html {
  return html`<div class="summary" role="alert" tabindex="-1" autofocus>
<h2>${trouble ?? "Please look at these answers again"}</h2>
<ul>
${lines}</ul>
</div>
`;
}

/** After the answers were saved. */
export function thanksPage(practice: string): Page {
  return sentence("Thank you", `${practice} has your answers. You can close this page and go back to the chat.`);
}

/** A form that is not open, with the HTTP status of its page. */
export function closedPage(state: ClosedForm): Page & { readonly status: number } {
  switch (state) {
    case "used":
      return {
        status: 410,
        ...sentence(
          "Already sent",
          "These answers were sent before. Go back to the chat to go on; there you can also change them.",
        ),
      };
    case "expired":
      return {
        status: 410,
        ...sentence(
          "This link has expired",
          "For your safety it works for a short time only. Go back to the chat and press the button again for a fresh one.",
        ),
      };
    case "unknown":
      return {
        status: 404,
        ...sentence(
          "This link does not work",
          "It may have been cut off when it was copied. Go back to the chat and press the button again.",
        ),
      };
    default:
      return state satisfies never;
  }
}

/** A request that cannot be taken, in a sentence. */
export function refusalPage(text: string): Page {
  return sentence("That did not work", text);
}

function sentence(title: string, text: string): Page {
  return {
    title,
    body: html`<h1>${title}</h1>
<p>${text}</p>`,
  };
}

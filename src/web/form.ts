import type { IncomingHttpHeaders } from "node:http";
import type { Input, InputValues } from "../cards/card.ts";
import type { CrisisHelp } from "../domain/crisis.ts";
import { DeskError } from "../errors.ts";
import { given } from "../given.ts";
import { readBody, statusOfRefusal } from "../http/body.ts";
import type { Route, RouteRequest } from "../ports/route.ts";
import { answerDocument } from "./document.ts";
import { valuesIn } from "./form-fields.ts";
import { type ClosedForm, closedPage, formPage, type OpenForm, refusalPage, thanksPage } from "./form-page.ts";

/** Dependencies of the form page. Every call validates the token again. */
export interface FormParts {
  load(token: string): Promise<({ readonly state: "open" } & OpenForm) | { readonly state: ClosedForm }>;
  /** Validates the answers and saves all of them or none. A second save with the same token is `used`. */
  save(token: string, values: InputValues): Promise<SaveOutcome>;
  /** The desk's public origin, from which forms may be posted. */
  readonly publicUrl: string;
  /** Whether an answer speaks of self-harm, suicide or violence (W11). */
  readsDistress(answer: string): boolean;
}

/** Saved, or why not: `errors` by input id, or the form is closed. */
export type SaveOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly state: ClosedForm };

const mostBytes = 64 * 1024;

/**
 * `/form/:token`: asks sensitive questions outside the chat (D5.2). GET changes nothing, because mail scanners and link
 * previews follow links; POST saves. Rejected answers are shown again with the reason next to each field.
 */
export function formRoutes(parts: FormParts): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/form/:token",
      async handle({ response, params }) {
        const form = await parts.load(params.token ?? "");
        if (form.state === "open") answerDocument(response, 200, formPage(form));
        else answerClosed({ response }, form.state);
      },
    },
    { method: "POST", path: "/form/:token", handle: (call) => post(parts, call) },
  ];
}

async function post({ load, save, publicUrl, readsDistress }: FormParts, call: RouteRequest): Promise<void> {
  const { request, response } = call;
  const token = call.params.token ?? "";
  const read = await readBody(request, mostBytes);
  if (!read.ok) {
    response.setHeader("connection", "close");
    return answerDocument(
      response,
      statusOfRefusal[read.refusal],
      refusalPage("Your answers are too long. Please go back and shorten them."),
    );
  }
  if (!isOwn(request.headers, publicUrl))
    return answerDocument(
      response,
      403,
      refusalPage("The form was sent from another website. Please open the link in the chat instead."),
    );
  if (!isForm(request.headers)) return answerDocument(response, 415, refusalPage("The form could not be read."));
  const form = await load(token);
  if (form.state !== "open") return answerClosed(call, form.state);

  const values = valuesIn(new URLSearchParams(read.body.toString("utf8")), form.questions);
  const crisis = typedIn(form.questions, values).some(readsDistress) ? form.crisis : undefined;
  const again = { given: values, ...given({ crisis }) };
  const outcome = await saveOrRetry(save, token, values);
  if (outcome === "busy") {
    const trouble = "The desk is busy. Nothing was saved. Please press Send answers again.";
    return answerDocument(response, 503, formPage(form, { ...again, errors: {}, trouble }));
  }
  if (outcome.ok) return answerDocument(response, 200, thanksPage(form.practice, crisis));
  if ("state" in outcome) return answerClosed(call, outcome.state, crisis);
  answerDocument(response, 422, formPage(form, { ...again, errors: outcome.errors }));
}

/** The answers in the client's own words. The practice wrote the options of the others. */
function typedIn(questions: readonly Input[], values: InputValues): readonly string[] {
  return questions
    .filter(({ kind }) => kind === "short_text" || kind === "long_text")
    .flatMap(({ id }) => (Object.hasOwn(values, id) ? (values[id] ?? []) : []));
}

/** On a retryable error the form is shown again with the typed answers, so that they are not lost. */
async function saveOrRetry(save: FormParts["save"], token: string, given: InputValues): Promise<SaveOutcome | "busy"> {
  try {
    return await save(token, given);
  } catch (error) {
    if (error instanceof DeskError && error.retryable) return "busy";
    throw error;
  }
}

function answerClosed({ response }: Pick<RouteRequest, "response">, state: ClosedForm, crisis?: CrisisHelp): void {
  const page = closedPage(state, crisis);
  answerDocument(response, page.status, page);
}

/**
 * Whether the form was posted from the desk's own page. With `no-referrer`, browsers send the origin `null`, so
 * Sec-Fetch-Site is checked first. A client that sends neither header is accepted: the token authorises the request.
 */
export function isOwn(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const { origin, host } = headers;
  if (origin === undefined || origin === "null") return true;
  return origin === publicUrl || origin === `http://${host}` || origin === `https://${host}`;
}

function isForm(headers: IncomingHttpHeaders): boolean {
  return headers["content-type"]?.split(";")[0]?.trim().toLowerCase() === "application/x-www-form-urlencoded";
}

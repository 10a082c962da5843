import type { IncomingHttpHeaders } from "node:http";
import type { InputValues } from "../cards/card.ts";
import { DeskError } from "../errors.ts";
import { readBody, statusOfRefusal } from "../http/body.ts";
import type { Door, DoorRequest } from "../ports/door.ts";
import { answerDocument } from "./document.ts";
import { valuesIn } from "./form-fields.ts";
import { type ClosedForm, closedPage, formPage, type OpenForm, refusalPage, thanksPage } from "./form-page.ts";

/** What the form page needs of the desk. A token is judged anew by each call. */
export interface FormParts {
  load(token: string): Promise<({ readonly state: "open" } & OpenForm) | { readonly state: ClosedForm }>;
  /** Judges the answers and keeps them all, or none; a second save of one token is `used`. */
  save(token: string, values: InputValues): Promise<SaveOutcome>;
  /** The origin people reach the desk at: a form may be posted from there. */
  readonly publicUrl: string;
}

/** Saved; or why not: `errors` by input id, or the form is not open (any more). */
export type SaveOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly state: ClosedForm };

const mostBytes = 64 * 1024;

/**
 * `/form/:token`: where sensitive questions are asked outside the chat (D5.2). GET changes nothing, for mail scanners
 * and link previews follow links too; POST saves. Answers that are not taken come back filled in, with the reason at
 * their field.
 */
export function formDoors(parts: FormParts): readonly Door[] {
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

async function post({ load, save, publicUrl }: FormParts, call: DoorRequest): Promise<void> {
  const { request, response } = call;
  const token = call.params.token ?? "";
  const read = await readBody(request, mostBytes);
  if (!read.ok) {
    response.setHeader("connection", "close");
    return answerDocument(
      response,
      statusOfRefusal[read.refusal],
      refusalPage("That was too much to take at once. Please go back and write less."),
    );
  }
  if (!isOwn(request.headers, publicUrl))
    return answerDocument(
      response,
      403,
      refusalPage("The form was sent from another site. Open the link from the chat instead."),
    );
  if (!isForm(request.headers)) return answerDocument(response, 415, refusalPage("The desk could not read that form."));
  const form = await load(token);
  if (form.state !== "open") return answerClosed(call, form.state);

  const given = valuesIn(new URLSearchParams(read.body.toString("utf8")), form.questions);
  const outcome = await saveOrRetry(save, token, given);
  if (outcome === "busy") {
    const trouble = "The desk is busy and nothing was saved. Please press Send again.";
    return answerDocument(response, 503, formPage(form, { given, errors: {}, trouble }));
  }
  if (outcome.ok) return answerDocument(response, 200, thanksPage(form.practice));
  if ("state" in outcome) return answerClosed(call, outcome.state);
  answerDocument(response, 422, formPage(form, { given, errors: outcome.errors }));
}

/** What may work a moment later must not cost a person the answers just typed. */
async function saveOrRetry(save: FormParts["save"], token: string, given: InputValues): Promise<SaveOutcome | "busy"> {
  try {
    return await save(token, given);
  } catch (error) {
    if (error instanceof DeskError && error.retryable) return "busy";
    throw error;
  }
}

function answerClosed({ response }: Pick<DoorRequest, "response">, state: ClosedForm): void {
  const page = closedPage(state);
  answerDocument(response, page.status, page);
}

/**
 * Whether the form was posted by the desk's own page. Under `no-referrer` browsers send the origin `null` with it, so
 * what they say in Sec-Fetch-Site goes first; a client that sends neither is let through, for the token is the secret.
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

import type { ActivationCode, ActivationLink } from "../desk/people/activate.ts";
import { readBody, statusOfRefusal } from "../http/body.ts";
import type { Route, RouteRequest } from "../ports/route.ts";
import { activationPageWords } from "../words/entry.ts";
import { answerDocument } from "./document.ts";
import { isOwn } from "./form.ts";
import { html } from "./html.ts";

/** Dependencies of the activation page. Every call validates the token again. */
export interface ActivationParts {
  load(token: string): Promise<ActivationLink>;
  /** Creates a short code to type in the chat, for an open invitation. */
  makeCode(token: string): Promise<ActivationCode>;
  /** The desk's public origin. */
  readonly publicUrl: string;
}

const mostBytes = 4096;

/**
 * `/activate/:token`: the link in an invitation (D7.1). GET shows the invitation and changes nothing, because mail
 * scanners follow links. POST shows a code to type in the chat. The page itself cannot bind a person: it does not know
 * which chat user opened it.
 */
export function activationRoutes(parts: ActivationParts): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/activate/:token",
      async handle({ response, params }) {
        const link = await parts.load(params.token ?? "");
        if (link.state !== "open") return answerClosed({ response }, link.state);
        answerDocument(response, 200, {
          title: activationPageWords.title(link.practice),
          body: html`<p class="practice">${link.practice}</p>
<h1>${activationPageWords.title(link.practice)}</h1>
<p>${activationPageWords.hello(link.name)}</p>
<p>${activationPageWords.how}</p>
<form method="post"><button type="submit">${activationPageWords.getCode}</button>
</form>`,
        });
      },
    },
    { method: "POST", path: "/activate/:token", handle: (call) => post(parts, call) },
  ];
}

async function post({ makeCode, publicUrl }: ActivationParts, call: RouteRequest): Promise<void> {
  const { request, response } = call;
  const read = await readBody(request, mostBytes);
  if (!read.ok) {
    response.setHeader("connection", "close");
    return answerDocument(response, statusOfRefusal[read.refusal], sentence(activationPageWords.foreign));
  }
  if (!isOwn(request.headers, publicUrl)) return answerDocument(response, 403, sentence(activationPageWords.foreign));
  const made = await makeCode(call.params.token ?? "");
  if (made.state !== "open") return answerClosed(call, made.state);
  answerDocument(response, 200, {
    title: activationPageWords.codeTitle,
    body: html`<p class="practice">${made.practice}</p>
<h1>${activationPageWords.codeTitle}</h1>
<p>${activationPageWords.codeText}</p>
<p><strong>${made.code}</strong></p>
<p class="help">${activationPageWords.codeOnce}</p>`,
  });
}

function answerClosed({ response }: Pick<RouteRequest, "response">, state: Exclude<ActivationLink["state"], "open">) {
  answerDocument(response, state === "unknown" ? 404 : 410, sentence(activationPageWords[state]));
}

function sentence({ title, text }: { readonly title: string; readonly text: string }) {
  return {
    title,
    body: html`<h1>${title}</h1>
<p>${text}</p>`,
  };
}

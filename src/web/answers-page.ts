import type { IncomingHttpHeaders } from "node:http";
import type { AnswersResult, AnswerView } from "../desk/booking/answer-views.ts";
import { readBody } from "../http/body.ts";
import type { Route } from "../ports/route.ts";
import { answerWords } from "../words/answers.ts";
import { answerDocument } from "./document.ts";
import { html } from "./html.ts";

/** Dependencies of the answers page. Every call validates the token again. */
export interface AnswerViewParts {
  load(token: string): Promise<AnswerView>;
  /** Decrypts the answers, once per token, and records who viewed them. */
  view(token: string): Promise<AnswersResult>;
}

const mostBytes = 1024;

/**
 * `/answers/:token`: shows a client's answers to the practitioner. GET reveals nothing and leaves the token valid, because
 * link previews follow links. The button on the page reveals the answers once.
 */
export function answerViewRoutes({ load, view }: AnswerViewParts): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/answers/:token",
      async handle({ response, params }) {
        const found = await load(params.token ?? "");
        if (found.state !== "open") return answerClosed(response, found.state);
        const title = answerWords.title(found.client);
        answerDocument(response, 200, {
          title: `${title} – ${found.practice}`,
          body: html`<p class="practice">${found.practice}</p>
<h1>${title}</h1>
<p>${found.session}</p>
<p class="help">${answerWords.revealText}</p>
<form method="post"><button type="submit">${answerWords.reveal}</button></form>`,
        });
      },
    },
    {
      method: "POST",
      path: "/answers/:token",
      async handle({ request, response, params }) {
        await readBody(request, mostBytes);
        if (!isOwn(request.headers)) return answerClosed(response, "unknown");
        const seen = await view(params.token ?? "");
        if (!seen.ok) return answerClosed(response, seen.state);
        const title = answerWords.title(seen.client);
        answerDocument(response, 200, {
          title: `${title} – ${seen.practice}`,
          body: html`<p class="practice">${seen.practice}</p>
<h1>${title}</h1>
${seen.answers.length === 0 ? html`<p>${answerWords.none}</p>` : html`<dl>${seen.answers.map(({ label, value }) => html`<dt><strong>${label}</strong></dt><dd>${value}</dd>\n`)}</dl>`}
<p class="help">${answerWords.noted}</p>`,
        });
      },
    },
  ];
}

/** Whether the request comes from the desk's own page. Without the header the token alone authorises the request. */
function isOwn(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  return site === undefined || site === "same-origin" || site === "none";
}

function answerClosed(response: Parameters<typeof answerDocument>[0], state: "used" | "expired" | "unknown"): void {
  const { title, text } = answerWords.closed[state];
  answerDocument(response, state === "unknown" ? 404 : 410, {
    title,
    body: html`<h1>${title}</h1>
<p>${text}</p>`,
  });
}

import type { Route } from "../ports/route.ts";
import { aboutWords } from "../words/about.ts";
import { answerDocument } from "./document.ts";
import { html } from "./html.ts";

/** `/about`, `/privacy` and `/terms`: static pages that the app's listing in Slack and Teams links to. */
export function aboutRoutes(): readonly Route[] {
  return Object.entries(aboutWords).map(([name, { title, paragraphs }]) => ({
    method: "GET",
    path: `/${name}`,
    handle: ({ response }) =>
      answerDocument(response, 200, {
        title,
        body: html`<h1>${title}</h1>
${paragraphs.map((paragraph) => html`<p>${paragraph}</p>\n`)}`,
      }),
  }));
}

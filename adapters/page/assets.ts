import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { answerText } from "../../src/http/answer.ts";
import type { Route } from "../../src/ports/route.ts";

/** Every static file except the HTML. An allowlist, so that a request path is never used as a file path. */
const files = [
  ...["icon.svg", "style.css", "clock.css", "chat.css", "foot.css", "card.css", "inputs.css", "mail.css", "drawn.css"],
  ...["app.js", "card.js", "chat.js", "clock.js", "elements.js", "focus.js", "inputs.js", "lines.js", "mail.js"],
  ...[
    "look.js",
    "message.js",
    "people.js",
    "queue.js",
    "scroll.js",
    "slack-card.js",
    "slips.js",
    "teams-card.js",
    "times.js",
    "unread.js",
    "updates.js",
    "views.js",
  ],
];

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Routes of the static files: `/` and `/page/<file>`. */
export function assetRoutes(): readonly Route[] {
  return [fileRoute("/", "index.html"), ...files.map((file) => fileRoute(`/page/${file}`, file))];
}

/** Reads the file on each request, so that a desk without the page does not need the files. */
function fileRoute(path: string, file: string): Route {
  return {
    method: "GET",
    path,
    async handle({ response }) {
      const text = await readFile(join(import.meta.dirname, "browser", file), "utf8");
      answerText(response, 200, mediaTypes[extname(file)] ?? "text/plain", text);
    },
  };
}

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { answerJson, answerText } from "../../src/http/answer.ts";
import type { Route } from "../../src/ports/route.ts";
import { answerEmpty } from "./answer.ts";
import type { Drawings } from "./drawings.ts";

/** Routes of the preview resources: Slack's CSS, Teams' host config and the official Adaptive Cards renderer (404 if its package is missing). */
export function drawingRoutes({ slack, teams }: Drawings): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/page/slack-card.css",
      handle: ({ response }) => answerText(response, 200, "text/css; charset=utf-8", slack.css),
    },
    {
      method: "GET",
      path: "/page/teams-host.json",
      handle: ({ response }) => answerJson(response, 200, teams.hostConfig),
    },
    {
      method: "GET",
      path: "/page/adaptivecards.js",
      async handle({ response }) {
        const text = await readFile(rendererFile(), "utf8").catch(() => undefined);
        if (text === undefined) return answerEmpty(response, 404);
        answerText(response, 200, "text/javascript; charset=utf-8", text);
      },
    },
  ];
}

function rendererFile(): string {
  try {
    return createRequire(import.meta.url).resolve("adaptivecards/dist/adaptivecards.min.js");
  } catch {
    return "";
  }
}

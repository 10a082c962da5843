import { answerSentence } from "../http/answer.ts";
import { answerRefusedBody, readBody } from "../http/body.ts";
import type { PayPage } from "../ports/payments.ts";
import type { Route } from "../ports/route.ts";
import { payPages } from "../words/payment.ts";
import { answerDocument } from "./document.ts";
import { html } from "./html.ts";

/** Dependencies of the payment pages. */
export interface PayParts {
  /** Opens the checkout of a pay link, or returns the one that is already open. */
  open(token: string): Promise<PayPage>;
  /** Handles the return from the checkout by querying the provider. False: the link is unknown. */
  handleReturn(token: string): Promise<boolean>;
  /** Handles a webhook. `refused`: its signature is invalid. */
  handleWebhook(raw: Buffer, signature: string): Promise<"refused" | "accepted" | "ignored">;
}

const mostBytes = 512 * 1024;

/**
 * `/pay/:token` redirects to the payment provider's page, where card numbers are entered. `/paid` and `/back` are its
 * redirect targets and prove nothing. `POST /stripe/webhook` receives the provider's events.
 */
export function payRoutes({ open, handleReturn, handleWebhook }: PayParts): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/pay/:token",
      async handle({ response, params }) {
        const page = await open(params.token ?? "");
        if (page.to !== "checkout") return answerPage(response, page.to);
        response.writeHead(303, { location: page.url });
        response.end();
      },
    },
    {
      method: "GET",
      path: "/pay/:token/paid",
      async handle({ response, params }) {
        const known = await handleReturn(params.token ?? "");
        answerPage(response, known ? "thanks" : "unknown");
      },
    },
    {
      method: "GET",
      path: "/pay/:token/back",
      async handle({ response, params }) {
        const token = params.token ?? "";
        if (!(await handleReturn(token))) return answerPage(response, "unknown");
        const { title, text } = payPages.back;
        answerDocument(response, 200, {
          title,
          body: html`<h1>${title}</h1>
<p>${text}</p>
<p><a href="/pay/${token}">${payPages.again}</a></p>`,
        });
      },
    },
    {
      method: "POST",
      path: "/stripe/webhook",
      async handle({ request, response }) {
        // The signature covers the raw bytes, so the body must not be parsed before it is verified.
        const read = await readBody(request, mostBytes);
        if (!read.ok) return answerRefusedBody(response, read.refusal);
        const signature = request.headers["stripe-signature"];
        const handled = await handleWebhook(read.body, typeof signature === "string" ? signature : "");
        if (handled === "refused") return answerSentence(response, 400, "The webhook signature is invalid.");
        response.writeHead(204);
        response.end();
      },
    },
  ];
}

function answerPage(
  response: Parameters<typeof answerDocument>[0],
  to: Exclude<PayPage["to"], "checkout"> | "thanks",
): void {
  const { status, page } = pages[to];
  answerDocument(response, status, {
    title: page.title,
    body: html`<h1>${page.title}</h1>
<p>${page.text}</p>`,
  });
}

const pages = {
  thanks: { status: 200, page: payPages.paid },
  paid: { status: 200, page: payPages.already },
  over: { status: 410, page: payPages.over },
  taken: { status: 409, page: payPages.taken },
  unknown: { status: 404, page: payPages.unknown },
  trouble: { status: 503, page: payPages.trouble },
} as const;

import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { StripeSettings } from "../../../src/service-settings.ts";
import { leavesOf, readForm } from "./form-body.ts";
import { hostedPage } from "./hosted-page.ts";
import { cards, drawIntent, invalid, type Ledger, openLedger, type RefundStatus, type Refusal } from "./ledger.ts";
import { openWebhooks, type Webhooks } from "./webhooks.ts";

/** A fault of the next API request: an HTTP status, a response lost after the operation, or a 404 without an error body. */
export type Fault = 429 | 500 | 503 | "lost" | "bare-404";

/** A strict double of Stripe over real HTTP, with a hosted page that a browser can pay on. */
export interface FakeStripe {
  readonly url: string;
  readonly ledger: Ledger;
  readonly webhooks: Webhooks;
  readonly settings: StripeSettings;
  /** All API requests, as `POST /v1/…`. */
  readonly asked: string[];
  /** Makes the next matching request fail; `of` must occur in its line. Repeated calls queue faults. */
  failNext(fault: Fault, of?: string): void;
  /** The status of refunds from now on; `succeeded` at first. */
  answerRefunds(status: RefundStatus): void;
  /** Pays on the hosted page. Returns the redirect URL, or undefined when the page stays open. */
  pay(checkoutUrl: string, card?: string): Promise<string | undefined>;
  /** Totals over all payments, in minor units. */
  money(): { readonly captured: number; readonly refunded: number; readonly authorised: number };
  close(): Promise<void>;
}

const version = "2026-10-28.endive";

/** Starts the double on a free port. `now` is its clock. */
export async function startFakeStripe(now: () => number = Date.now): Promise<FakeStripe> {
  const webhooks = openWebhooks(now, version);
  let url = "";
  const ledger = openLedger(now, webhooks.note, () => url);
  const secretKey = "sk_test_double";
  const asked: string[] = [];
  let refundStatus: RefundStatus = "succeeded";
  const faults: { readonly fault: Fault; readonly of: string }[] = [];
  const answered = new Map<string, { readonly request: string; readonly status: number; readonly body: string }>();

  async function api(request: IncomingMessage, response: ServerResponse, path: string, body: string): Promise<void> {
    const line = `${request.method} ${path}`;
    asked.push(line);
    const at = faults.findIndex(({ of }) => line.includes(of));
    const fault = at === -1 ? undefined : faults.splice(at, 1)[0]?.fault;
    if (fault === "bare-404") return answer(response, 404, "{}");
    if (typeof fault === "number")
      return answer(response, fault, errorOf({ type: "api_error" }), { "retry-after": "1" });
    if (request.headers.authorization !== `Bearer ${secretKey}`)
      return answer(response, 401, errorOf({ type: "invalid_request_error", message: "Invalid API Key provided" }));
    if (request.headers["stripe-version"] !== version)
      return answer(response, 400, errorOf({ type: "invalid_request_error", message: "unknown version" }));
    const key = request.headers["idempotency-key"];
    const fingerprint = createHash("sha256").update(`${line}\n${body}`).digest("hex");
    const before = typeof key === "string" ? answered.get(key) : undefined;
    if (before !== undefined && before.request !== fingerprint) {
      const message =
        "Keys for idempotent requests can only be used with the same parameters they were first used with.";
      return answer(response, 400, errorOf({ type: "idempotency_error", message }));
    }
    const { status, body: said } = before ?? carryOut(request.method ?? "GET", path, body);
    if (request.method === "POST" && typeof key === "string")
      answered.set(key, { request: fingerprint, status, body: said });
    if (fault === "lost") return void response.destroy();
    answer(response, status, said, before === undefined ? {} : { "idempotent-replayed": "true" });
  }

  function carryOut(method: string, path: string, body: string): { readonly status: number; readonly body: string } {
    ledger.age();
    const [route = ""] = path.split("?");
    const leaves = method === "POST" ? leavesOf(readForm(body)) : {};
    const [, , , ...parts] = route.split("/");
    if (method === "POST" && route === "/v1/checkout/sessions")
      return drawn(ledger.createSession(leaves), (made) => ledger.drawSession(made));
    if (route.startsWith("/v1/checkout/sessions/")) {
      const session = ledger.sessions.get(parts[1] ?? "");
      if (session === undefined) return missing("checkout.session");
      if (method === "GET") return ok(ledger.drawSession(session, path.includes("expand")));
      if (parts[2] === "expire") return drawn(ledger.expireSession(session), (made) => ledger.drawSession(made));
    }
    if (route.startsWith("/v1/payment_intents/")) {
      const intent = ledger.intents.get(parts[0] ?? "");
      if (intent === undefined) return missing("payment_intent");
      if (method === "GET") return ok(drawIntent(intent));
      if (parts[1] === "capture") return drawn(ledger.capture(intent), drawIntent);
      if (parts[1] === "cancel") return drawn(ledger.cancel(intent), drawIntent);
    }
    if (method === "POST" && route === "/v1/refunds") {
      const intent = ledger.intents.get(leaves.payment_intent ?? "");
      if (intent === undefined) return missing("payment_intent");
      return drawn(ledger.refund(intent, Number(leaves.amount), refundStatus), (made) => ({
        id: made.id,
        object: "refund",
        status: made.status,
        amount: made.amount,
        payment_intent: made.intentId,
      }));
    }
    return { status: 404, body: errorOf(invalid(`Unrecognized request URL (${method}: ${route}).`).error) };
  }

  function hosted(request: IncomingMessage, response: ServerResponse, path: string, body: string): void {
    ledger.age();
    const session = ledger.sessions.get(path.split("/").at(-1) ?? "");
    if (session === undefined) {
      answer(response, 404, "no such page");
      return;
    }
    const html = { "content-type": "text/html; charset=utf-8" };
    if (request.method !== "POST") {
      answer(response, 200, hostedPage(session), html);
      return;
    }
    const card = (new URLSearchParams(body).get("card") ?? "").replaceAll(" ", "");
    const outcome = ledger.pay(session, card);
    if (outcome === "paid") {
      response.writeHead(303, { location: session.successUrl });
      response.end();
      return;
    }
    const trouble = outcome === "declined" ? "Your card was declined." : "";
    answer(response, outcome === "declined" ? 402 : 410, hostedPage(session, trouble), html);
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const path = request.url ?? "";
      if (path.startsWith("/v1/")) void api(request, response, path, body);
      else hosted(request, response, path, body);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;

  return {
    url,
    ledger,
    webhooks,
    settings: { secretKey, webhookSecrets: [webhooks.secret], apiUrl: url },
    asked,
    failNext: (fault, of = "") => void faults.push({ fault, of }),
    answerRefunds(status) {
      refundStatus = status;
    },
    async pay(checkoutUrl, card = cards.good) {
      const response = await fetch(checkoutUrl, {
        method: "POST",
        redirect: "manual",
        body: new URLSearchParams({ card }),
      });
      return response.headers.get("location") ?? undefined;
    },
    money() {
      const all = [...ledger.intents.values()];
      const sum = (of: (intent: (typeof all)[number]) => number) => all.reduce((total, one) => total + of(one), 0);
      return {
        captured: sum(({ received }) => received),
        refunded: sum(({ refunded }) => refunded),
        authorised: sum(({ status, amount }) => (status === "requires_capture" ? amount : 0)),
      };
    },
    async close() {
      await webhooks.settled();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function drawn<Made>(made: Made | Refusal, draw: (made: Made) => unknown): { status: number; body: string } {
  if (typeof made === "object" && made !== null && "error" in made) {
    const { status, error } = made as Refusal; // only the ledger throws errors with this field
    return { status, body: errorOf(error) };
  }
  return ok(draw(made as Made)); // see above
}

function ok(value: unknown): { status: number; body: string } {
  return { status: 200, body: JSON.stringify(value) };
}

function missing(what: string): { status: number; body: string } {
  return {
    status: 404,
    body: errorOf({ type: "invalid_request_error", code: "resource_missing", message: `No such ${what}` }),
  };
}

function errorOf(error: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ error });
}

function answer(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(body);
}

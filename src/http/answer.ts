import type { ServerResponse } from "node:http";

/**
 * Security headers of every response: no MIME sniffing, framing, caching, indexing or scripts. A route that serves a
 * document sets its own `content-security-policy`.
 */
export const defaultHeaders = {
  "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-robots-tag": "noindex",
  "cache-control": "no-store",
} as const;

/** Sends a JSON response. */
export function answerJson(response: ServerResponse, status: number, value: unknown): void {
  answerText(response, status, "application/json; charset=utf-8", JSON.stringify(value));
}

/** Sends an error response: one plain sentence, as JSON. */
export function answerSentence(response: ServerResponse, status: number, sentence: string): void {
  answerJson(response, status, { error: sentence });
}

/** Sends a text response with the given media type. */
export function answerText(response: ServerResponse, status: number, contentType: string, text: string): void {
  const body = Buffer.from(text, "utf8");
  response.writeHead(status, { "content-type": contentType, "content-length": body.length });
  response.end(body);
}

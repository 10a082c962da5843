import type { ServerResponse } from "node:http";

/**
 * Headers of everything the page sends: only its own scripts and styles run, nobody frames it, nothing is kept.
 * The referrer stays within the origin, because under `no-referrer` browsers send POSTs with the origin `null`.
 */
export const pageHeaders = {
  "content-security-policy":
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "same-origin",
  "cache-control": "no-store",
} as const;

/** Answers with a body of the given media type. */
export function answer(response: ServerResponse, type: string, body: string, extra: Record<string, string> = {}): void {
  response.writeHead(200, { ...pageHeaders, "content-type": type, ...extra });
  response.end(body);
}

/** Answers with JSON. */
export function answerJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...pageHeaders, "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(value));
}

/** Answers a request that cannot be taken with one sentence a person can read. */
export function answerSentence(response: ServerResponse, status: number, sentence: string): void {
  answerJson(response, status, { error: sentence });
}

/** Answers with a status and nothing else. */
export function answerEmpty(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...pageHeaders, "content-length": "0" });
  response.end();
}

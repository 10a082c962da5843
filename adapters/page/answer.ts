import type { ServerResponse } from "node:http";

/**
 * Headers of every page response: only the page's own scripts and styles run, no framing, no caching. The referrer policy
 * is `same-origin`, because under `no-referrer` browsers send POSTs with the origin `null`.
 */
const pageHeaders = {
  "content-security-policy":
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "same-origin",
  "cache-control": "no-store",
} as const;

/** Replaces the server's default headers with the page's own. */
export function setPageHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value);
}

/** Sends a status without a body. */
export function answerEmpty(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-length": "0" });
  response.end();
}

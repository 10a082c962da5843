import type { ServerResponse } from "node:http";

/**
 * Headers of everything the page sends: only its own scripts and styles run, nobody frames it, nothing is kept.
 * The referrer stays within the origin, because under `no-referrer` browsers send POSTs with the origin `null`.
 */
const pageHeaders = {
  "content-security-policy":
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "same-origin",
  "cache-control": "no-store",
} as const;

/** Gives an answer the page's headers, in place of the server's own. */
export function setPageHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value);
}

/** Answers with a status and nothing else. */
export function answerEmpty(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-length": "0" });
  response.end();
}

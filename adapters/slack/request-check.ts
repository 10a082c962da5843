import type { IncomingHttpHeaders } from "node:http";
import { parse } from "node:querystring";
import { isValidSlackRequest } from "@slack/bolt";
import { slackWords } from "../../src/words/slack.ts";

/** A refused request: its status, the logged reason and the sentence of the answer. */
export interface RefusedRequest {
  readonly status: 400 | 401;
  readonly reason: "signature" | "body";
  readonly sentence: string;
}

/** Bolt refuses signatures that are older, but accepts any from the future. */
const mostAheadSeconds = 300;
const formType = "application/x-www-form-urlencoded";

/**
 * Checks a request before Bolt reads it (R11): 401 without a valid signature, or with one dated more than five minutes
 * ahead; 400 for a signed body that is no JSON object, which would throw inside Bolt's receiver and end the process.
 * Undefined when Bolt may have it. Slack's own TLS probe (`ssl_check`) is unsigned, and Bolt answers it.
 */
export function refusalOf(
  headers: IncomingHttpHeaders,
  body: Buffer,
  { secret, nowMs }: { readonly secret: string; readonly nowMs: number },
): RefusedRequest | undefined {
  const text = body.toString("utf8");
  const form = headers["content-type"] === formType ? parse(text) : undefined;
  if (form?.ssl_check === "1") return undefined;
  if (!isSigned(headers, text, secret, nowMs)) {
    return { status: 401, reason: "signature", sentence: slackWords.unverified };
  }
  // As Bolt reads it: interactions are JSON in a form's `payload`, commands are the form itself.
  const json = form === undefined ? text : form.payload;
  if (form !== undefined && typeof json !== "string") return undefined;
  return isJsonObject(String(json)) ? undefined : { status: 400, reason: "body", sentence: slackWords.unread };
}

function isSigned(headers: IncomingHttpHeaders, body: string, signingSecret: string, nowMs: number): boolean {
  const { "x-slack-signature": signature, "x-slack-request-timestamp": timestamp } = headers;
  if (typeof signature !== "string" || typeof timestamp !== "string") return false;
  const seconds = Number(timestamp);
  if (!(seconds <= nowMs / 1000 + mostAheadSeconds)) return false; // false for NaN too
  return isValidSlackRequest({
    signingSecret,
    body,
    headers: { "x-slack-signature": signature, "x-slack-request-timestamp": seconds },
  });
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

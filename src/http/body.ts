import type { IncomingMessage, ServerResponse } from "node:http";
import { answerSentence } from "./answer.ts";

/** Why a body was rejected: it exceeds the limit, the connection broke before its end, or it is not valid JSON. */
export type BodyRefusal = "too-large" | "incomplete" | "not-json";

/**
 * Reads a body of at most `maxBytes`. A larger body is read to its end and discarded before it is refused: a client whose
 * connection closes while it still sends never sees the response. Reading stops after `mostDiscarded` bytes.
 */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<
  { readonly ok: true; readonly body: Buffer } | { readonly ok: false; readonly refusal: "too-large" | "incomplete" }
> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > mostDiscarded) break;
      if (bytes <= maxBytes) chunks.push(chunk);
    }
  } catch {
    return { ok: false, refusal: "incomplete" };
  }
  if (bytes > maxBytes) return { ok: false, refusal: "too-large" };
  return { ok: true, body: Buffer.concat(chunks) };
}

/** Reads a JSON body of at most `maxBytes`. The caller validates its shape. */
export async function readJson(
  request: IncomingMessage,
  maxBytes: number,
): Promise<{ readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly refusal: BodyRefusal }> {
  const read = await readBody(request, maxBytes);
  if (!read.ok) return read;
  try {
    return { ok: true, value: JSON.parse(read.body.toString("utf8")) };
  } catch {
    return { ok: false, refusal: "not-json" };
  }
}

/** Responds to a rejected body with 413 or 400 and a sentence, and closes the connection where the body was not read. */
export function answerRefusedBody(response: ServerResponse, refusal: BodyRefusal): void {
  // Unread bytes of the body would be parsed as the next request.
  if (refusal !== "not-json") response.setHeader("connection", "close");
  answerSentence(response, statusOfRefusal[refusal], sentences[refusal]);
}

/** HTTP status by refusal. */
export const statusOfRefusal = { "too-large": 413, incomplete: 400, "not-json": 400 } as const;

const mostDiscarded = 32 * 1024 * 1024;

const sentences: Readonly<Record<BodyRefusal, string>> = {
  "too-large": "That is too much for one message. Please send less.",
  incomplete: "The request ended before it was complete. Please send it again.",
  "not-json": "This request could not be read: it is not JSON.",
};

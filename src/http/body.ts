import type { IncomingMessage, ServerResponse } from "node:http";
import { answerSentence } from "./answer.ts";

/** Why a body was not taken: more bytes than allowed, a connection that broke or a sender that gave up, no JSON. */
export type BodyRefusal = "too-large" | "incomplete" | "not-json";

/**
 * Reads a body of at most `maxBytes`. One that is larger is heard out, though not kept, before it is refused: a
 * client whose connection is cut while it still sends would never see the answer. Patience ends at `mostDiscarded`.
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

/** Reads a JSON body of at most `maxBytes`; its shape is the caller's to check. */
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

/** Answers a body that was not taken: 413 or 400, a sentence, and the end of the connection. */
export function answerRefusedBody(response: ServerResponse, refusal: BodyRefusal): void {
  // What is left of the body would be taken for the next request.
  if (refusal !== "not-json") response.setHeader("connection", "close");
  answerSentence(response, statusOfRefusal[refusal], sentences[refusal]);
}

/** The HTTP status of each refusal. */
export const statusOfRefusal = { "too-large": 413, incomplete: 400, "not-json": 400 } as const;

const mostDiscarded = 32 * 1024 * 1024;

const sentences: Readonly<Record<BodyRefusal, string>> = {
  "too-large": "That is too much for one message. Please send less.",
  incomplete: "The request ended before it was complete. Please send it again.",
  "not-json": "The desk could not read that request: it is not JSON.",
};

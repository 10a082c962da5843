import type { IncomingMessage } from "node:http";

/** A body as read: its JSON, or what to answer instead. */
export type ReadBody =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: 400 | 413; readonly sentence: string };

/** The most a request may carry, in bytes: a form full of long answers fits several times. */
const maxBodyBytes = 64 * 1024;
/** How much of a larger body is heard out, in bytes. */
const mostDiscarded = 16 * 1024 * 1024;

const tooLarge: ReadBody = { ok: false, status: 413, sentence: "That is too much for one message. Please send less." };
const malformed: ReadBody = { ok: false, status: 400, sentence: "The desk could not read that request." };

/**
 * Reads a JSON body of at most `maxBodyBytes`. A larger one is heard out but not kept, because a browser whose
 * connection is cut while it still sends never sees the answer. Throws when the connection breaks.
 */
export async function readBody(request: IncomingMessage): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > mostDiscarded) break;
    if (bytes <= maxBodyBytes) chunks.push(chunk);
  }
  if (bytes > maxBodyBytes) return tooLarge;
  try {
    return { ok: true, value: JSON.parse(Buffer.concat(chunks).toString("utf8")) };
  } catch {
    return malformed;
  }
}

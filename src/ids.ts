import { createHash, randomBytes } from "node:crypto";

const idBytes = 15;
/** Random bytes for the next ids: asked for by the hundred, as asking costs more than they do. */
let drawn = Buffer.alloc(0);

/** A new id of one kind of thing, such as `bk_3kX…`: the prefix and 120 random bits, safe in a URL. */
export function newId(prefix: string): string {
  if (drawn.length === 0) drawn = randomBytes(100 * idBytes);
  const own = drawn.subarray(0, idBytes);
  drawn = drawn.subarray(idBytes);
  return `${prefix}_${own.toString("base64url")}`;
}

/** A new secret for a link: 240 random bits, safe in a URL. Store only its `hashToken`. */
export function newToken(): string {
  return randomBytes(30).toString("base64url");
}

/** SHA-256 of a token: what the books keep, so that reading them opens no link. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

import { createHash, randomBytes } from "node:crypto";

const idBytes = 15;
/** Random bytes for the next ids. Drawn in batches of 100 ids, because a call of randomBytes costs more than its bytes. */
let drawn = Buffer.alloc(0);

/** A new id with a type prefix, such as `bk_3kX…`: 120 random bits, URL-safe. */
export function newId(prefix: string): string {
  if (drawn.length === 0) drawn = randomBytes(100 * idBytes);
  const own = drawn.subarray(0, idBytes);
  drawn = drawn.subarray(idBytes);
  return `${prefix}_${own.toString("base64url")}`;
}

/** A new secret for a link: 240 random bits, URL-safe. Store only its `hashToken`. */
export function newToken(): string {
  return randomBytes(30).toString("base64url");
}

/** SHA-256 of a token. The database holds only the hash, so a leaked copy opens no link. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

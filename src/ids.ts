import { createHash, randomBytes } from "node:crypto";

/** Where ids and tokens get their random bytes. */
let randomSource: (bytes: number) => Buffer = randomBytes;

/**
 * Replaces the source of random bytes, so that a simulation repeats itself. Returns the function that restores it. Only
 * tests call it: no setting or environment reaches it.
 */
export function drawRandomBytesFrom(source: (bytes: number) => Buffer): () => void {
  randomSource = source;
  drawn = Buffer.alloc(0);
  return () => {
    randomSource = randomBytes;
    drawn = Buffer.alloc(0);
  };
}

const idBytes = 15;
/** Random bytes for the next ids. Drawn in batches of 100 ids, because a call of randomBytes costs more than its bytes. */
let drawn: Buffer = Buffer.alloc(0);

/** A new id with a type prefix, such as `bk_3kX…`: 120 random bits, URL-safe. */
export function newId(prefix: string): string {
  if (drawn.length === 0) drawn = randomSource(100 * idBytes);
  const own = drawn.subarray(0, idBytes);
  drawn = drawn.subarray(idBytes);
  return `${prefix}_${own.toString("base64url")}`;
}

/** A new secret for a link: 240 random bits, URL-safe. Store only its `hashToken`. */
export function newToken(): string {
  return randomSource(30).toString("base64url");
}

/** SHA-256 of a token. The database holds only the hash, so a leaked copy opens no link. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

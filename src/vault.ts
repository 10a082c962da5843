import { type CipherGCM, createCipheriv, createDecipheriv, type DecipherGCM, randomBytes } from "node:crypto";
import { DeskError } from "./errors.ts";

/** A key of the ring: 32 bytes under a short name that is written beside whatever it wrapped. */
export interface RingKey {
  readonly id: string;
  readonly key: Buffer;
}

/**
 * Seals what must be unreadable at rest: AES-256-GCM, in two layers. The ring's keys wrap one data key per client, the
 * data key seals that client's values; so a new ring key re-wraps one row per client, and a dropped row forgets one.
 *
 * `aad` names the place a value belongs to; it is not stored, and a value moved elsewhere does not open.
 * What does not open throws a DeskError: `vault-key-unknown` or `vault-tampered`.
 */
export interface Vault {
  newDataKey(): Buffer;
  /** The data key in the current ring key's wrapping, as text that names the ring key. */
  wrapKey(dataKey: Buffer, aad: string): string;
  unwrapKey(wrapped: string, aad: string): Buffer;
  /** The same data key wrapped by the current ring key, or nothing when it already is. */
  rewrapKey(wrapped: string, aad: string): string | undefined;
  seal(dataKey: Buffer, aad: string, plain: string): string;
  open(dataKey: Buffer, aad: string, sealed: string): string;
}

const algorithm = "aes-256-gcm";
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const sealedVersion = "v1";

/** A vault on a key ring. The first key is current and wraps; the others only unwrap. Refuses an empty ring. */
export function openVault(ring: readonly RingKey[]): Vault {
  const [current] = ring;
  if (current === undefined) throw new DeskError("vault-no-key", "The key ring holds no key.");
  const keys = new Map(ring.map(({ id, key }) => [id, key]));

  const wrapKey = (dataKey: Buffer, aad: string) => `${current.id}:${encrypt(current.key, aad, dataKey)}`;

  const unwrapKey = (wrapped: string, aad: string) => {
    const { id, text } = splitOnce(wrapped);
    const key = keys.get(id);
    if (key === undefined) {
      throw new DeskError(
        "vault-key-unknown",
        `A data key is wrapped by key "${id}", which is not in the ring (${[...keys.keys()].join(", ")}). Put it back at the ring's end.`,
      );
    }
    return decrypt(key, aad, text);
  };

  return {
    newDataKey: () => randomBytes(keyBytes),
    wrapKey,
    unwrapKey,
    rewrapKey(wrapped, aad) {
      return splitOnce(wrapped).id === current.id ? undefined : wrapKey(unwrapKey(wrapped, aad), aad);
    },
    seal: (dataKey, aad, plain) => `${sealedVersion}:${encrypt(dataKey, aad, Buffer.from(plain, "utf8"))}`,
    open(dataKey, aad, sealed) {
      const { id, text } = splitOnce(sealed);
      if (id !== sealedVersion) throw tampered();
      return decrypt(dataKey, aad, text).toString("utf8");
    },
  };
}

/** base64 of iv, tag and ciphertext. A fresh random iv each time: never reused under one key. */
function encrypt(key: Buffer, aad: string, plain: Buffer): string {
  const iv = randomBytes(ivBytes);
  const cipher: CipherGCM = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(aad, "utf8"));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString("base64");
}

function decrypt(key: Buffer, aad: string, text: string): Buffer {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length < ivBytes + tagBytes) throw tampered();
  const iv = bytes.subarray(0, ivBytes);
  const decipher: DecipherGCM = createDecipheriv(algorithm, key, iv, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(aad, "utf8"));
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
  } catch (cause) {
    throw tampered(cause);
  }
}

function tampered(cause?: unknown): DeskError {
  const message = "A sealed value does not open: it was altered, moved from its row, or sealed by another key.";
  return new DeskError("vault-tampered", message, { cause });
}

function splitOnce(text: string): { id: string; text: string } {
  const colon = text.indexOf(":");
  if (colon < 1) throw tampered();
  return { id: text.slice(0, colon), text: text.slice(colon + 1) };
}

/** A key ring read from text, or one line per mistake; a mistake never repeats the key. */
export type KeyRingReading =
  | { readonly ok: true; readonly ring: readonly RingKey[] }
  | { readonly ok: false; readonly mistakes: readonly string[] };

/** Reads `id:base64,id:base64,…`: each key 32 bytes, first the current one. */
export function parseKeyRing(text: string): KeyRingReading {
  const entries = text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  if (entries.length === 0) return { ok: false, mistakes: ["no key; write id:base64 of 32 random bytes"] };
  const ring: RingKey[] = [];
  const mistakes: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const read = parseKey(entry, `key ${index + 1}`);
    if (typeof read === "string") mistakes.push(read);
    else if (ring.some((other) => other.id === read.id))
      mistakes.push(`key ${index + 1}: id "${read.id}" stands twice`);
    else ring.push(read);
  }
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, ring };
}

function parseKey(entry: string, place: string): RingKey | string {
  const match = /^([A-Za-z0-9._-]{1,40}):(.+)$/.exec(entry);
  if (match === null) return `${place}: write it as id:base64, the id of letters, digits, ".", "_" or "-"`;
  const [, id = "", base64 = ""] = match;
  // Buffer skips what is not base64, so a key that was cut or mistyped would pass unseen.
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(base64)) return `${place} ("${id}"): not base64`;
  const key = Buffer.from(base64, "base64");
  if (key.length !== keyBytes) return `${place} ("${id}"): ${key.length} bytes, must be ${keyBytes}`;
  return { id, key };
}

/** A key ring as text, as `parseKeyRing` reads it. */
export function writeKeyRing(ring: readonly RingKey[]): string {
  return ring.map(({ id, key }) => `${id}:${key.toString("base64")}`).join(",");
}

/** A fresh key for the ring. */
export function newRingKey(id: string): RingKey {
  return { id, key: randomBytes(keyBytes) };
}

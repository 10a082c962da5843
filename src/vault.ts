import { type CipherGCM, createCipheriv, createDecipheriv, type DecipherGCM, randomBytes } from "node:crypto";
import { DeskError } from "./errors.ts";

/** A 32-byte key of the ring. Its id is stored next to every data key it wraps. */
export interface RingKey {
  readonly id: string;
  readonly key: Buffer;
}

/**
 * Envelope encryption with AES-256-GCM. The ring's keys wrap one data key per client; the data key encrypts that
 * client's values. Rotating the ring key re-wraps one row per client, and deleting a client's data key makes that
 * client's values unreadable.
 *
 * `aad` (additional authenticated data) names the row a value belongs to. It is not stored; a value moved to another row
 * does not decrypt. Failures throw a DeskError: `vault-key-unknown` or `vault-tampered`.
 */
export interface Vault {
  newDataKey(): Buffer;
  /** Wraps the data key with the current ring key. The text contains the ring key's id. */
  wrapKey(dataKey: Buffer, aad: string): string;
  unwrapKey(wrapped: string, aad: string): Buffer;
  /** The data key wrapped with the current ring key, or undefined when it already is. */
  rewrapKey(wrapped: string, aad: string): string | undefined;
  seal(dataKey: Buffer, aad: string, plain: string): string;
  open(dataKey: Buffer, aad: string, sealed: string): string;
}

const algorithm = "aes-256-gcm";
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const sealedVersion = "v1";

/** Opens a vault. The ring's first key is current and wraps; the others only unwrap. Throws for an empty ring. */
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
        `A data key is wrapped by key "${id}", which is not in the ring (${[...keys.keys()].join(", ")}). Add that key at the end of the ring.`,
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

/** base64 of IV, tag and ciphertext. The IV is random: reusing one under the same key would break GCM. */
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
  const message = "A sealed value cannot be decrypted: it was altered, moved from its row, or sealed with another key.";
  return new DeskError("vault-tampered", message, { cause });
}

function splitOnce(text: string): { id: string; text: string } {
  const colon = text.indexOf(":");
  if (colon < 1) throw tampered();
  return { id: text.slice(0, colon), text: text.slice(colon + 1) };
}

/** The parsed key ring, or one line per mistake. A message never contains the key. */
export type KeyRingReading =
  | { readonly ok: true; readonly ring: readonly RingKey[] }
  | { readonly ok: false; readonly mistakes: readonly string[] };

/** Parses `id:base64,id:base64,…`. Each key has 32 bytes; the first is the current one. */
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
      mistakes.push(`key ${index + 1}: id "${read.id}" is used twice`);
    else ring.push(read);
  }
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, ring };
}

function parseKey(entry: string, place: string): RingKey | string {
  const match = /^([A-Za-z0-9._-]{1,40}):(.+)$/.exec(entry);
  if (match === null) return `${place}: write it as id:base64; the id may contain letters, digits, ".", "_" and "-"`;
  const [, id = "", base64 = ""] = match;
  // Buffer.from ignores invalid base64 characters, so a mistyped key would otherwise be accepted.
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(base64)) return `${place} ("${id}"): not base64`;
  const key = Buffer.from(base64, "base64");
  if (key.length !== keyBytes) return `${place} ("${id}"): ${key.length} bytes, must be ${keyBytes}`;
  return { id, key };
}

/** The text form of a key ring, as `parseKeyRing` reads it. */
export function writeKeyRing(ring: readonly RingKey[]): string {
  return ring.map(({ id, key }) => `${id}:${key.toString("base64")}`).join(",");
}

/** A new random key for the ring. */
export function newRingKey(id: string): RingKey {
  return { id, key: randomBytes(keyBytes) };
}

import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";

/** A key tokens are signed with, and how it is published. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** As one entry of a JWKS document; endorsements name the channels it may speak for. */
  jwk(endorsements?: readonly string[]): Readonly<Record<string, unknown>>;
}

/** A new RSA key of 2048 bits. */
export function newSigningKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const kid = randomUUID();
  return {
    kid,
    privateKey,
    publicKey,
    jwk: (endorsements) => ({
      ...publicKey.export({ format: "jwk" }),
      use: "sig",
      kid,
      x5t: kid,
      ...(endorsements === undefined ? {} : { endorsements }),
    }),
  };
}

const lasting = new Map<string, SigningKey>();

/** The key of this name, made once in this process: a key takes a while to make. */
export function lastingKey(name: string): SigningKey {
  const key = lasting.get(name) ?? newSigningKey();
  lasting.set(name, key);
  return key;
}

/** A JSON web token (RFC 7519). `HS256` takes the public key for a secret, the classic forgery; `tampered` changes a claim after signing. */
export function signed(
  claims: Readonly<Record<string, unknown>>,
  { kid, privateKey, publicKey }: SigningKey,
  { algorithm = "RS256", tampered }: { readonly algorithm?: "RS256" | "HS256" | "none"; readonly tampered?: true } = {},
): string {
  const head = encoded({ typ: "JWT", alg: algorithm, kid });
  const body = `${head}.${encoded(claims)}`;
  const signature =
    algorithm === "none"
      ? ""
      : algorithm === "HS256"
        ? createHmac("sha256", publicKey.export({ type: "spki", format: "pem" }))
            .update(body)
            .digest("base64url")
        : sign("sha256", Buffer.from(body), privateKey).toString("base64url");
  return `${tampered ? `${head}.${encoded({ ...claims, jti: "changed" })}` : body}.${signature}`;
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

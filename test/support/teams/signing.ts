import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";

/** A token signing key and its published form. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** An entry of a JWKS document. Endorsements list the channels the key is valid for. */
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

/** The key with this name, cached per process because key generation is slow. */
export function lastingKey(name: string): SigningKey {
  const key = lasting.get(name) ?? newSigningKey();
  lasting.set(name, key);
  return key;
}

/** A JSON Web Token (RFC 7519). `HS256` uses the public key as the secret, a known attack; `tampered` changes a claim after signing. */
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

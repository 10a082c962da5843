import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** A server's certificate and key with its CA certificate, as PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** The CA certificate, for clients to trust. */
  readonly ca: string;
}

const dayMs = 86_400_000;

/** A certificate for `localhost` and `127.0.0.1` with its own CA, valid for a week around now (X.509 v3, RFC 5280). */
export function loopbackCertificate(): Certificate {
  const authority = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const server = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const issuer = name("Frontdesk test authority");
  const ca = certificate({
    subject: issuer,
    issuer,
    publicKey: authority.publicKey,
    signedBy: authority.privateKey,
    extensions: [
      extension("2.5.29.19", true, sequence(der(0x01, Buffer.from([0xff])))), // an authority
      extension("2.5.29.15", true, der(0x03, Buffer.from([0x01, 0x06]))), // signs certificates and revocations
      extension("2.5.29.14", false, der(0x04, keyId(authority.publicKey))),
    ],
  });
  const names = sequence(der(0x82, Buffer.from("localhost")), der(0x87, Buffer.from([127, 0, 0, 1])));
  const cert = certificate({
    subject: name("localhost"),
    issuer,
    publicKey: server.publicKey,
    signedBy: authority.privateKey,
    extensions: [
      extension("2.5.29.17", false, names),
      extension("2.5.29.37", false, sequence(oid("1.3.6.1.5.5.7.3.1"))), // a server
      extension("2.5.29.35", false, sequence(der(0x80, keyId(authority.publicKey)))),
    ],
  });
  return { key: server.privateKey.export({ type: "pkcs8", format: "pem" }).toString(), cert, ca };
}

interface Wanted {
  readonly subject: Buffer;
  readonly issuer: Buffer;
  readonly publicKey: KeyObject;
  readonly signedBy: KeyObject;
  readonly extensions: readonly Buffer[];
}

function certificate({ subject, issuer, publicKey, signedBy, extensions }: Wanted): string {
  const ecdsaWithSha256 = sequence(oid("1.2.840.10045.4.3.2"));
  const nowMs = Date.now();
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(8)])),
    ecdsaWithSha256,
    issuer,
    sequence(utcTime(nowMs - dayMs), utcTime(nowMs + 7 * dayMs)),
    subject,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign("sha256", body, signedBy)]);
  const lines =
    sequence(body, ecdsaWithSha256, der(0x03, signature))
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

/** An ASN.1 value: tag, length, content (X.690). */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  if (length < 0x100) return Buffer.concat([Buffer.from([tag, 0x81, length]), content]);
  return Buffer.concat([Buffer.from([tag, 0x82, length >> 8, length & 0xff]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = rest.flatMap((number) => {
    const groups = [number & 0x7f];
    for (let left = number >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return der(0x06, Buffer.from([first * 40 + second, ...bytes]));
}

function name(common: string): Buffer {
  return sequence(der(0x31, sequence(oid("2.5.4.3"), der(0x0c, Buffer.from(common)))));
}

function utcTime(ms: number): Buffer {
  const [digits = ""] = new Date(ms).toISOString().replace(/[-:T]/g, "").split(".");
  return der(0x17, Buffer.from(`${digits.slice(2)}Z`));
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(id), ...(critical ? [der(0x01, Buffer.from([0xff]))] : []), der(0x04, value));
}

function keyId(key: KeyObject): Buffer {
  return createHash("sha1")
    .update(key.export({ type: "spki", format: "der" }))
    .digest();
}

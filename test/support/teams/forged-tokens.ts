import { emulatorIssuer, type TokenIssuer, type TokenWish } from "./issuer.ts";

/** An `authorization` header that the desk must reject with 401, and why. */
export interface ForgedToken {
  readonly why: string;
  readonly header: string | undefined;
}

const wishes = (appId: string): readonly (readonly [string, TokenWish])[] => [
  ["another app's audience", { audience: "99999999-9999-4999-8999-999999999999" }],
  ["no audience", { audience: null }],
  ["another issuer", { issuer: "https://issuer.invalid" }],
  ["no issuer", { issuer: null }],
  ["another service's serviceUrl", { serviceUrl: "https://smba.invalid/emea/" }],
  ["no serviceUrl claim", { serviceUrl: null }],
  ["expired", { expired: true }],
  ["not valid yet", { early: true }],
  ["an unpublished key", { key: "unknown" }],
  ["a key that speaks for another channel", { key: "unendorsed" }],
  ["no signature", { algorithm: "none" }],
  ["the public key taken for a secret", { algorithm: "HS256" }],
  ["claims changed after signing", { tampered: true }],
  ["the emulator's, with the channel's key", { issuer: emulatorIssuer, claims: { ver: "1.0", appid: appId } }],
  [
    "another bot's, with the emulator's key",
    { key: "emulator", issuer: emulatorIssuer, claims: { ver: "1.0", appid: "another-bot" } },
  ],
];

/** All kinds of invalid headers (T2). */
export function forgedTokens(issuer: TokenIssuer, appId: string): readonly ForgedToken[] {
  return [
    { why: "no header", header: undefined },
    { why: "an empty header", header: "" },
    { why: "no token", header: "Bearer" },
    { why: "another scheme", header: `Basic ${issuer.token()}` },
    { why: "not a token", header: "Bearer nonsense" },
    { why: "three parts of nothing", header: "Bearer a.b.c" },
    ...wishes(appId).map(([why, wish]) => ({ why, header: `Bearer ${issuer.token(wish)}` })),
  ];
}

import { randomUUID } from "node:crypto";
import { type Call, type Reply, serveLoopback } from "./loopback.ts";
import { lastingKey, newSigningKey, type SigningKey, signed } from "./signing.ts";

/** Issuer of channel tokens and audience of bot tokens: the Bot Connector. */
const channelIssuer = "https://api.botframework.com";
/** One of the issuers from which the SDK accepts emulator tokens. */
export const emulatorIssuer = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/";

/** Options of a token. Defaults are those of the channel; `null` omits a claim. */
export interface TokenWish {
  readonly audience?: string | null;
  readonly issuer?: string | null;
  readonly serviceUrl?: string | null;
  readonly expired?: true;
  /** Becomes valid in an hour. */
  readonly early?: true;
  /** The signing key: `unknown` is unpublished, `unendorsed` is published for another channel, `emulator` is the emulator's. */
  readonly key?: "known" | "unknown" | "unendorsed" | "emulator";
  readonly algorithm?: "RS256" | "HS256" | "none";
  /** Changes the claims after signing. */
  readonly tampered?: true;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** The endpoints that respond with 503. */
export type Outage = "nothing" | "metadata" | "keys" | "bot tokens" | "everything";

/** Both token issuers: of channel tokens, which authenticate requests, and of bot tokens for the Connector. */
export interface TokenIssuer {
  readonly url: string;
  /** The environment of a desk that trusts this issuer: the SDK's seven settings (T4). */
  readonly cloud: Readonly<Record<CloudName, string>>;
  /** A channel token for an activity, or a forged one. */
  token(wish?: TokenWish): string;
  /** Rotates the signing key. The previous one is no longer published. */
  rotate(): void;
  outage(which: Outage): void;
  /** Number of requests to an endpoint. */
  asked(what: "metadata" | "keys" | "bot tokens"): number;
  /** A bot token as issued to a managed identity by its host, without a request here. */
  machineToken(): string;
  /** Classifies an `authorization` header. `over`: an expired or revoked bot token. */
  botToken(authorization: string): "good" | "over" | "foreign";
  /** Revokes all bot tokens. */
  revokeBotTokens(): void;
  close(): Promise<void>;
}

export type CloudName =
  | "ToBotFromChannelOpenIdMetadataUrl"
  | "ToChannelFromBotLoginUrl"
  | "ToChannelFromBotOAuthScope"
  | "ToBotFromChannelTokenIssuer"
  | "ToBotFromEmulatorOpenIdMetadataUrl"
  | "OAuthUrl"
  | "CallerId";

export interface IssuerOptions {
  readonly appId: string;
  readonly password: string;
  readonly tenantId: string;
  readonly serviceUrl: () => string;
  /** Wall time, epoch ms. */
  readonly realNow: () => number;
}

const hourSeconds = 3_600;

/** Opens the issuer on loopback with https. */
export async function openIssuer(options: IssuerOptions): Promise<TokenIssuer> {
  const { appId, password, tenantId } = options;
  let known = lastingKey("known");
  let out: Outage = "nothing";
  const asked = { metadata: 0, keys: 0, "bot tokens": 0 };
  const botTokens = new Map<string, number>();
  const nowSeconds = () => Math.floor(options.realNow() / 1000);
  /** The SDK caches keys by URL for the life of the process, and the system gives a freed port to a later issuer. */
  const channel = `channel-${randomUUID()}`;

  function answer({ method, path, body }: Call): Reply {
    const [first = "", ...rest] = path;
    const place = rest.join("/");
    if (first === "common" && place.startsWith("discovery/instance")) return { status: 200, json: instances() };
    if (/^v2\.0\/\.well-known\/openid-configuration$/.test(place)) return { status: 200, json: authority(first) };
    if (place === "oauth2/v2.0/token" && method === "POST") {
      asked["bot tokens"] += 1;
      return out === "bot tokens" || out === "everything" ? unavailable : botToken(first, new URLSearchParams(body));
    }
    if (place === ".well-known/openidconfiguration") {
      asked.metadata += 1;
      return out === "metadata" || out === "everything" ? unavailable : { status: 200, json: metadata(first) };
    }
    if (place === ".well-known/keys") {
      asked.keys += 1;
      const keys =
        first === "emulator"
          ? [lastingKey("emulator").jwk()]
          : [known.jwk(["msteams"]), lastingKey("unendorsed").jwk(["webchat"])];
      return out === "keys" || out === "everything" ? unavailable : { status: 200, json: { keys } };
    }
    return { status: 404, json: { error: "not_found", error_description: `${method} /${path.join("/")}` } };
  }

  function botToken(tenant: string, asks: URLSearchParams): Reply {
    const wrong = (status: number, error: string, description: string): Reply => ({
      status,
      json: { error, error_description: description, error_codes: [7_000_215] },
    });
    if (asks.get("grant_type") !== "client_credentials") return wrong(400, "unsupported_grant_type", "AADSTS70003");
    if (asks.get("scope") !== `${channelIssuer}/.default`) return wrong(400, "invalid_scope", "AADSTS70011");
    if (tenant !== tenantId && tenant !== "botframework.com") return wrong(400, "invalid_request", "AADSTS90002");
    if (asks.get("client_id") !== appId) return wrong(400, "unauthorized_client", "AADSTS700016");
    if (asks.get("client_secret") !== password) return wrong(401, "invalid_client", "AADSTS7000215");
    const access_token = newBotToken(tenant);
    return {
      status: 200,
      json: { token_type: "Bearer", expires_in: hourSeconds, ext_expires_in: hourSeconds, access_token },
    };
  }

  function newBotToken(tenant: string): string {
    const expiresAt = nowSeconds() + hourSeconds;
    const claims = { aud: channelIssuer, appid: appId, tid: tenant, exp: expiresAt, jti: randomUUID() };
    const token = signed(claims, known);
    botTokens.set(`Bearer ${token}`, expiresAt);
    return token;
  }

  const { url, close } = await serveLoopback(answer);

  const metadata = (of: string) => ({
    issuer: of === "emulator" ? emulatorIssuer : channelIssuer,
    authorization_endpoint: "https://invalid.botframework.com",
    jwks_uri: `${url}/${of}/.well-known/keys`,
    id_token_signing_alg_values_supported: ["RS256"],
    token_endpoint_auth_methods_supported: ["private_key_jwt"],
  });
  const authority = (tenant: string) => ({
    issuer: `${url}/${tenant}/v2.0`,
    authorization_endpoint: `${url}/${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${url}/${tenant}/oauth2/v2.0/token`,
    jwks_uri: `${url}/${channel}/.well-known/keys`,
  });
  const instances = () => ({
    tenant_discovery_endpoint: `${url}/${tenantId}/v2.0/.well-known/openid-configuration`,
    metadata: [
      { preferred_network: new URL(url).host, preferred_cache: new URL(url).host, aliases: [new URL(url).host] },
    ],
  });

  const keyFor = (which: NonNullable<TokenWish["key"]>): SigningKey => (which === "known" ? known : lastingKey(which));

  return {
    url,
    close,
    cloud: {
      ToBotFromChannelOpenIdMetadataUrl: `${url}/${channel}/.well-known/openidconfiguration`,
      ToChannelFromBotLoginUrl: `${url}/${tenantId}`,
      ToChannelFromBotOAuthScope: channelIssuer,
      ToBotFromChannelTokenIssuer: channelIssuer,
      ToBotFromEmulatorOpenIdMetadataUrl: `${url}/emulator/.well-known/openidconfiguration`,
      OAuthUrl: url,
      CallerId: "urn:botframework:azure",
    },
    token(wish = {}) {
      const claims: Record<string, unknown> = {
        aud: appId,
        iss: channelIssuer,
        serviceurl: options.serviceUrl(),
        nbf: nowSeconds() + (wish.early ? hourSeconds : wish.expired ? -3 * hourSeconds : -300),
        exp: nowSeconds() + (wish.early ? 2 : wish.expired ? -1 : 1) * hourSeconds,
      };
      for (const [claim, value] of [
        ["aud", wish.audience],
        ["iss", wish.issuer],
        ["serviceurl", wish.serviceUrl],
      ] as const) {
        if (value === null) delete claims[claim];
        else if (value !== undefined) claims[claim] = value;
      }
      return signed({ ...claims, ...wish.claims }, keyFor(wish.key ?? "known"), wish);
    },
    rotate() {
      known = newSigningKey();
    },
    outage(which) {
      out = which;
    },
    asked: (what) => asked[what],
    machineToken: () => newBotToken(tenantId),
    botToken(authorization) {
      const expiresAt = botTokens.get(authorization);
      if (expiresAt === undefined) return "foreign";
      return expiresAt > nowSeconds() ? "good" : "over";
    },
    revokeBotTokens() {
      for (const token of botTokens.keys()) botTokens.set(token, 0);
    },
  };
}

const unavailable: Reply = { status: 503, json: { error: "temporarily_unavailable" } };

import { randomUUID } from "node:crypto";
import { type Call, type Reply, serveLoopback } from "./loopback.ts";
import { lastingKey, newSigningKey, type SigningKey, signed } from "./signing.ts";

/** Who speaks for the channel in its tokens, and who bots ask to speak to: the name of the Bot Connector. */
const channelIssuer = "https://api.botframework.com";
/** One of the issuers the SDK takes emulator tokens from. */
export const emulatorIssuer = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/";

/** A token for the desk; what is absent is as the channel would make it. `null` leaves a claim out. */
export interface TokenWish {
  readonly audience?: string | null;
  readonly issuer?: string | null;
  readonly serviceUrl?: string | null;
  readonly expired?: true;
  /** Valid from an hour from now only. */
  readonly early?: true;
  /** Which key signs: `unknown` was never published, `unendorsed` is published for another channel, `emulator` is the emulator's. */
  readonly key?: "known" | "unknown" | "unendorsed" | "emulator";
  readonly algorithm?: "RS256" | "HS256" | "none";
  /** The claims are changed after signing. */
  readonly tampered?: true;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** What fails to answer: with 503. */
export type Outage = "nothing" | "metadata" | "keys" | "bot tokens" | "everything";

/** Both issuers the desk has to do with: of tokens that prove the channel, and of tokens the bot shows to the Connector. */
export interface TokenIssuer {
  readonly url: string;
  /** The environment of a desk that trusts this issuer: the SDK's seven names (T4). */
  readonly cloud: Readonly<Record<CloudName, string>>;
  /** A token the channel would send along with an activity, or a forged one. */
  token(wish?: TokenWish): string;
  /** From now on another key signs; the former is no longer published. */
  rotate(): void;
  outage(which: Outage): void;
  /** How often a kind of question came. */
  asked(what: "metadata" | "keys" | "bot tokens"): number;
  /** A token of the bot as its machine would give it to a managed identity: nobody asks here for it. */
  machineToken(): string;
  /** What the Connector makes of an `authorization` header: `over` was a token of the bot, but is expired or revoked. */
  botToken(authorization: string): "good" | "over" | "foreign";
  /** No bot token given so far is taken any longer. */
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
  /** Real time, epoch ms. */
  readonly realNow: () => number;
}

const hourSeconds = 3_600;

/** Opens the issuer on loopback https. */
export async function openIssuer(options: IssuerOptions): Promise<TokenIssuer> {
  const { appId, password, tenantId } = options;
  let known = lastingKey("known");
  let out: Outage = "nothing";
  const asked = { metadata: 0, keys: 0, "bot tokens": 0 };
  const botTokens = new Map<string, number>();
  const nowSeconds = () => Math.floor(options.realNow() / 1000);

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
    jwks_uri: `${url}/v1/.well-known/keys`,
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
      ToBotFromChannelOpenIdMetadataUrl: `${url}/v1/.well-known/openidconfiguration`,
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

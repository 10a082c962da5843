import { ConfidentialClientApplication } from "@azure/msal-node";
import { type Activity, ActivityTypes, CloudAdapter, ConfigurationBotFrameworkAuthentication } from "botbuilder";
import {
  type AppCredentials,
  type AuthenticateRequestResult,
  AuthenticationError,
  JwtTokenProviderFactory,
  ManagedIdentityServiceClientCredentialsFactory,
  MsalServiceClientCredentialsFactory,
  PasswordServiceClientCredentialFactory,
  type ServiceClientCredentialsFactory,
} from "botframework-connector";
import { DeskError } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import type { TeamsSettings } from "../../src/service-settings.ts";
import { type CloudAddresses, cloudOf, isServiceUrl } from "./clouds.ts";
import { withoutConsoleErrors } from "./mute-console.ts";
import { type ReadActivity, tenantOf } from "./receive.ts";

/** The result of authenticating a request. 401: invalid token; 403: tenant not allowed; 503: the keys could not be fetched. */
export type Proof =
  | { readonly ok: true; readonly proven: AuthenticateRequestResult }
  | { readonly ok: false; readonly status: 401 | 403 | 503 };

/** The response to an invoke: HTTP status and JSON body. */
export interface InvokeAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** The part of the Bot Framework SDK that the desk uses. No other file imports the SDK. */
export interface TeamsSdk {
  /** Validates a request's token against its activity (T2). Never throws. */
  prove(activity: ReadActivity, raw: object, header: string): Promise<Proof>;
  /**
   * Runs one SDK turn. `take` returns plain data before the turn ends, because the SDK revokes its context then (T10).
   * `failed` is the response to an invoke whose turn threw; errors of other activities are rethrown (T11).
   */
  turn(
    proof: Proof & { ok: true },
    raw: object,
    work: { take(): Promise<InvokeAnswer | undefined>; readonly failed: InvokeAnswer },
  ): Promise<InvokeAnswer | undefined>;
  /** The bot's access token, a fresh one if `renewed`. Undefined in anonymous mode. Rejects when none is issued. */
  token(renewed: boolean): Promise<string | undefined>;
}

/** Time limit for fetching keys or a token. */
const timeoutMs = 10_000;
/** Minimum interval, in hours, between key look-ups for unknown key ids: tokens with invented key ids must not trigger one request each. */
const freshHours = 1 / 60;

/** Opens the SDK. Throws a DeskError when the app id is missing and anonymous mode is off. */
export function openSdk(settings: TeamsSettings, log: Pick<Log, "error">): TeamsSdk {
  const cloud = cloudOf(settings);
  const credentials = credentialsOf(settings, cloud);
  const authentication = new ProvenAuthentication(settings, cloud, credentials);
  const adapter = new DeskAdapter(authentication);
  let asking: Promise<string> | undefined;
  let hasAsked = false;

  async function newToken(renewed: boolean): Promise<string> {
    // Both factories create AppCredentials, but their shared interface declares a narrower type.
    const made = (await credentials.createCredentials(
      settings.appId,
      cloud.ToChannelFromBotOAuthScope,
      cloud.ToChannelFromBotLoginUrl,
      true,
    )) as AppCredentials;
    // The SDK caches tokens process-wide by app and audience. The first token is fetched fresh: a cached one may be for another directory.
    const token = await within(made.getToken(renewed || !hasAsked));
    hasAsked = true;
    return token;
  }

  return {
    async prove(activity, raw, header) {
      try {
        const proven = await withoutConsoleErrors(() => authentication.prove(activity, raw as Activity, header)); // read as one
        return { ok: true, proven };
      } catch (error) {
        const status = statusOf(error);
        if (status === 503) log.error({ event: "teams.keys.unavailable", error });
        return { ok: false, status };
      }
    },
    turn: (proof, raw, work) => adapter.turn(proof.proven, raw as Activity, work, log), // as above
    async token(renewed) {
      if (settings.anonymous) return undefined;
      asking ??= newToken(renewed).finally(() => {
        asking = undefined;
      });
      try {
        return await asking;
      } catch (error) {
        log.error({ event: "teams.token.failed", error });
        throw error;
      }
    },
  };
}

/** The bot's credentials (T3): a client secret or a managed identity. None in anonymous mode. */
function credentialsOf(settings: TeamsSettings, cloud: CloudAddresses): ServiceClientCredentialsFactory {
  const { appId, anonymous } = settings;
  if (!anonymous && appId.trim() === "") {
    throw new DeskError(
      "teams-app-id",
      "MicrosoftAppId is missing. Set it: without it, requests from Teams cannot be authenticated.",
    );
  }
  const factory = factoryOf(settings, cloud);
  let made: ReturnType<ServiceClientCredentialsFactory["createCredentials"]> | undefined;
  return {
    isValidAppId: async (id) => !anonymous && id === appId,
    // Set explicitly: for an empty app id the SDK would disable authentication.
    isAuthenticationDisabled: async () => anonymous,
    createCredentials(...asked) {
      made ??= factory.createCredentials(...asked);
      return made;
    },
  };
}

function factoryOf(settings: TeamsSettings, cloud: CloudAddresses): ServiceClientCredentialsFactory {
  const { appId, password, type, anonymous } = settings;
  if (anonymous) return new PasswordServiceClientCredentialFactory("", "");
  if (type === "UserAssignedMSI") {
    return new ManagedIdentityServiceClientCredentialsFactory(appId, new JwtTokenProviderFactory());
  }
  const authority = cloud.ToChannelFromBotLoginUrl;
  const application = new ConfidentialClientApplication({
    auth: { clientId: appId, clientSecret: password, authority, knownAuthorities: [new URL(authority).host] },
  });
  // The SDK bundles its own version of msal-node. It uses the application only to request tokens, which both versions support.
  type Application = ConstructorParameters<typeof MsalServiceClientCredentialsFactory>[1];
  return new MsalServiceClientCredentialsFactory(appId, application as unknown as Application);
}

/** The SDK's authentication with additional checks (T2): tenant, missing serviceUrl, other callers and rotated keys. */
class ProvenAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #settings: TeamsSettings;
  readonly #cloud: CloudAddresses;
  /** A second instance with a short key cache, for tokens whose key the first one does not know yet (T13). */
  readonly #fresh: ConfigurationBotFrameworkAuthentication;

  constructor(settings: TeamsSettings, cloud: CloudAddresses, credentials: ServiceClientCredentialsFactory) {
    const options = { MicrosoftAppId: settings.appId, ...cloud };
    super(options, credentials);
    this.#settings = settings;
    this.#cloud = cloud;
    // The SDK caches keys by URL, with the first caller's refresh interval. The `#fresh` suffix gives this instance its own cache entry.
    const again = { ...options, ToBotFromChannelOpenIdMetadataUrl: `${cloud.ToBotFromChannelOpenIdMetadataUrl}#fresh` };
    this.#fresh = new ConfigurationBotFrameworkAuthentication(again, credentials, undefined, undefined, {
      tokenRefreshInterval: freshHours,
    });
  }

  /** Authenticates a request. Throws an AuthenticationError, or the error of fetching the keys. */
  async prove(read: ReadActivity, activity: Activity, header: string): Promise<AuthenticateRequestResult> {
    const { serviceUrl = "" } = read;
    if (!isServiceUrl(this.#settings, serviceUrl)) throw refusal("serviceUrl");
    const proven = this.#settings.anonymous
      ? await super.authenticateRequest(activity, "")
      : await this.#proved(read, activity, header);
    const { allowedTenants } = this.#settings;
    const tenant = tenantOf(read);
    if (allowedTenants.length > 0 && (tenant === undefined || !allowedTenants.includes(tenant))) {
      throw new AuthenticationError("tenant", 403);
    }
    return proven;
  }

  async #proved(read: ReadActivity, activity: Activity, header: string): Promise<AuthenticateRequestResult> {
    // Emulators, skills and other channels are authenticated with keys that the desk does not accept.
    if (read.channelId !== "msteams") throw refusal("channel");
    if (issuerIn(header) !== this.#cloud.ToBotFromChannelTokenIssuer) throw refusal("issuer");
    const proven = await within(super.authenticateRequest(activity, header)).catch((error: unknown) => {
      if (!isUnknownKey(error)) throw error;
      return within(this.#fresh.authenticateRequest(activity, header));
    });
    const { claimsIdentity } = proven;
    if (claimsIdentity.getClaimValue("serviceurl") !== read.serviceUrl) throw refusal("serviceUrl");
    // The SDK takes a token without an expiry for one that never expires (R11).
    if (claimsIdentity.getClaimValue("exp") === null) throw refusal("expiry");
    return proven;
  }
}

/** The SDK's adapter. Requests are authenticated before the turn and responses are sent after it. */
class DeskAdapter extends CloudAdapter {
  async turn(
    proven: AuthenticateRequestResult,
    activity: Activity,
    work: { take(): Promise<InvokeAnswer | undefined>; readonly failed: InvokeAnswer },
    log: Pick<Log, "error">,
  ): Promise<InvokeAnswer | undefined> {
    return this.processActivity(proven, activity, async (context) => {
      const isInvoke = context.activity.type === ActivityTypes.Invoke;
      const answer = await work.take().catch((error: unknown) => {
        // If rethrown, the SDK would answer an invoke with an empty 501.
        if (!isInvoke) throw error;
        log.error({ event: "teams.press.failed", error });
        return work.failed;
      });
      if (isInvoke && answer !== undefined) {
        await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: answer });
      }
    });
  }
}

function refusal(why: string): AuthenticationError {
  return new AuthenticationError(why, 401);
}

function isUnknownKey(error: unknown): boolean {
  return error instanceof AuthenticationError && error.statusCode === 401 && /signing key/i.test(error.message);
}

/** Every invalid token is 401, whatever the SDK throws for it. Failures while fetching the keys are 503 (T13). */
function statusOf(error: unknown): 401 | 403 | 503 {
  if (error instanceof AuthenticationError) return error.statusCode === 403 ? 403 : error.statusCode >= 500 ? 503 : 401;
  const isOutage =
    error instanceof Error && (error.name === "FetchError" || error.name === "AbortError" || error instanceof TooLate);
  return isOutage ? 503 : 401;
}

class TooLate extends Error {
  override readonly name = "TooLate";
}

/** Races the promise against a time-out. The underlying request continues, and the SDK caches its result. */
async function within<Value>(promise: Promise<Value>): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new TooLate("no answer in time")), timeoutMs);
  promise.catch(() => {}); // avoids an unhandled rejection after the time-out
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The `iss` claim of a token that has not been verified yet. */
function issuerIn(header: string): unknown {
  const [, payload = ""] = header.split(".");
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    return typeof claims === "object" && claims !== null && "iss" in claims ? claims.iss : undefined;
  } catch {
    return undefined;
  }
}

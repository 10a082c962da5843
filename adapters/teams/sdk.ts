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
import { type ReadActivity, tenantOf } from "./receive.ts";
import { unprinted } from "./unprinted.ts";

/** Whether a request may be heard. 401: it proves nothing; 403: it comes from elsewhere; 503: nobody can tell now. */
export type Proof =
  | { readonly ok: true; readonly proven: AuthenticateRequestResult }
  | { readonly ok: false; readonly status: 401 | 403 | 503 };

/** What is answered to an invoke: the HTTP status and its JSON body. */
export interface InvokeAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** The Bot Framework SDK, as much of it as the desk needs; the one file that knows it. */
export interface TeamsSdk {
  /** Checks the token of a request against the activity it carries (T2). Never throws. */
  prove(activity: ReadActivity, raw: object, header: string): Promise<Proof>;
  /**
   * One turn of the SDK. What it answers is plain data, made before the turn ends: its context is revoked with it (T10).
   * `failed` is the answer to an invoke whose turn threw; any other turn throws on (T11).
   */
  turn(
    proof: Proof & { ok: true },
    raw: object,
    work: { take(): Promise<InvokeAnswer | undefined>; readonly failed: InvokeAnswer },
  ): Promise<InvokeAnswer | undefined>;
  /** The bot's own token, a new one if `renewed`; undefined where anonymous. Rejects when none is given. */
  token(renewed: boolean): Promise<string | undefined>;
}

/** How long a look-up of keys or a token may take. */
const patienceMs = 10_000;
/** A key that is not known is looked up this often at the most, in hours: tokens with made-up keys must not cost a look-up each. */
const freshHours = 1 / 60;

/** Opens the SDK. Throws a DeskError where there is no app id and tokens are not switched off on purpose. */
export function openSdk(settings: TeamsSettings, log: Pick<Log, "error">): TeamsSdk {
  const cloud = cloudOf(settings);
  const credentials = credentialsOf(settings, cloud);
  const authentication = new ProvenAuthentication(settings, cloud, credentials);
  const adapter = new DeskAdapter(authentication);
  let asking: Promise<string> | undefined;
  let hasAsked = false;

  async function newToken(renewed: boolean): Promise<string> {
    // Both factories make AppCredentials; only the interface they share says less.
    const made = (await credentials.createCredentials(
      settings.appId,
      cloud.ToChannelFromBotOAuthScope,
      cloud.ToChannelFromBotLoginUrl,
      true,
    )) as AppCredentials;
    // The SDK keeps tokens for the whole process by app and audience alone: the first may be another directory's.
    const token = await within(made.getToken(renewed || !hasAsked));
    hasAsked = true;
    return token;
  }

  return {
    async prove(activity, raw, header) {
      try {
        const proven = await unprinted(() => authentication.prove(activity, raw as Activity, header)); // read as one
        return { ok: true, proven };
      } catch (error) {
        const status = statusOf(error);
        if (status === 503) log.error({ event: "teams.keys-unavailable", error });
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
        log.error({ event: "teams.token-refused", error });
        throw error;
      }
    },
  };
}

/** Who the bot is (T3): a secret or a managed identity; nobody only where that was asked for. */
function credentialsOf(settings: TeamsSettings, cloud: CloudAddresses): ServiceClientCredentialsFactory {
  const { appId, anonymous } = settings;
  if (!anonymous && appId.trim() === "") {
    throw new DeskError("teams-app-id", "MicrosoftAppId is missing: without it Teams' requests cannot be proved.");
  }
  const factory = factoryOf(settings, cloud);
  let made: ReturnType<ServiceClientCredentialsFactory["createCredentials"]> | undefined;
  return {
    isValidAppId: async (id) => !anonymous && id === appId,
    // Spelt out, because the SDK takes an empty app id for leave to ask nobody anything.
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
  // The SDK carries an msal-node of its own; it asks no more of it than a token for the bot.
  type Application = ConstructorParameters<typeof MsalServiceClientCredentialsFactory>[1];
  return new MsalServiceClientCredentialsFactory(appId, application as unknown as Application);
}

/** The SDK's check, with what it leaves out (T2): the tenant, a missing serviceUrl, other kinds of callers, new keys. */
class ProvenAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #settings: TeamsSettings;
  readonly #cloud: CloudAddresses;
  /** Looks keys up again and again, for tokens whose key the other one does not know yet (T13). */
  readonly #fresh: ConfigurationBotFrameworkAuthentication;

  constructor(settings: TeamsSettings, cloud: CloudAddresses, credentials: ServiceClientCredentialsFactory) {
    const options = { MicrosoftAppId: settings.appId, ...cloud };
    super(options, credentials);
    this.#settings = settings;
    this.#cloud = cloud;
    // Keys are kept by address, for as long as whoever asked first wished: a fragment makes it another one.
    const again = { ...options, ToBotFromChannelOpenIdMetadataUrl: `${cloud.ToBotFromChannelOpenIdMetadataUrl}#fresh` };
    this.#fresh = new ConfigurationBotFrameworkAuthentication(again, credentials, undefined, undefined, {
      tokenRefreshInterval: freshHours,
    });
  }

  /** The proof of a request; throws an AuthenticationError, or what went wrong while looking keys up. */
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
    // Emulators, skills and other channels prove themselves by other keys, which are none of the desk's callers'.
    if (read.channelId !== "msteams") throw refusal("channel");
    if (issuerIn(header) !== this.#cloud.ToBotFromChannelTokenIssuer) throw refusal("issuer");
    const proven = await within(super.authenticateRequest(activity, header)).catch((error: unknown) => {
      if (!isUnknownKey(error)) throw error;
      return within(this.#fresh.authenticateRequest(activity, header));
    });
    if (proven.claimsIdentity.getClaimValue("serviceurl") !== read.serviceUrl) throw refusal("serviceUrl");
    return proven;
  }
}

/** The SDK's adapter, for the one way in: the request is proved before, and answered after it. */
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
        // Thrown on, an invoke would be answered with an empty 501.
        if (!isInvoke) throw error;
        log.error({ event: "teams.press-failed", error });
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

/** Every bad token is 401, whatever the SDK throws for it; what fails on the way to the keys is 503 (T13). */
function statusOf(error: unknown): 401 | 403 | 503 {
  if (error instanceof AuthenticationError) return error.statusCode === 403 ? 403 : error.statusCode >= 500 ? 503 : 401;
  const isOutage =
    error instanceof Error && (error.name === "FetchError" || error.name === "AbortError" || error instanceof TooLate);
  return isOutage ? 503 : 401;
}

class TooLate extends Error {
  override readonly name = "TooLate";
}

/** The promise, or a rejection when it takes too long; what it starts goes on, and its result is kept for the next. */
async function within<Value>(promise: Promise<Value>): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new TooLate("no answer in time")), patienceMs);
  promise.catch(() => {}); // it may fail after nobody waits for it any more
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whom a token says it is from, before anybody has checked that. */
function issuerIn(header: string): unknown {
  const [, payload = ""] = header.split(".");
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    return typeof claims === "object" && claims !== null && "iss" in claims ? claims.iss : undefined;
  } catch {
    return undefined;
  }
}

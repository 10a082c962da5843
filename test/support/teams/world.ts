import { randomUUID } from "node:crypto";
import { expect, onTestFinished } from "vitest";
import { patienceMs } from "../patience.ts";
import type { Activity, Scene } from "./activities.ts";
import type { CardCheck } from "./card-checks.ts";
import { cardViolations } from "./card-violations.ts";
import { type Chat, type Chats, openChats, type Person, userIdOf } from "./chats.ts";
import { type Connector, openConnector } from "./connector.ts";
import type { Pace } from "./faults.ts";
import { openIssuer, type TokenIssuer } from "./issuer.ts";
import { authorityFile, trustLoopback } from "./loopback.ts";
import { openUser, type TeamsUser } from "./user.ts";

/** Teams' rate limits for a bot in one chat. */
export const teamsPace: readonly Pace[] = [
  { calls: 7, withinMs: 1_000 },
  { calls: 8, withinMs: 2_000 },
  { calls: 60, withinMs: 30_000 },
  { calls: 1_800, withinMs: 3_600_000 },
];

export interface TeamsWorldOptions {
  /** The desk's address, or a function that returns it, because the desk may open after the double. */
  readonly deskUrl: string | (() => string);
  readonly appId?: string;
  readonly password?: string;
  /** The tenant the bot is registered in. */
  readonly tenantId?: string;
  /** The time in activities; default: wall time. */
  readonly now?: () => number;
  /** The time for tokens and rate limits; default: wall time. */
  readonly realNow?: () => number;
  /** Clock for response times, ms; absent: no response counts as too late, because a busy machine is slow. */
  readonly stopwatch?: () => number;
  /** Runs after each activity; resolves when all resulting messages were sent. */
  readonly settle?: () => Promise<void>;
  /** Time limit for the response to a press; default: 1 s (T5). */
  readonly answerWithinMs?: number;
  /** Rate limits per chat; default: none. */
  readonly pace?: readonly Pace[];
  /** The sender's own card rules; default: `cardViolations`. */
  readonly houseRules?: CardCheck;
  /** Serves the Connector over http. */
  readonly plainConnector?: boolean;
}

/** The desk's response to an activity. */
export interface Answered {
  readonly status: number;
  /** The JSON body, if any. */
  readonly body: unknown;
  readonly tookMs: number;
}

/** A double of Teams on loopback: token issuer, Connector, and users who act only through `POST /api/messages`. */
export interface TeamsWorld {
  readonly appId: string;
  readonly botId: string;
  readonly tenantId: string;
  readonly issuer: TokenIssuer;
  readonly connector: Connector;
  readonly chats: Chats;
  /** The environment for a desk to be this bot; `NODE_EXTRA_CA_CERTS` is for a separate process. */
  readonly environment: Readonly<Record<string, string>>;
  /** A user of a tenant; the same account returns the same user. */
  user(tenant: string, aadObjectId: string, profile?: Profile): TeamsUser;
  /** A group chat or channel with these people and the bot, where the bot does not belong (T9). */
  group(kind: "groupChat" | "channel", members: readonly TeamsUser[]): Chat;
  /** Sends an activity as it is. `authorization` replaces the channel's token; `null` omits it. */
  deliver(activity: Activity | Readonly<Record<string, unknown>>, authorization?: string | null): Promise<Answered>;
  /** The common fields of an activity, with a new id. */
  scene(person: Person, chat: Chat): Scene;
}

export type Profile = Partial<Pick<Person, "name" | "timezone" | "locale" | "email">>;

/**
 * Opens the double for the running test. The test fails if the bot violated a rule (`connector.violations()`); a test that
 * expects violations reads them with `takeViolations()`.
 */
export async function openTeamsWorld(options: TeamsWorldOptions): Promise<TeamsWorld> {
  const {
    // Unique per double, because the SDK caches tokens by app id for the lifetime of the process.
    appId = randomUUID(),
    password = "a password of the double",
    tenantId = "11111111-1111-4111-8111-111111111111",
    now = Date.now,
    realNow = Date.now,
    stopwatch = () => 0,
    settle = async () => undefined,
    answerWithinMs = 1_000,
    pace = [],
    houseRules = cardViolations,
    plainConnector = false,
  } = options;
  const botId = `28:${appId}`;
  const chats = openChats();
  const people = new Map<string, TeamsUser>();
  trustLoopback();
  const authority = authorityFile();
  const issuer = await openIssuer({ appId, password, tenantId, realNow, serviceUrl: () => connector.serviceUrl });
  const connector = await openConnector({
    chats,
    botId,
    botToken: issuer.botToken,
    pace,
    realNow,
    houseRules,
    plain: plainConnector,
  });
  onTestFinished(async () => {
    await Promise.all([connector.close(), issuer.close()]);
    authority.remove();
    expect(connector.violations()).toEqual([]);
  });

  const deliver: TeamsWorld["deliver"] = async (activity, authorization = `Bearer ${issuer.token()}`) => {
    const desk = typeof options.deskUrl === "string" ? options.deskUrl : options.deskUrl();
    const startedAt = stopwatch();
    const response = await fetch(`${desk}/api/messages`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(authorization === null ? {} : { authorization }) },
      body: JSON.stringify(activity),
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = await response.text();
    const tookMs = stopwatch() - startedAt;
    return { status: response.status, tookMs, body: text === "" ? undefined : readJson(text) };
  };

  const world: TeamsWorld = {
    appId,
    botId,
    tenantId,
    issuer,
    connector,
    chats,
    environment: {
      MicrosoftAppId: appId,
      MicrosoftAppPassword: password,
      MicrosoftAppType: "SingleTenant",
      MicrosoftAppTenantId: tenantId,
      ...issuer.cloud,
      NODE_EXTRA_CA_CERTS: authority.path,
    },
    deliver,
    scene: (person, chat) => ({
      person,
      chat,
      botId,
      serviceUrl: connector.serviceUrl,
      nowMs: now(),
      id: chats.nextId(),
    }),
    group: (kind, members) =>
      chats.group(
        `19:${chats.nextId()}@thread.${kind === "channel" ? "tacv2" : "v2"}`,
        kind,
        members.map(({ person }) => person),
      ),
    user(tenant, aadObjectId, profile = {}) {
      const userId = userIdOf(tenant, aadObjectId);
      const name = profile.name ?? `Person ${aadObjectId.slice(0, 4)}`;
      const person: Person = {
        tenant,
        aadObjectId,
        userId,
        name,
        email: `${name.toLowerCase().replace(/[^a-z]+/g, ".")}@example.com`,
        timezone: "Europe/Lisbon",
        locale: "en-GB",
        ...profile,
      };
      const user = people.get(userId) ?? openUser({ world, person, settle, answerWithinMs });
      people.set(userId, user);
      return user;
    },
  };
  return world;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

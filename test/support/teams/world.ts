import { randomUUID } from "node:crypto";
import { expect, onTestFinished } from "vitest";
import { cardViolations } from "../../../adapters/teams/validate.ts";
import { patienceMs } from "../patience.ts";
import type { Activity, Scene } from "./activities.ts";
import type { CardCheck } from "./card-checks.ts";
import { type Chat, type Chats, openChats, type Person, userIdOf } from "./chats.ts";
import { type Connector, openConnector } from "./connector.ts";
import type { Pace } from "./faults.ts";
import { openIssuer, type TokenIssuer } from "./issuer.ts";
import { authorityFile, trustLoopback } from "./loopback.ts";
import { openUser, type TeamsUser } from "./user.ts";

/** How fast Teams lets a bot write to one chat. */
export const teamsPace: readonly Pace[] = [
  { calls: 7, withinMs: 1_000 },
  { calls: 8, withinMs: 2_000 },
  { calls: 60, withinMs: 30_000 },
  { calls: 1_800, withinMs: 3_600_000 },
];

export interface TeamsWorldOptions {
  /** The desk's address, or what gives it when it is asked: the desk may open after its world. */
  readonly deskUrl: string | (() => string);
  readonly appId?: string;
  readonly password?: string;
  /** The tenant the bot is registered in. */
  readonly tenantId?: string;
  /** The world's time, as activities carry it; real time when absent. */
  readonly now?: () => number;
  /** The time of tokens and of the pace; real time when absent. */
  readonly realNow?: () => number;
  /** What answers are timed with, ms; absent, no answer is too late: a busy machine is slow. */
  readonly stopwatch?: () => number;
  /** Runs after each activity the desk has answered: resolves when what follows has been sent. */
  readonly settle?: () => Promise<void>;
  /** How long an answer to a press may take; 1 s, as Teams' people are promised (T5). */
  readonly answerWithinMs?: number;
  /** How fast each chat may be written to; without limit when absent. */
  readonly pace?: readonly Pace[];
  /** The sender's own rules for its cards; those of `adapters/teams` when absent. */
  readonly houseRules?: CardCheck;
  /** The Connector over http instead of https. */
  readonly plainConnector?: boolean;
}

/** What the desk answered to one activity. */
export interface Answered {
  readonly status: number;
  /** Read as JSON; absent when there was none. */
  readonly body: unknown;
  readonly tookMs: number;
}

/** Teams, all of it on loopback: token issuer, Connector, and people who act only through `POST /api/messages`. */
export interface TeamsWorld {
  readonly appId: string;
  readonly botId: string;
  readonly tenantId: string;
  readonly issuer: TokenIssuer;
  readonly connector: Connector;
  readonly chats: Chats;
  /** What a desk needs in its environment to be this bot; `NODE_EXTRA_CA_CERTS` for a process of its own. */
  readonly environment: Readonly<Record<string, string>>;
  /** Somebody of a tenant; the same account gives the same person. */
  user(tenant: string, aadObjectId: string, profile?: Profile): TeamsUser;
  /** A group chat or channel with these people and the bot, which should not be there (T9). */
  group(kind: "groupChat" | "channel", members: readonly TeamsUser[]): Chat;
  /** Sends an activity to the desk as it is; `authorization` replaces the channel's token, `null` leaves it out. */
  deliver(activity: Activity | Readonly<Record<string, unknown>>, authorization?: string | null): Promise<Answered>;
  /** What everything an activity says of itself is made of, with a new id. */
  scene(person: Person, chat: Chat): Scene;
}

export type Profile = Partial<Pick<Person, "name" | "timezone" | "locale" | "email">>;

/**
 * For the running test only: closed when it ends, and red if the bot did then what no bot may do (`connector.violations()`;
 * a test that wants it takes them with `takeViolations()`).
 */
export async function openTeamsWorld(options: TeamsWorldOptions): Promise<TeamsWorld> {
  const {
    // Its own for each world: the libraries keep tokens by it, for as long as the process lives.
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

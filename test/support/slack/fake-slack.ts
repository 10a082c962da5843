import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerWith, type Faults, type HttpAnswer, openFaults, rateLimited } from "./faults.ts";
import { methods } from "./methods.ts";
import { accessToken, authorize, newToken } from "./oauth.ts";
import { openPasses } from "./passes.ts";
import { openRates, type Rates } from "./rates.ts";
import { answerResponse } from "./response-url.ts";
import { type Json, text } from "./shape.ts";
import { type Change, refuse, SlackRefusal, type SlackState, type Token, workspaceIn } from "./slack-state.ts";
import { violations } from "./violations.ts";
import { awaited, type Until } from "./waiting.ts";
import { type ApiRequest, readRequest } from "./web.ts";
import { allScopes, openWorkspace, type WorkspaceSeed } from "./workspace.ts";

/** An API call by the app. */
export interface ApiCall {
  /** The method's name; `response_url` for a POST to one. */
  readonly method: string;
  readonly teamId: string | undefined;
  readonly args: Json;
  readonly atMs: number;
  /** `ok`, the error, or the planned fault. */
  readonly outcome: string;
  /** Slack's validation errors for the blocks or the view. */
  readonly why: readonly string[];
}

export interface FakeSlackOptions {
  readonly workspaces: readonly WorkspaceSeed[];
  /** The fake's clock, epoch ms, for triggers, response_urls and rate limits; default: wall time. */
  readonly now?: () => number;
  /** Whether rate limits apply; default: `real`. */
  readonly limits?: "real" | "off";
  /** Additional rules for messages and views; default: `violations`. */
  readonly judge?: (given: unknown) => readonly string[];
}

/** A strict double of Slack on loopback: Web API, OAuth, response_urls. Users are simulated elsewhere. */
export interface FakeSlack {
  /** For SLACK_API_URL. */
  readonly apiUrl: string;
  /** For SLACK_AUTHORIZE_URL. */
  readonly authorizeUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Its state, for the simulated users. */
  readonly state: SlackState;
  readonly faults: Faults;
  readonly rates: Rates;
  /** A workspace's newest token, for SLACK_BOT_TOKEN. */
  tokenOf(teamId: string): string;
  /** The app's calls in order, optionally of one method. */
  calls(method?: string): readonly ApiCall[];
  /** The most calls of a method in any minute of the fake's clock. */
  mostInAMinute(method: string): number;
  /** The response_url with this id. */
  responseUrl(id: string): string;
  onChange(listener: (change: Change) => void): void;
  /** Resolves when the condition holds, checked after every call and change; rejects with its name after a time limit. */
  readonly until: Until;
  /** Simulates an outage: breaks open connections and refuses new ones. */
  unreachable(): Promise<void>;
  /** Ends the outage, at the same address and with the same state. */
  back(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the double on a free port. The caller closes it. */
export async function openFakeSlack(options: FakeSlackOptions): Promise<FakeSlack> {
  const now = options.now ?? Date.now;
  const workspaces = new Map(options.workspaces.map((seed) => [seed.id, openWorkspace(seed)]));
  const tokens = new Map<string, Token>();
  for (const { id, installed = true, scopes = allScopes } of options.workspaces)
    if (installed) newToken({ tokens }, id, scopes);
  const listeners: ((change: Change) => void)[] = [];
  const waiting = awaited();
  let counted = 0;
  const state: SlackState = {
    now,
    workspaces,
    tokens,
    passes: openPasses(now),
    app: { clientId: "1001.2002", clientSecret: "the-app-secret" },
    count: () => ++counted,
    judge: options.judge ?? violations,
    tell(change) {
      for (const listener of listeners) listener(change);
      waiting.look();
    },
  };
  const faults = openFaults();
  const rates = openRates(now, options.limits ?? "real");
  const calls: ApiCall[] = [];

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = await readRequest(request);
    const fault = asked.kind === "page" ? undefined : faults.take(asked.method);
    const at = calls.length;
    const keep: Keep = (outcome, teamId, why = []) => {
      calls[at] = { method: asked.method, teamId, args: asked.args, atMs: now(), outcome, why };
    };
    if (asked.kind !== "page") keep(fault?.kind ?? "under way");
    await answerWith(response, fault, () => answerTo({ state, rates }, asked, keep));
    waiting.look();
  };
  const serve = () =>
    createServer((request, response) => {
      handle(request, response).catch((error: unknown) => {
        response.writeHead(599).end(`the fake Slack broke: ${String(error)}`);
      });
    });
  let server: Server | undefined = await listening(serve(), 0);
  // A server that listens on a port has an address.
  const { port } = server.address() as AddressInfo;
  const shut = async () => {
    const ending = server;
    server = undefined;
    if (ending === undefined) return;
    const closed = once(ending, "close");
    ending.close();
    ending.closeAllConnections();
    await closed;
  };

  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    authorizeUrl: `http://127.0.0.1:${port}/oauth/v2/authorize`,
    ...state.app,
    state,
    faults,
    rates,
    tokenOf(teamId) {
      const token = [...tokens.values()].findLast((each) => each.teamId === workspaceIn(state, teamId).id);
      if (token === undefined) throw new Error(`the app is not installed in ${teamId}`);
      return token.value;
    },
    calls: (method) => calls.filter((call) => method === undefined || call.method === method),
    mostInAMinute(method) {
      const times = calls.filter((call) => call.method === method).map(({ atMs }) => atMs);
      return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length));
    },
    responseUrl: (id) => `http://127.0.0.1:${port}/response/${id}`,
    onChange: (listener) => void listeners.push(listener),
    until: waiting.until,
    unreachable: shut,
    async back() {
      server ??= await listening(serve(), port);
    },
    close: shut,
  };
}

async function listening(server: Server, port: number): Promise<Server> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function answerTo(
  { state, rates }: { readonly state: SlackState; readonly rates: Rates },
  asked: ApiRequest,
  keep: Keep,
): HttpAnswer {
  switch (asked.kind) {
    case "page":
      return asked.visitor === undefined
        ? { status: 400, body: "no user is signed in" }
        : authorize(state, asked.query, asked.visitor, asked.fallback);
    case "response": {
      const answer = answerResponse(state, asked.id, asked.body);
      keep(answer.status === 200 ? "ok" : answer.body);
      return answer;
    }
    case "method": {
      const { limitedS, teamId, answer } = callMethod(state, rates, asked);
      const why = Array.isArray(answer.errors) ? answer.errors.map(String) : [];
      keep(answer.ok === true ? "ok" : text(answer.error), teamId, why);
      return limitedS === undefined ? { status: 200, body: JSON.stringify(answer) } : rateLimited(limitedS);
    }
    default:
      return asked satisfies never;
  }
}

type Keep = (outcome: string, teamId?: string, why?: readonly string[]) => void;

interface Called {
  readonly answer: Json;
  readonly teamId?: string;
  readonly limitedS?: number;
}

function callMethod(state: SlackState, rates: Rates, asked: ApiRequest & { kind: "method" }): Called {
  let teamId: string | undefined;
  try {
    if (asked.method === "oauth.v2.access")
      return { answer: { ok: true, ...accessToken(state, asked.args, asked.authorization) } };
    const method = methods.get(asked.method) ?? refuse("unknown_method", { req_method: asked.method });
    const token = tokenOf(state, asked);
    teamId = token.teamId;
    const limitedS = rates.take(asked.method, teamId, asked.args);
    if (limitedS !== undefined) return { answer: { ok: false, error: "ratelimited" }, teamId, limitedS };
    if (method.scope !== undefined && !token.scopes.includes(method.scope))
      refuse("missing_scope", { needed: method.scope, provided: token.scopes.join(",") });
    const workspace = workspaceIn(state, teamId);
    return { answer: { ok: true, ...method.run({ state, args: asked.args, token, workspace }) }, teamId };
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    return { answer: { ok: false, error: error.error, ...error.more }, ...(teamId === undefined ? {} : { teamId }) };
  }
}

function tokenOf(state: SlackState, { authorization, args }: ApiRequest & { kind: "method" }): Token {
  const given = /^Bearer (.+)$/.exec(authorization)?.[1] ?? text(args.token);
  if (given === "") refuse("not_authed");
  const token = state.tokens.get(given) ?? refuse("invalid_auth");
  if (token.worthless !== undefined) refuse(token.worthless);
  return token;
}

import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerWith, type Faults, type HttpAnswer, openFaults, rateLimited } from "./faults.ts";
import { methods } from "./methods.ts";
import { accessToken, authorize, newToken } from "./oauth.ts";
import { openPasses } from "./passes.ts";
import { openRates, type Rates } from "./rates.ts";
import { violations } from "./renderer-rules.ts";
import { answerResponse } from "./response-url.ts";
import { type Json, text } from "./shape.ts";
import { type Change, refuse, SlackRefusal, type SlackState, type Token, workspaceIn } from "./slack-state.ts";
import { awaited, type Until } from "./waiting.ts";
import { type ApiRequest, readRequest } from "./web.ts";
import { allScopes, openWorkspace, type WorkspaceSeed } from "./workspace.ts";

/** A call the app made. */
export interface ApiCall {
  /** The method's name; `response_url` for a POST to one. */
  readonly method: string;
  readonly teamId: string | undefined;
  readonly args: Json;
  readonly atMs: number;
  /** `ok`, the refusal, or the fault that was planned for it. */
  readonly outcome: string;
  /** What Slack said of the blocks or the view it did not take. */
  readonly why: readonly string[];
}

export interface FakeSlackOptions {
  readonly workspaces: readonly WorkspaceSeed[];
  /** The fake's clock, epoch ms: triggers, response_urls and rates. The machine's when absent. */
  readonly now?: () => number;
  /** Whether it turns away who calls too often; `real` when absent. */
  readonly limits?: "real" | "off";
  /** What a message or view breaks besides Slack's own rules; the adapter's `violations` when absent. */
  readonly judge?: (given: unknown) => readonly string[];
}

/** A strict Slack of this machine: Web API, OAuth, response_urls. Speaks HTTP only; what people do is the driver's. */
export interface FakeSlack {
  /** For SLACK_API_URL. */
  readonly apiUrl: string;
  /** For SLACK_AUTHORIZE_URL. */
  readonly authorizeUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What is in it, for the driver. */
  readonly state: SlackState;
  readonly faults: Faults;
  readonly rates: Rates;
  /** The newest token of a workspace, for SLACK_BOT_TOKEN. */
  tokenOf(teamId: string): string;
  /** What the app called, in order; of one method when named. */
  calls(method?: string): readonly ApiCall[];
  /** The most calls of a method within any minute of the fake's clock. */
  mostInAMinute(method: string): number;
  /** A response_url of an id. */
  responseUrl(id: string): string;
  onChange(listener: (change: Change) => void): void;
  /** Resolves when it is so, looking again after every call and change; rejects with the name when it is late. */
  readonly until: Until;
  /** Nobody answers any more: open connections break, new ones are refused. */
  unreachable(): Promise<void>;
  /** Answers again, at the same address, with everything still there. */
  back(): Promise<void>;
  close(): Promise<void>;
}

/** Opens it on a free port. The caller closes it. */
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
        ? { status: 400, body: "nobody is signed in" }
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

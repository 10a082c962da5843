import type { HttpAnswer } from "./faults.ts";
import { randomId } from "./passes.ts";
import { type Json, text } from "./shape.ts";
import { type Call, refuse, type SlackState, type Token, workspaceIn } from "./slack-state.ts";

/** `oauth.v2.access`: exchanges a code for a token. The app authenticates in the form or by Basic authorization. */
export function accessToken(state: SlackState, args: Json, authorization: string): Json {
  const basic = /^Basic (.+)$/.exec(authorization)?.[1];
  const [basicId, basicSecret] = basic === undefined ? [] : Buffer.from(basic, "base64").toString().split(":");
  if ((basicId ?? args.client_id) !== state.app.clientId) refuse("invalid_client_id");
  if ((basicSecret ?? args.client_secret) !== state.app.clientSecret) refuse("bad_client_secret");
  const used = state.passes.useCode(text(args.code));
  if (!used.ok) refuse(used.error);
  const { teamId, userId, scopes, redirectUri } = used.place;
  if ((text(args.redirect_uri) || undefined) !== redirectUri) refuse("bad_redirect_uri");
  const workspace = workspaceIn(state, teamId);
  const token = newToken(state, teamId, scopes);
  return {
    app_id: "A0FRONTDESK",
    authed_user: { id: userId },
    scope: scopes.join(","),
    token_type: "bot",
    access_token: token.value,
    bot_user_id: workspace.botUserId,
    team: { id: teamId, name: workspace.name },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** Issues a token for a workspace. */
export function newToken(state: Pick<SlackState, "tokens">, teamId: string, scopes: readonly string[]): Token {
  const token: Token = { value: `xoxb-${teamId}-${randomId()}`, teamId, scopes };
  state.tokens.set(token.value, token);
  return token;
}

/** `apps.uninstall`: uninstalls the app and invalidates its tokens of the workspace. */
export function uninstallApp({ state, args, workspace }: Call): Json {
  if (args.client_id !== state.app.clientId) refuse("invalid_client_id");
  if (args.client_secret !== state.app.clientSecret) refuse("bad_client_secret");
  endTokens(state, workspace.id, "account_inactive");
  state.tell({ what: "uninstalled", workspace });
  return {};
}

/** Invalidates a workspace's tokens. Returns whether there were any. */
export function endTokens(state: SlackState, teamId: string, error: "token_revoked" | "account_inactive"): void {
  for (const token of state.tokens.values()) if (token.teamId === teamId) token.worthless = error;
}

/** The user at the browser, and their decision about the installation. */
export interface Visitor {
  readonly teamId: string;
  readonly userId: string;
  readonly answer: "allow" | "deny";
}

/** The consent page with the decision made at once: redirects back to the app. */
export function authorize(state: SlackState, query: URLSearchParams, visitor: Visitor, fallback: string): HttpAnswer {
  if (query.get("client_id") !== state.app.clientId) return { status: 400, body: "invalid_client_id" };
  const scopes = (query.get("scope") ?? "").split(",").filter((scope) => scope !== "");
  if (scopes.length === 0) return { status: 400, body: "invalid_scope" };
  if (query.get("user_scope")) return { status: 400, body: "invalid_scope: the app asks for scopes of the person" };
  const redirectUri = query.get("redirect_uri") ?? undefined;
  const back = new URL(redirectUri ?? fallback);
  if (visitor.answer === "deny") back.searchParams.set("error", "access_denied");
  else {
    const { teamId, userId } = visitor;
    back.searchParams.set("code", state.passes.newCode({ teamId, userId, scopes, redirectUri }));
  }
  const given = query.get("state");
  if (given !== null) back.searchParams.set("state", given);
  return { status: 302, headers: { location: back.href }, body: "" };
}

import type { IncomingMessage } from "node:http";
import type { OauthV2AccessResponse } from "@slack/web-api";
import type { Log } from "../../src/log.ts";
import type { Installation, Installations } from "../../src/ports/installations.ts";
import type { Route } from "../../src/ports/route.ts";
import type { SlackSettings } from "../../src/service-settings.ts";
import { answerDocument } from "../../src/web/document.ts";
import { slackWords } from "../../src/words/slack.ts";
import type { Clients } from "./clients.ts";
import { failureOf } from "./failure.ts";
import { type InstallFailure, installedPage, installFailedPage, installPage } from "./install-pages.ts";
import { installMs, isInstallState, newInstallState } from "./oauth-state.ts";

/** The bot's OAuth scopes; no user scopes. The manifest must list the same ones. */
export const botScopes = [
  "chat:write",
  "commands",
  "im:history",
  "im:write",
  "users:read",
  "app_mentions:read",
] as const;

interface InstallParts {
  readonly settings: Pick<SlackSettings, "authorizeUrl">;
  readonly access: SlackSettings["access"] & { readonly kind: "oauth" };
  readonly publicUrl: string;
  readonly clients: Clients;
  readonly installations: Installations;
  readonly clock: { realNow(): number };
  readonly log: Log;
}

const cookie = "frontdesk_slack_install";

/**
 * Routes of the OAuth installation (Slack, "Installing with OAuth"). The state is signed, expires after ten minutes, is
 * bound to one browser, and can be used once across all processes.
 */
export function installRoutes(parts: InstallParts): readonly Route[] {
  const { access, publicUrl, clock, log } = parts;
  const redirectUrl = `${publicUrl}/slack/oauth_redirect`;
  const cookieEnd = `Path=/slack; HttpOnly; SameSite=Lax${publicUrl.startsWith("https:") ? "; Secure" : ""}`;

  async function finish(request: IncomingMessage, query: URLSearchParams): Promise<Installation | InstallFailure> {
    const state = query.get("state") ?? "";
    const nonce = cookieOf(request);
    const nowMs = clock.realNow();
    if (!isInstallState(access.stateSecret, { state, nonce, nowMs })) return "stale";
    if (!(await parts.installations.claim(`slack:install:${nonce}`, nowMs))) return "stale";
    if (query.has("error")) return "denied";
    const granted = await grant(query.get("code") ?? "");
    if (typeof granted === "string") return granted;
    await parts.installations.save(granted);
    return granted;
  }

  async function grant(code: string): Promise<Installation | InstallFailure> {
    const { clientId: client_id, clientSecret: client_secret } = access;
    try {
      const answer = await parts.clients
        .anonymous()
        .oauth.v2.access({ client_id, client_secret, code, redirect_uri: redirectUrl });
      return installationOf(answer, clock.realNow());
    } catch (error) {
      const { code: reason } = failureOf(error);
      log.warn({ event: "slack.install.failed", outcome: "refused", reason });
      return reason === "no-answer" || reason === "ratelimited" || reason.startsWith("http-")
        ? "unreachable"
        : "refused";
    }
  }

  return [
    {
      method: "GET",
      path: "/slack/install",
      handle({ response }) {
        const { state, nonce } = newInstallState(access.stateSecret, clock.realNow());
        response.setHeader("set-cookie", `${cookie}=${nonce}; Max-Age=${installMs / 1000}; ${cookieEnd}`);
        const url = new URL(parts.settings.authorizeUrl);
        url.searchParams.set("client_id", access.clientId);
        url.searchParams.set("scope", botScopes.join(","));
        url.searchParams.set("redirect_uri", redirectUrl);
        url.searchParams.set("state", state);
        answerDocument(response, 200, installPage(url.href, botScopes));
      },
    },
    {
      method: "GET",
      path: "/slack/oauth_redirect",
      async handle({ request, response, url }) {
        response.setHeader("set-cookie", `${cookie}=; Max-Age=0; ${cookieEnd}`);
        const done = await finish(request, url.searchParams);
        if (typeof done === "string") {
          const page = installFailedPage(done);
          return answerDocument(response, page.status, page);
        }
        log.info({ event: "slack.installed", platform: "slack" });
        answerDocument(response, 200, installedPage(done.teamName ?? slackWords.yourWorkspace, slackUrlOf(done)));
      },
    },
  ];
}

/** The granted installation, or why it cannot be used (S24: installing for a whole organisation is not supported). */
function installationOf(answer: OauthV2AccessResponse, nowMs: number): Installation | InstallFailure {
  const { access_token, bot_user_id, team, enterprise, app_id, scope = "", is_enterprise_install } = answer;
  if (is_enterprise_install === true || !team?.id) return "whole";
  if (!access_token || !bot_user_id) return "refused";
  return {
    teamId: team.id,
    ...(team.name ? { teamName: team.name } : {}),
    ...(enterprise?.id ? { enterpriseId: enterprise.id } : {}),
    ...(app_id ? { appId: app_id } : {}),
    botUserId: bot_user_id,
    botToken: access_token,
    scopes: scope.split(",").filter((one) => one !== ""),
    installedAtMs: nowMs,
  };
}

function slackUrlOf({ appId, teamId = "" }: Installation): string {
  const app = appId === undefined ? "" : `app=${encodeURIComponent(appId)}&`;
  return `https://slack.com/app_redirect?${app}team=${encodeURIComponent(teamId)}`;
}

function cookieOf(request: IncomingMessage): string {
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim().split("="));
  return pairs.find(([name]) => name === cookie)?.[1] ?? "";
}

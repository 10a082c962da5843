import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import type { SendOutcome, Unreachable } from "../../src/ports/messenger.ts";

/** How a call of the Web API failed. */
export interface Failure {
  /** Slack's own word for it, or ours for what never reached Slack. */
  readonly code: string;
  /** Slack said when to come back. */
  readonly afterMs?: number;
}

/** Slack's words for an app that is not (any more) in the workspace. */
const notInstalled = new Set([
  "account_inactive",
  "token_revoked",
  "token_expired",
  "invalid_auth",
  "not_authed",
  "team_access_not_granted",
  "not_allowed_token_type",
  "not-installed",
]);

/** For a person who has left, or whom the app cannot write to. */
const gone = new Set([
  "channel_not_found",
  "user_not_found",
  "users_not_found",
  "user_not_visible",
  "user_disabled",
  "not_in_channel",
  "user_not_in_channel",
  "is_archived",
  "cannot_dm_bot",
  "messages_tab_disabled",
]);

/** For a message that cannot be changed any more. */
const messageGone = new Set(["message_not_found", "cant_update_message", "edit_window_closed"]);

/** For a message of ours that Slack will never take: a bug of the renderer or of the app's set-up. */
const ours = new Set([
  "msg_too_long",
  "msg_blocks_too_long",
  "invalid_blocks",
  "invalid_blocks_format",
  "invalid_arguments",
  "no_text",
  "missing_scope",
  "not_enabled",
  "view_too_large",
]);

/** What became of a call, in Slack's word. Never throws; what is not known to be final may be tried again. */
export function failureOf(error: unknown): Failure {
  if (error instanceof WebAPIRateLimitedError) return { code: "ratelimited", afterMs: error.retryAfter * 1000 };
  if (error instanceof WebAPIPlatformError) return { code: error.data.error };
  if (error instanceof WebAPIHTTPError) return { code: `http-${error.statusCode}` };
  if (error instanceof WebAPIRequestError) return { code: "no-answer" };
  return { code: "failed" };
}

/** Whether the app is not in the workspace any more. */
export function isNotInstalled({ code }: Failure): boolean {
  return notInstalled.has(code);
}

/** Whether Slack will never take this message: to be logged as our bug. */
export function isOurBug({ code }: Failure): boolean {
  return ours.has(code);
}

/** A failure as the outbox understands it. */
export function outcomeOf({ code, afterMs }: Failure): SendOutcome & { readonly ok: false } {
  if (messageGone.has(code)) return { ok: false, again: false, error: code, messageGone: true };
  const unreachable: Unreachable | undefined = notInstalled.has(code)
    ? "not-installed"
    : gone.has(code)
      ? "gone"
      : undefined;
  if (unreachable !== undefined) return { ok: false, again: false, error: code, unreachable };
  if (ours.has(code)) return { ok: false, again: false, error: code };
  return { ok: false, again: true, error: code, ...(afterMs === undefined ? {} : { afterMs }) };
}

import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import { given } from "../../src/given.ts";
import type { SendOutcome, Unreachable } from "../../src/ports/messenger.ts";

/** A failed Web API call. */
export interface Failure {
  /** Slack's error code, or our own if the request got no response. */
  readonly code: string;
  /** The delay Slack asked for. */
  readonly afterMs?: number;
}

/** Error codes for an app that is not installed in the workspace, or no longer. */
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

/** Error codes for a person who has left, or whom the app cannot message. */
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

/** Error codes for a message that can no longer be edited. */
const messageGone = new Set(["message_not_found", "cant_update_message", "edit_window_closed"]);

/** Error codes for a message that Slack will always reject: a bug in the renderer or in the app's configuration. */
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

/** Classifies an error. Never throws; unknown errors count as retryable. */
export function failureOf(error: unknown): Failure {
  if (error instanceof WebAPIRateLimitedError) return { code: "ratelimited", afterMs: error.retryAfter * 1000 };
  if (error instanceof WebAPIPlatformError) return { code: error.data.error };
  if (error instanceof WebAPIHTTPError) return { code: `http-${error.statusCode}` };
  if (error instanceof WebAPIRequestError) return { code: "no-answer" };
  return { code: "failed" };
}

/** Whether the app is no longer installed in the workspace. */
export function isNotInstalled({ code }: Failure): boolean {
  return notInstalled.has(code);
}

/** Whether Slack will always reject this message, so that it is logged as a bug. */
export function isOurBug({ code }: Failure): boolean {
  return ours.has(code);
}

/** Maps a failure to an outcome for the outbox. */
export function outcomeOf({ code, afterMs }: Failure): SendOutcome & { readonly ok: false } {
  if (messageGone.has(code)) return { ok: false, again: false, error: code, messageGone: true };
  const unreachable: Unreachable | undefined = notInstalled.has(code)
    ? "not-installed"
    : gone.has(code)
      ? "gone"
      : undefined;
  if (unreachable !== undefined) return { ok: false, again: false, error: code, unreachable };
  if (ours.has(code)) return { ok: false, again: false, error: code };
  return { ok: false, again: true, error: code, ...given({ afterMs }) };
}

import { history, postEphemeral, postMessage, remove, update } from "./chat-methods.ts";
import { uninstallApp } from "./oauth.ts";
import { authTest, openConversation, userByEmail, userInfo, validateBlocks } from "./people-methods.ts";
import type { Json } from "./shape.ts";
import type { Call } from "./slack-state.ts";
import { openView, publishView, pushView, updateView } from "./view-methods.ts";

/** A Web API method: required scope and implementation. */
export interface Method {
  readonly scope?: string;
  run(call: Call): Json;
}

/** The supported methods. Any other is `unknown_method`. */
export const methods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ["auth.test", { run: authTest }],
  ["auth.revoke", { run: revoke }],
  ["apps.uninstall", { run: uninstallApp }],
  ["blocks.validate", { run: validateBlocks }],
  ["chat.postMessage", { scope: "chat:write", run: postMessage }],
  ["chat.update", { scope: "chat:write", run: update }],
  ["chat.delete", { scope: "chat:write", run: remove }],
  ["chat.postEphemeral", { scope: "chat:write", run: postEphemeral }],
  ["conversations.open", { scope: "im:write", run: openConversation }],
  ["conversations.history", { scope: "im:history", run: history }],
  ["conversations.replies", { scope: "im:history", run: history }],
  ["users.info", { scope: "users:read", run: userInfo }],
  ["users.lookupByEmail", { scope: "users:read.email", run: userByEmail }],
  ["views.open", { run: openView }],
  ["views.push", { run: pushView }],
  ["views.update", { run: updateView }],
  ["views.publish", { run: publishView }],
]);

function revoke({ state, token, workspace }: Call): Json {
  token.worthless = "token_revoked";
  state.tell({ what: "revoked", workspace });
  return { revoked: true };
}

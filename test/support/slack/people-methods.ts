import { blockProblems, viewProblems } from "./block-limits.ts";
import { told } from "./chat-methods.ts";
import { isYes, type Json, record, text, unpacked } from "./shape.ts";
import { type Call, refuse } from "./slack-state.ts";
import { directMessage, memberJson } from "./workspace.ts";

/** `auth.test`. */
export function authTest({ workspace }: Call): Json {
  return {
    url: `https://${workspace.domain}.slack.example/`,
    team: workspace.name,
    user: "frontdesk",
    team_id: workspace.id,
    user_id: workspace.botUserId,
    bot_id: workspace.botId,
    is_enterprise_install: false,
  };
}

/** `conversations.open` with one member. */
export function openConversation({ workspace, args }: Call): Json {
  const ids = text(args.users).split(",");
  if (ids.length !== 1) refuse("invalid_arguments");
  const member = workspace.members.get(ids[0] ?? "") ?? refuse("user_not_found");
  if (member.deleted) refuse("user_disabled");
  if (member.hidden) refuse("user_not_visible");
  return { channel: { id: directMessage(workspace, member.id).id } };
}

/** `users.info`; locale and mail address only if requested and permitted. */
export function userInfo({ workspace, args, token }: Call): Json {
  const id = text(args.user);
  if (id === workspace.botUserId)
    return { user: { id, team_id: workspace.id, name: "frontdesk", real_name: "Frontdesk", is_bot: true } };
  const member = workspace.members.get(id) ?? refuse("user_not_found");
  if (member.hidden) refuse("user_not_visible");
  const email = token.scopes.includes("users:read.email");
  return { user: memberJson(member, workspace, { email, locale: isYes(args.include_locale) }) };
}

/** `users.lookupByEmail`. */
export function userByEmail({ workspace, args }: Call): Json {
  const asked = text(args.email).toLowerCase();
  const found = [...workspace.members.values()].find(
    ({ email, deleted, hidden }) => asked !== "" && email?.toLowerCase() === asked && !deleted && !hidden,
  );
  const member = found ?? refuse("users_not_found");
  return { user: memberJson(member, workspace, { email: true, locale: false }) };
}

/** `blocks.validate` for blocks, a message, or a view. */
export function validateBlocks({ args }: Call): Json {
  const blocks = args.message === undefined ? args.blocks : record(unpacked(args.message)).blocks;
  const problems =
    args.view === undefined ? blockProblems("message", unpacked(blocks)) : viewProblems(record(unpacked(args.view)));
  if (problems.length > 0) refuse("invalid_blocks", told(problems));
  return {};
}

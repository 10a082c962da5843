import type { Json } from "./shape.ts";

/** A member to create; all other fields have defaults. */
export interface UserSeed {
  readonly id: string;
  readonly name?: string;
  readonly realName?: string;
  readonly email?: string;
  /** IANA zone; absent: Slack does not return one. */
  readonly tz?: string;
  readonly locale?: string;
  readonly guest?: boolean;
  /** The app may not see this member. */
  readonly hidden?: boolean;
  readonly deleted?: boolean;
}

/** A workspace to create. */
export interface WorkspaceSeed {
  readonly id: string;
  readonly name?: string;
  readonly domain?: string;
  readonly users: readonly UserSeed[];
  /** Whether the app is installed, with a token; default: true. */
  readonly installed?: boolean;
  /** The installed app's scopes; default: all that the manifest requests. */
  readonly scopes?: readonly string[];
  readonly channels?: readonly { readonly id: string; readonly name: string; readonly withBot?: boolean }[];
  /** Whether people can message the app; default: true. */
  readonly messagesTab?: boolean;
}

/** The scopes that the manifest requests. */
export const allScopes = [
  "chat:write",
  "commands",
  "im:history",
  "im:write",
  "users:read",
  "users:read.email",
  "app_mentions:read",
] as const;

export interface Member {
  readonly id: string;
  name: string;
  realName: string;
  email: string | undefined;
  tz: string | undefined;
  locale: string;
  guest: boolean;
  hidden: boolean;
  deleted: boolean;
}

export interface Message {
  readonly ts: string;
  readonly channelId: string;
  /** The author. */
  readonly userId: string;
  /** Set for a message by an app. */
  readonly botId?: string;
  text: string;
  blocks: readonly Json[];
  metadata: Json | undefined;
  threadTs: string | undefined;
  editedTs?: string;
  /** An ephemeral message for this member, which is not in the history. */
  readonly onlyFor?: string;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  /** The member of a direct message. */
  readonly userId?: string;
  readonly withBot: boolean;
  messages: Message[];
}

export interface View {
  readonly id: string;
  readonly userId: string;
  /** As sent by the app, with ids added. */
  body: Json;
  hash: string;
  readonly rootId: string;
  readonly previousId: string | undefined;
}

export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly messagesTab: boolean;
  readonly members: Map<string, Member>;
  readonly channels: Map<string, Channel>;
  ephemerals: Message[];
  /** Open modals per member, the topmost last. */
  readonly modals: Map<string, readonly View[]>;
  readonly homes: Map<string, View>;
}

/** Opens a workspace with its members and no messages. */
export function openWorkspace(seed: WorkspaceSeed): Workspace {
  const tail = seed.id.slice(1);
  const channels = (seed.channels ?? []).map(({ id, name, withBot = true }) => ({ id, name, withBot, messages: [] }));
  return {
    id: seed.id,
    name: seed.name ?? tail,
    domain: seed.domain ?? tail.toLowerCase(),
    botId: `B0DESK${tail}`,
    botUserId: `U0DESK${tail}`,
    messagesTab: seed.messagesTab ?? true,
    members: new Map(seed.users.map((user) => [user.id, memberOf(user)])),
    channels: new Map(channels.map((channel) => [channel.id, channel])),
    ephemerals: [],
    modals: new Map(),
    homes: new Map(),
  };
}

function memberOf(seed: UserSeed): Member {
  const name = seed.name ?? seed.id.toLowerCase();
  return {
    id: seed.id,
    name,
    realName: seed.realName ?? name,
    email: seed.email,
    tz: seed.tz,
    locale: seed.locale ?? "en-GB",
    guest: seed.guest ?? false,
    hidden: seed.hidden ?? false,
    deleted: seed.deleted ?? false,
  };
}

/** The member. Throws if there is none, which is a mistake of the test. */
export function memberIn(workspace: Workspace, userId: string): Member {
  const member = workspace.members.get(userId);
  if (member === undefined) throw new Error(`no member ${userId} in ${workspace.id}`);
  return member;
}

/** The direct message channel of the app and a member, created on first use. */
export function directMessage(workspace: Workspace, userId: string): Channel {
  const id = `D${workspace.id.slice(1)}${userId.slice(1)}`;
  const known = workspace.channels.get(id);
  if (known !== undefined) return known;
  const channel: Channel = { id, name: "directmessage", userId, withBot: true, messages: [] };
  workspace.channels.set(id, channel);
  return channel;
}

/** A message in a channel's history. */
export function messageIn(channel: Channel, ts: string): Message | undefined {
  return channel.messages.find((message) => message.ts === ts);
}

/** A message in the format of events, histories and payloads. */
export function messageJson(message: Message, workspace: Workspace, withMetadata = false): Json {
  return {
    type: "message",
    user: message.userId,
    text: message.text,
    ts: message.ts,
    team: workspace.id,
    ...(message.botId === undefined
      ? {}
      : { bot_id: message.botId, app_id: appId, bot_profile: { id: message.botId, name: "frontdesk" } }),
    ...(message.blocks.length === 0 ? {} : { blocks: message.blocks }),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(message.editedTs === undefined ? {} : { edited: { user: message.userId, ts: message.editedTs } }),
    ...(withMetadata && message.metadata !== undefined ? { metadata: message.metadata } : {}),
  };
}

/** A member in the format of `users.info` and `user_change`. */
export function memberJson(member: Member, workspace: Workspace, show: { email: boolean; locale: boolean }): Json {
  return {
    id: member.id,
    team_id: workspace.id,
    name: member.name,
    deleted: member.deleted,
    real_name: member.realName,
    ...(member.tz === undefined ? {} : { tz: member.tz, tz_label: member.tz }),
    profile: {
      real_name: member.realName,
      display_name: member.name,
      team: workspace.id,
      ...(show.email && member.email !== undefined ? { email: member.email } : {}),
    },
    is_restricted: member.guest,
    is_ultra_restricted: false,
    is_bot: false,
    is_app_user: false,
    ...(show.locale ? { locale: member.locale } : {}),
  };
}

/** A view in the format of payloads and responses. */
export function viewJson(view: View, workspace: Workspace, values: Json = {}): Json {
  return {
    private_metadata: "",
    callback_id: "",
    external_id: "",
    clear_on_close: false,
    notify_on_close: false,
    ...view.body,
    id: view.id,
    team_id: workspace.id,
    app_id: appId,
    app_installed_team_id: workspace.id,
    bot_id: workspace.botId,
    hash: view.hash,
    root_view_id: view.rootId,
    previous_view_id: view.previousId ?? null,
    state: { values },
  };
}

/** The id of the app under test, equal in all workspaces. */
export const appId = "A0FRONTDESK";

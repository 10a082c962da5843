import type { Passes } from "./passes.ts";
import { type Json, record, records, text } from "./shape.ts";
import type { Channel, Message, View, Workspace } from "./workspace.ts";

/** A bot token. */
export interface Token {
  readonly value: string;
  readonly teamId: string;
  readonly scopes: readonly string[];
  /** The error it is turned away with, once it is worth nothing. */
  worthless?: "token_revoked" | "account_inactive";
}

/** Something that happened in Slack through the app's own calls. */
export type Change =
  | { readonly what: "posted"; readonly workspace: Workspace; readonly channel: Channel; readonly message: Message }
  | {
      readonly what: "changed";
      readonly workspace: Workspace;
      readonly channel: Channel;
      readonly message: Message;
      readonly before: Message;
    }
  | { readonly what: "deleted"; readonly workspace: Workspace; readonly channel: Channel; readonly message: Message }
  | { readonly what: "whispered"; readonly workspace: Workspace; readonly message: Message }
  | { readonly what: "view"; readonly workspace: Workspace; readonly view: View }
  | { readonly what: "uninstalled"; readonly workspace: Workspace }
  | { readonly what: "revoked"; readonly workspace: Workspace };

/** All there is in the fake Slack. */
export interface SlackState {
  now(): number;
  readonly workspaces: ReadonlyMap<string, Workspace>;
  readonly tokens: Map<string, Token>;
  readonly passes: Passes;
  readonly app: { readonly clientId: string; readonly clientSecret: string };
  /** What a message or view breaks besides Slack's own rules. */
  judge(given: unknown): readonly string[];
  tell(change: Change): void;
  /** A number nobody had before. */
  count(): number;
}

/** Thrown by a method that Slack would refuse; becomes `{ ok: false, error }`. */
export class SlackRefusal extends Error {
  readonly error: string;
  readonly more: Json;
  constructor(error: string, more: Json = {}) {
    super([error, ...(Array.isArray(more.errors) ? more.errors : [])].join("\n"));
    this.error = error;
    this.more = more;
  }
}

/** Refuses a call. */
export function refuse(error: string, more: Json = {}): never {
  throw new SlackRefusal(error, more);
}

/** A call of a method with a good token. */
export interface Call {
  readonly state: SlackState;
  readonly args: Json;
  readonly token: Token;
  readonly workspace: Workspace;
}

/** A message's or view's time: seconds, and a number that makes it unique and later than all before. */
export function newTs(state: SlackState): string {
  return `${Math.floor(state.now() / 1000)}.${String(state.count()).padStart(6, "0")}`;
}

/** The blocks with the ids that Slack gives to those that have none. */
export function withIds(state: SlackState, blocks: unknown): readonly Json[] {
  const named = (element: unknown): Json => {
    const one = record(element);
    return one.type === "image" || "action_id" in one ? one : { ...one, action_id: `a${state.count()}` };
  };
  return records(blocks).map((block) => ({
    ...block,
    block_id: text(block.block_id) || `b${state.count()}`,
    ...(block.type === "actions" ? { elements: records(block.elements).map(named) } : {}),
    ...(block.type === "section" && block.accessory !== undefined ? { accessory: named(block.accessory) } : {}),
    ...(block.type === "input" ? { element: named(block.element) } : {}),
  }));
}

/** The workspace, or a throw: a test named one that is not there. */
export function workspaceIn(state: SlackState, teamId: string): Workspace {
  const workspace = state.workspaces.get(teamId);
  if (workspace === undefined) throw new Error(`no workspace ${teamId}`);
  return workspace;
}

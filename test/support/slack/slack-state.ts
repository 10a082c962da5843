import type { Passes } from "./passes.ts";
import { type Json, record, records, text } from "./shape.ts";
import type { Channel, Message, View, Workspace } from "./workspace.ts";

/** A bot token. */
export interface Token {
  readonly value: string;
  readonly teamId: string;
  readonly scopes: readonly string[];
  /** The error for its use after it was invalidated. */
  worthless?: "token_revoked" | "account_inactive";
}

/** A change caused by the app's own calls. */
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

/** The complete state of the fake Slack. */
export interface SlackState {
  now(): number;
  readonly workspaces: ReadonlyMap<string, Workspace>;
  readonly tokens: Map<string, Token>;
  readonly passes: Passes;
  readonly app: { readonly clientId: string; readonly clientSecret: string };
  /** Violations of additional rules by a message or view. */
  judge(given: unknown): readonly string[];
  tell(change: Change): void;
  /** A new unique number. */
  count(): number;
}

/** Thrown for a call that Slack refuses; becomes `{ ok: false, error }`. */
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

/** A call with a valid token. */
export interface Call {
  readonly state: SlackState;
  readonly args: Json;
  readonly token: Token;
  readonly workspace: Workspace;
}

/** A unique, increasing timestamp of a message or view. */
export function newTs(state: SlackState): string {
  return `${Math.floor(state.now() / 1000)}.${String(state.count()).padStart(6, "0")}`;
}

/** The blocks, with ids generated for those that have none. */
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

/** The workspace. Throws if it does not exist, which is a mistake of the test. */
export function workspaceIn(state: SlackState, teamId: string): Workspace {
  const workspace = state.workspaces.get(teamId);
  if (workspace === undefined) throw new Error(`no workspace ${teamId}`);
  return workspace;
}

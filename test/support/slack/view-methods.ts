import { viewProblems } from "./block-limits.ts";
import { told } from "./chat-methods.ts";
import { randomId } from "./passes.ts";
import { type Json, record, text, unpacked } from "./shape.ts";
import { type Call, refuse, type SlackState, withIds } from "./slack-state.ts";
import { type View, viewJson, type Workspace } from "./workspace.ts";

/** Maximum depth of the modal stack. */
const mostModals = 3;

/** A view as sent by the app, validated as Slack does. */
export function viewBody(state: SlackState, given: unknown, type: "modal" | "home"): Json {
  const body = record(unpacked(given));
  const problems =
    body.type === type
      ? [...viewProblems(body), ...state.judge(body)]
      : [`must be of type ${type} [json-pointer:/view/type]`];
  if (problems.length > 0) refuse("invalid_arguments", told(problems));
  return { ...body, blocks: withIds(state, body.blocks) };
}

/** `views.open`: replaces open modals. */
export function openView(call: Call): Json {
  const { state, workspace, args } = call;
  const body = viewBody(state, args.view, "modal");
  const { userId } = triggerOf(call);
  return show(state, workspace, { userId, body, below: [] });
}

/** `views.push`, onto the modal of the pressed button. */
export function pushView(call: Call): Json {
  const { state, workspace, args } = call;
  const body = viewBody(state, args.view, "modal");
  const { userId, viewId } = triggerOf(call);
  const below = workspace.modals.get(userId) ?? [];
  if (viewId === undefined || !below.some(({ id }) => id === viewId)) refuse("view_not_found");
  if (below.length >= mostModals) refuse("push_limit_reached");
  return show(state, workspace, { userId, body, below });
}

function triggerOf({ state, workspace, args }: Call): { readonly userId: string; readonly viewId?: string } {
  const used = state.passes.useTrigger(text(args.trigger_id));
  if (!used.ok) refuse(used.error);
  if (used.place.teamId !== workspace.id) refuse("invalid_trigger_id");
  return used.place;
}

/** Puts a modal on top of the stack. */
export function show(
  state: SlackState,
  workspace: Workspace,
  { userId, body, below }: { readonly userId: string; readonly body: Json; readonly below: readonly View[] },
): Json {
  const id = `V${randomId()}`;
  const view: View = { id, userId, body, hash: newHash(), rootId: below[0]?.id ?? id, previousId: below.at(-1)?.id };
  workspace.modals.set(userId, [...below, view]);
  state.tell({ what: "view", workspace, view });
  return { view: viewJson(view, workspace) };
}

/** `views.update`, by id or external id. */
export function updateView({ state, workspace, args }: Call): Json {
  const open = [...[...workspace.modals.values()].flat(), ...workspace.homes.values()];
  const view =
    open.find(({ id, body }) =>
      text(args.view_id) === ""
        ? text(body.external_id) !== "" && body.external_id === args.external_id
        : id === args.view_id,
    ) ?? refuse("not_found");
  checkHash(view, args.hash);
  return change(state, workspace, view, viewBody(state, args.view, view.body.type === "home" ? "home" : "modal"));
}

/** Replaces an open view's content. */
export function change(state: SlackState, workspace: Workspace, view: View, body: Json): Json {
  view.body = body;
  view.hash = newHash();
  state.tell({ what: "view", workspace, view });
  return { view: viewJson(view, workspace) };
}

/** `views.publish`: a member's Home tab. */
export function publishView({ state, workspace, args }: Call): Json {
  const userId = text(args.user_id);
  if (!workspace.members.has(userId)) refuse("user_not_found");
  const body = viewBody(state, args.view, "home");
  const known = workspace.homes.get(userId);
  if (known !== undefined) {
    checkHash(known, args.hash);
    return change(state, workspace, known, body);
  }
  const id = `V${randomId()}`;
  const view: View = { id, userId, body, hash: newHash(), rootId: id, previousId: undefined };
  workspace.homes.set(userId, view);
  state.tell({ what: "view", workspace, view });
  return { view: viewJson(view, workspace) };
}

function checkHash(view: View, hash: unknown): void {
  if (text(hash) !== "" && hash !== view.hash) refuse("hash_conflict");
}

function newHash(): string {
  return `h.${randomId()}`;
}

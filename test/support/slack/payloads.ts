import { escaped } from "./escaping.ts";
import type { FakeSlack } from "./fake-slack.ts";
import type { Control } from "./seen.ts";
import { type Json, record, text } from "./shape.ts";
import { newTs } from "./slack-state.ts";
import { appId, type Message, memberIn, messageJson, type View, viewJson, type Workspace } from "./workspace.ts";

/** Where a control is: a message or a view. */
export type Place =
  | { readonly on: "message"; readonly message: Message; readonly values: Json }
  | { readonly on: "view"; readonly view: View; readonly values: Json };

/** The acting member. */
export interface Doer {
  readonly fake: FakeSlack;
  readonly workspace: Workspace;
  readonly userId: string;
}

/** The common fields of interaction payloads. */
export function commonPayload({ workspace, userId }: Doer): Json {
  const { name } = memberIn(workspace, userId);
  return {
    user: { id: userId, username: name, name, team_id: workspace.id },
    team: { id: workspace.id, domain: workspace.domain },
    api_app_id: appId,
    token: "an-old-verification-token",
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** The `block_actions` payload of a press or a choice. `chosen` is the state of a new choice. */
export function actionPayload(doer: Doer, place: Place, control: Control, chosen: Json = {}): Json {
  const { fake, workspace, userId } = doer;
  const { element } = control;
  const { type: _, ...rest } = chosen;
  const action = {
    action_id: control.actionId,
    block_id: control.blockId,
    type: control.kind,
    action_ts: newTs(fake.state),
    ...(control.kind === "button" ? pressed(element) : rest),
  };
  const viewId = place.on === "view" ? { viewId: place.view.id } : {};
  return {
    type: "block_actions",
    ...commonPayload(doer),
    trigger_id: fake.state.passes.newTrigger({ teamId: workspace.id, userId, ...viewId }),
    ...(place.on === "view"
      ? inView(place.view, workspace, place.values)
      : inMessage(doer, place.message, place.values)),
    actions: [action],
  };
}

/** A button's part, with its label escaped (S21). */
function pressed(element: Json): Json {
  const label = { type: "plain_text", text: escaped(text(record(element.text).text)), emoji: true };
  const { value, style, url, confirm } = element;
  return {
    text: label,
    ...(value === undefined ? {} : { value }),
    ...(style === undefined ? {} : { style }),
    ...(url === undefined ? {} : { url }),
    ...(confirm === undefined ? {} : { confirm }),
  };
}

function inView(view: View, workspace: Workspace, values: Json): Json {
  return { container: { type: "view", view_id: view.id }, view: viewJson(view, workspace, values) };
}

function inMessage({ fake, workspace, userId }: Doer, message: Message, values: Json): Json {
  const channel = workspace.channels.get(message.channelId);
  const ephemeral = message.onlyFor !== undefined;
  const response = fake.state.passes.newResponse({
    teamId: workspace.id,
    channelId: message.channelId,
    userId,
    messageTs: message.ts,
    ephemeral,
  });
  return {
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: message.channelId,
      is_ephemeral: ephemeral,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    channel: { id: message.channelId, name: channel?.name ?? "directmessage" },
    // Slack does not include ephemeral messages.
    ...(ephemeral ? {} : { message: messageJson(message, workspace, true) }),
    state: { values },
    response_url: fake.responseUrl(response),
  };
}

/** The `view_submission` payload of a modal. */
export function submitPayload(doer: Doer, view: View, values: Json): Json {
  const { fake, workspace, userId } = doer;
  return {
    type: "view_submission",
    ...commonPayload(doer),
    trigger_id: fake.state.passes.newTrigger({ teamId: workspace.id, userId, viewId: view.id }),
    view: viewJson(view, workspace, values),
    response_urls: [],
  };
}

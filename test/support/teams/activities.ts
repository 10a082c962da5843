import type { Action } from "./adaptive-card.ts";
import type { Chat, Person } from "./chats.ts";

/** An activity sent to the bot (Bot Framework protocol 3.1, as filled by Teams). */
export interface Activity {
  readonly type: string;
  readonly id: string;
  readonly [key: string]: unknown;
}

/** The sender, chat and time of an activity. */
export interface Scene {
  readonly person: Person;
  readonly chat: Chat;
  readonly botId: string;
  readonly serviceUrl: string;
  /** The double's time, epoch ms. */
  readonly nowMs: number;
  readonly id: string;
}

/** A typed message. In a group or channel it mentions the bot; otherwise Teams does not deliver it. */
export function messageActivity(scene: Scene, text: string): Activity {
  const { chat, botId } = scene;
  const mention = { type: "mention", text: "<at>Frontdesk</at>", mentioned: { id: botId, name: "Frontdesk" } };
  const isPersonal = chat.kind === "personal";
  return activity(scene, "message", {
    text: isPersonal ? text : `<at>Frontdesk</at> ${text}`,
    textFormat: "plain",
    attachments: [{ contentType: "text/html", content: `<p>${text}</p>` }],
    ...(isPersonal ? {} : { entities: [...clientInfo(scene.person), mention] }),
  });
}

/** The press of an `Action.Submit`: a message with a value and no text. */
export function submitActivity(scene: Scene, replyToId: string, value: unknown): Activity {
  return activity(scene, "message", { replyToId, value, channelData: { ...channelData(scene), postBack: true } });
}

/** The press of an `Action.Execute`, with the input values. */
export function invokeActivity(scene: Scene, replyToId: string, action: Action, data: unknown): Activity {
  const { title, verb, id } = action;
  return activity(scene, "invoke", {
    name: "adaptiveCard/action",
    replyToId,
    value: {
      action: {
        type: "Action.Execute",
        ...(id === undefined ? {} : { id }),
        ...(title === undefined ? {} : { title }),
        ...(verb === undefined ? {} : { verb }),
        data,
      },
      trigger: "manual",
    },
    channelData: { ...channelData(scene), source: { name: "message" }, legacy: { replyToId } },
  });
}

/** The app was installed or uninstalled. */
export function installationActivity(scene: Scene, action: "add" | "remove"): Activity {
  return activity(scene, "installationUpdate", {
    action,
    channelData: {
      ...channelData(scene),
      settings: { selectedChannel: { id: scene.chat.id } },
      source: { name: "message" },
    },
  });
}

/** Members, including the bot, were added or removed. */
export function membersActivity(scene: Scene, change: "membersAdded" | "membersRemoved"): Activity {
  const { person, botId } = scene;
  return activity(scene, "conversationUpdate", {
    [change]: [{ id: person.userId, aadObjectId: person.aadObjectId }, { id: botId }],
  });
}

function activity(scene: Scene, type: string, rest: Readonly<Record<string, unknown>>): Activity {
  const { person, chat, botId, serviceUrl, nowMs, id } = scene;
  return {
    type,
    id,
    timestamp: new Date(nowMs).toISOString(),
    localTimestamp: new Date(nowMs).toISOString(),
    localTimezone: person.timezone,
    channelId: "msteams",
    serviceUrl,
    from: { id: person.userId, name: person.name, aadObjectId: person.aadObjectId },
    conversation: {
      id: chat.id,
      conversationType: chat.kind,
      tenantId: person.tenant,
      ...(chat.kind === "personal" ? {} : { isGroup: true }),
    },
    recipient: { id: botId, name: "Frontdesk" },
    locale: person.locale,
    entities: clientInfo(person),
    channelData: channelData(scene),
    ...rest,
  };
}

function channelData({ person }: Scene): Readonly<Record<string, unknown>> {
  return { tenant: { id: person.tenant } };
}

function clientInfo({ locale, timezone }: Person): readonly Readonly<Record<string, string>>[] {
  return [{ type: "clientInfo", locale, country: locale.split("-")[1] ?? "", platform: "Web", timezone }];
}

import { z } from "zod";
import type { Inbound } from "../../src/conversation/inbound.ts";
import { given } from "../../src/given.ts";
import type { Address } from "../../src/ports/messenger.ts";
import { type ReadPress, readPress } from "./values.ts";

const loose = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);
const word = z.string().trim().min(1).max(500);
const account = z.object({
  id: loose(word),
  name: loose(z.string().trim().min(1).max(200)),
  aadObjectId: loose(z.guid()),
});
const accounts = loose(z.array(account));

/** The fields of an activity that the desk reads. Other fields are ignored, malformed ones count as absent. */
const activitySchema = z.object({
  type: word,
  id: loose(word),
  /** When Teams sent it. */
  timestamp: loose(z.iso.datetime({ offset: true })),
  name: loose(word),
  channelId: loose(word),
  serviceUrl: loose(z.string().min(1).max(2_000)),
  from: loose(account),
  recipient: loose(account),
  conversation: loose(z.object({ id: loose(word), tenantId: loose(z.guid()), conversationType: loose(word) })),
  channelData: loose(z.object({ tenant: loose(z.object({ id: loose(z.guid()) })) })),
  locale: loose(word),
  localTimezone: loose(word),
  entities: loose(z.array(z.object({ type: loose(word), timezone: loose(word), locale: loose(word) }))),
  text: loose(z.string()),
  attachments: loose(z.array(z.object({ contentType: loose(word) }))),
  value: z.unknown().optional(),
  action: loose(word),
  membersAdded: accounts,
  membersRemoved: accounts,
});

/** A parsed activity. */
export type ReadActivity = z.infer<typeof activitySchema>;

/** Parses a request body; undefined when it is not an activity. */
export function readActivity(body: unknown): ReadActivity | undefined {
  const read = activitySchema.safeParse(body);
  return read.success ? read.data : undefined;
}

/** The activity's tenant id in lower case; undefined when it names none or two different ones. */
export function tenantOf({ conversation, channelData }: ReadActivity): string | undefined {
  const named = [conversation?.tenantId, channelData?.tenant?.id].flatMap((id) => id?.toLowerCase() ?? []);
  return new Set(named).size === 1 ? named[0] : undefined;
}

/** The sender's address (T7): tenant and Entra object id. Undefined when Teams does not provide them. */
export function senderOf(activity: ReadActivity): Address | undefined {
  const [tenant, user] = [tenantOf(activity), activity.from?.aadObjectId?.toLowerCase()];
  return tenant === undefined || user === undefined ? undefined : { platform: "teams", workspace: tenant, user };
}

/** The meaning of an activity. */
export type ActivityEvent =
  | { readonly what: "said"; readonly text: string; readonly hasFile?: true }
  | { readonly what: "pressed"; readonly press: ReadPress; readonly data: Readonly<Record<string, unknown>> }
  /** The person has the app: welcome them once per installation. */
  | { readonly what: "installed" }
  | { readonly what: "removed" }
  /** Written in a channel or group chat, where others can read the reply. */
  | { readonly what: "overheard" }
  /** A message without text or file, or an action of a card that is not one of ours. */
  | { readonly what: "unreadable" }
  /** An invoke that the desk does not offer, such as a search or a task module (T17). */
  | { readonly what: "unknown" }
  | { readonly what: "nothing" };

/**
 * Where an activity was sent from. Only an explicit `personal` names a person's own chat (R10). Some clients omit the type;
 * group chats and channels are then recognised by their `19:` ids.
 */
export function placeOf({ conversation }: ReadActivity): "personal" | "shared" | "unnamed" {
  const { conversationType, id } = conversation ?? {};
  if (conversationType === undefined) return id?.startsWith("19:") ? "shared" : "unnamed";
  return conversationType === "personal" ? "personal" : "shared";
}

/** Interprets an activity by its type. */
export function eventOf(activity: ReadActivity): ActivityEvent {
  const place = placeOf(activity);
  switch (activity.type) {
    case "message":
      return place === "shared" ? { what: "overheard" } : messageHeard(activity);
    case "invoke":
      if (activity.name !== "adaptiveCard/action") return { what: "unknown" };
      if (place === "shared") return { what: "overheard" };
      return pressHeard(actionData(activity.value)) ?? { what: "unreadable" };
    case "installationUpdate":
      if (place !== "personal") return { what: "nothing" };
      if (activity.action === "add") return { what: "installed" };
      return { what: activity.action === "remove" ? "removed" : "nothing" };
    case "conversationUpdate":
      if (place !== "personal") return { what: "nothing" };
      // One activity may list added and removed members; a member who was added back has the app.
      if ((activity.membersAdded ?? []).length > 0) return { what: "installed" };
      return { what: (activity.membersRemoved ?? []).some(isDesk(activity)) ? "removed" : "nothing" };
    default:
      return { what: "nothing" };
  }
}

function isDesk({ recipient }: ReadActivity): (account: { id?: string | undefined }) => boolean {
  return ({ id }) => id !== undefined && id === recipient?.id;
}

/** A typed message, or the press of an Action.Submit (T5). */
function messageHeard(activity: ReadActivity): ActivityEvent {
  const pressed = pressHeard(activity.value);
  if (pressed !== undefined) return pressed;
  const text = wordsOf(activity.text ?? "");
  const hasFile = (activity.attachments ?? []).some(({ contentType }) => isFile(contentType ?? ""));
  if (text === "" && !hasFile) return { what: "unreadable" };
  return { what: "said", text, ...(hasFile ? { hasFile } : {}) };
}

/** Attachments are also the HTML of the text and what a reply quotes. */
function isFile(contentType: string): boolean {
  return /^(?:image|audio|video)\/|^application\/vnd\.microsoft\.teams\.file\./.test(contentType);
}

function pressHeard(data: unknown): ActivityEvent | undefined {
  const press = readPress(data);
  // `readPress` accepts objects only.
  return press && { what: "pressed", press, data: data as Record<string, unknown> };
}

function actionData(value: unknown): unknown {
  const read = z.object({ action: z.object({ data: z.unknown().optional() }) }).safeParse(value);
  return read.success ? read.data.action.data : undefined;
}

/** The text without the mention of the bot, with no-break spaces replaced. */
function wordsOf(text: string): string {
  return text
    .replace(/<at\b[^>]*>[^<]*<\/at>/gi, " ")
    .replace(/&nbsp;|\u00a0/g, " ")
    .trim();
}

/** The inbound id (T6), for deduplicating redeliveries. An activity id is unique only within its conversation. */
export function inboundId({ conversation, id }: ReadActivity): string | undefined {
  if (conversation?.id === undefined || id === undefined) return undefined;
  return `teams:${conversation.id}:${id}`;
}

/** The sender's profile (T7): name, IANA time zone and BCP 47 locale. Invalid values are dropped. */
export function profileOf(activity: ReadActivity): NonNullable<Inbound["profile"]> {
  const client = activity.entities?.find(({ type }) => type === "clientInfo");
  const name = activity.from?.name;
  const timezone = [activity.localTimezone, client?.timezone].find(isZone);
  const locale = [activity.locale, client?.locale].find(isLocale);
  return {
    ...given({ name, timezone, locale }),
  };
}

function isZone(zone: string | undefined): zone is string {
  return (
    zone !== undefined && /^[A-Za-z]/.test(zone) && accepted(() => new Intl.DateTimeFormat("en", { timeZone: zone }))
  );
}

function isLocale(locale: string | undefined): locale is string {
  return locale !== undefined && accepted(() => Intl.getCanonicalLocales(locale));
}

function accepted(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

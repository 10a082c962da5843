import { createHash } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { patienceMs } from "../patience.ts";
import type { AdaptiveCard } from "./adaptive-card.ts";

/** Somebody with Teams: an account of a tenant. */
export interface Person {
  readonly tenant: string;
  readonly aadObjectId: string;
  /** As this bot knows them: `29:…`. */
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly timezone: string;
  readonly locale: string;
}

/** One message of a chat, as Teams keeps it. */
export interface Message {
  readonly id: string;
  /** `28:…` of the bot that sent it, `29:…` of a person. */
  readonly from: string;
  /** What the notification said when it arrived; an edit notifies nobody. */
  readonly notification: string;
  text?: string;
  card?: AdaptiveCard;
  suggestions: readonly { readonly title: string; readonly value: string }[];
  /** Cards an invoke's answer put in place, for that person only; an edit takes them away. */
  readonly views: Map<string, AdaptiveCard>;
  deleted: boolean;
  edits: number;
}

/** A chat of people with the bot. */
export interface Chat {
  readonly id: string;
  readonly kind: "personal" | "groupChat" | "channel";
  readonly tenant: string;
  readonly members: readonly Person[];
  installed: boolean;
  blocked: boolean;
  readonly messages: Message[];
}

/** Every chat of the double, and a sign of each change in them. */
export interface Chats {
  readonly all: ReadonlyMap<string, Chat>;
  find(id: string): Chat | undefined;
  /** The person's own chat with the bot, made when it is not there yet; not installed. */
  personal(person: Person): Chat;
  group(id: string, kind: "groupChat" | "channel", members: readonly Person[]): Chat;
  /** The person's chat gets another id, and the former is unknown from now on. */
  renew(person: Person): Chat;
  post(chat: Chat, from: string, content: Partial<Message>): Message;
  changed(): void;
  /** Resolves as soon as `isSo`; rejects with `what` after a time no machine takes. */
  until(what: () => string, isSo: () => boolean): Promise<void>;
  /** A new id, growing, as activities have. */
  nextId(): string;
}

/** Opens the double's memory, with nobody in it. */
export function openChats(): Chats {
  const all = new Map<string, Chat>();
  const news = new EventEmitter().setMaxListeners(0);
  const renewed = new Map<string, number>();
  let last = 1_700_000_000_000;
  const nextId = () => {
    last += 1;
    return String(last);
  };
  const changed = () => void news.emit("changed");
  const add = (chat: Chat) => {
    all.set(chat.id, chat);
    return chat;
  };
  const personal = (person: Person): Chat => {
    const id = `a:1${digest(`${person.userId} ${renewed.get(person.userId) ?? 0}`)}`;
    const { tenant } = person;
    const empty = { installed: false, blocked: false, messages: [] };
    return all.get(id) ?? add({ id, kind: "personal", tenant, members: [person], ...empty });
  };
  return {
    all,
    nextId,
    changed,
    personal,
    find: (id) => all.get(id),
    group: (id, kind, members) =>
      add({ id, kind, tenant: members[0]?.tenant ?? "", members, installed: true, blocked: false, messages: [] }),
    renew(person) {
      const former = personal(person);
      all.delete(former.id);
      renewed.set(person.userId, (renewed.get(person.userId) ?? 0) + 1);
      const chat = personal(person);
      chat.installed = former.installed;
      chat.blocked = former.blocked;
      return chat;
    },
    post(chat, from, content) {
      const message: Message = {
        id: nextId(),
        from,
        notification: "",
        suggestions: [],
        views: new Map(),
        deleted: false,
        edits: 0,
        ...content,
      };
      chat.messages.push(message);
      changed();
      return message;
    },
    async until(what, isSo) {
      const signal = AbortSignal.timeout(patienceMs);
      while (!isSo()) {
        await once(news, "changed", { signal }).catch(() => {
          throw new Error(`not within ${patienceMs} ms: ${what()}`);
        });
      }
    },
  };
}

/** How this bot knows an account. */
export function userIdOf(tenant: string, aadObjectId: string): string {
  return `29:1${digest(`${tenant} ${aadObjectId}`)}`;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

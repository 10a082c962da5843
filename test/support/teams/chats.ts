import { createHash } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { patienceMs } from "../patience.ts";
import type { AdaptiveCard } from "./adaptive-card.ts";

/** A Teams user: an account in a tenant. */
export interface Person {
  readonly tenant: string;
  readonly aadObjectId: string;
  /** The account id known to this bot: `29:…`. */
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly timezone: string;
  readonly locale: string;
}

/** A stored message. */
export interface Message {
  readonly id: string;
  /** `28:…` for the bot, `29:…` for a person. */
  readonly from: string;
  /** The notification on arrival. Edits send none. */
  readonly notification: string;
  text?: string;
  card?: AdaptiveCard;
  suggestions: readonly { readonly title: string; readonly value: string }[];
  /** Cards from invoke responses, shown to that person only until the next edit. */
  readonly views: Map<string, AdaptiveCard>;
  deleted: boolean;
  edits: number;
}

/** A chat between people and the bot. */
export interface Chat {
  readonly id: string;
  readonly kind: "personal" | "groupChat" | "channel";
  readonly tenant: string;
  readonly members: readonly Person[];
  installed: boolean;
  blocked: boolean;
  readonly messages: Message[];
}

/** All chats of the double, with change notifications. */
export interface Chats {
  readonly all: ReadonlyMap<string, Chat>;
  find(id: string): Chat | undefined;
  /** The person's personal chat with the bot, created on first use; not installed. */
  personal(person: Person): Chat;
  group(id: string, kind: "groupChat" | "channel", members: readonly Person[]): Chat;
  /** Gives the person's chat a new id. The previous id becomes unknown. */
  renew(person: Person): Chat;
  post(chat: Chat, from: string, content: Partial<Message>): Message;
  changed(): void;
  /** Resolves as soon as `isSo`; rejects with `what` after a generous time limit. */
  until(what: () => string, isSo: () => boolean): Promise<void>;
  /** A new activity id. Ids are increasing. */
  nextId(): string;
}

/** Opens the double's state, without users. */
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

/** The bot's id for an account. */
export function userIdOf(tenant: string, aadObjectId: string): string {
  return `29:1${digest(`${tenant} ${aadObjectId}`)}`;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

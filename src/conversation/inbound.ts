import type { Card, CardEvent, InputValues } from "../cards/card.ts";
import type { UncheckedTalk } from "../cards/talks.ts";
import type { News } from "../desk/telling/news.ts";
import type { Address, ChannelPlace } from "../ports/messenger.ts";
import type { Role } from "./flow.ts";

/** A message or event for the desk: from a person at a door, or from the desk to one of its own talks. */
export interface Inbound {
  /** Unique per event and the same on a redelivery, so that a redelivery changes nothing. */
  readonly id: string;
  readonly receivedAtMs: number;
  readonly from: Address;
  /** The person as the platform describes them. */
  readonly profile?: { readonly name?: string; readonly timezone?: string; readonly locale?: string };
  readonly body: InboundBody;
}

export type InboundBody =
  /** A typed message. `hasFile`: it carries a file, a picture or a recording, which the desk does not accept. */
  | { readonly type: "text"; readonly text: string; readonly hasFile?: true }
  /** A press on a card. The event is trusted only after it is found on the stored card. */
  | {
      readonly type: "press";
      readonly talkId: string;
      readonly seenRevision: number;
      readonly event: CardEvent;
      readonly values?: InputValues;
    }
  /**
   * The person opened the chat and has said nothing yet. They are greeted once. `sinceMs` is when they installed the
   * app, in epoch ms by the desk's clock, where the platform tells it. Earlier talks do not count as a greeting.
   */
  | { readonly type: "opened"; readonly sinceMs?: number }
  /** A talk begun from outside the chat, by a shortcut or on the standing page. The flow checks the rights. */
  | ({ readonly type: "ask" } & UncheckedTalk)
  /** The person opened the app's standing page. From then on the desk keeps it up to date. */
  | { readonly type: "tab" }
  /** The desk was mentioned in a channel. A private hint leads into the chat. */
  | { readonly type: "mention"; readonly place: ChannelPlace }
  /** News for a talk, from an errand. */
  | { readonly type: "news"; readonly talkId: string; readonly event: News }
  /** A talk to begin, from an errand. An earlier release may have queued it, so its input is validated. */
  | ({
      readonly type: "start";
      readonly practiceId: string;
      /** `stranger`: the talk has no rights, even if this chat user has a role in some practice. */
      readonly role: Role;
    } & UncheckedTalk);

/** What the door may answer at once. Everything else goes through the outbox. */
export interface Delivered {
  readonly talkId?: string;
  readonly revision?: number;
  readonly card?: Card;
  /** Why inputs were refused, by input id. */
  readonly errors?: Readonly<Record<string, string>>;
  /** The press was on an old card: nothing was done. `card` is the present one. */
  readonly stale?: true;
  /** Nothing was done. Carries a sentence for the person. */
  readonly refused?: string;
}

/** The engine's only entrance. Resolves after the commit, rejects only when nothing was committed. */
export type Deliver = (inbound: Inbound) => Promise<Delivered>;

import type { Card, CardEvent, InputValues } from "../cards/card.ts";
import type { Address, ChannelPlace } from "../ports/messenger.ts";

/** Something said to the desk, by a person at a door or by the desk to one of its own talks. */
export interface Inbound {
  /** Unique for what happened, the same when it is delivered again: a redelivery changes nothing. */
  readonly id: string;
  readonly receivedAtMs: number;
  readonly from: Address;
  /** What the platform knows of the person. */
  readonly profile?: { readonly name?: string; readonly timezone?: string; readonly locale?: string };
  readonly body: InboundBody;
}

export type InboundBody =
  | { readonly type: "text"; readonly text: string }
  /** A press on a card: everything but the ids of talk and revision is distrusted until the flow has checked it. */
  | {
      readonly type: "press";
      readonly talkId: string;
      readonly seenRevision: number;
      readonly event: CardEvent;
      readonly values?: InputValues;
    }
  /**
   * The person opened the chat and has said nothing yet: a greeting, if there is none. `sinceMs` is when they took the app
   * in, epoch ms by the desk's clock, where the platform tells: what came before it does not count.
   */
  | { readonly type: "opened"; readonly sinceMs?: number }
  /** A talk asked for from outside the chat, by a shortcut or on the standing page: rights are the flow's own matter. */
  | { readonly type: "ask"; readonly flow: string; readonly input: CardEvent }
  /** The person looks at the app's standing page: it is to be kept up to date from now on. */
  | { readonly type: "tab" }
  /** The desk was named in a channel: answered in private, with a way into the chat. */
  | { readonly type: "mention"; readonly place: ChannelPlace }
  /** News for a talk, from the books. */
  | { readonly type: "news"; readonly talkId: string; readonly event: CardEvent }
  /** A talk to begin, from the books. */
  | {
      readonly type: "start";
      readonly flow: string;
      readonly practiceId: string;
      /** `stranger`: whoever this chat user is elsewhere, they have no rights in it. */
      readonly role: "client" | "practitioner" | "stranger";
      readonly input: CardEvent;
    };

/** What the door may answer at once; everything else travels through the outbox. */
export interface Delivered {
  readonly talkId?: string;
  readonly revision?: number;
  readonly card?: Card;
  /** Why inputs were not taken, by input id. */
  readonly errors?: Readonly<Record<string, string>>;
  /** The press was on an old card: nothing was done, `card` is the present one. */
  readonly stale?: true;
  /** Nothing was done; a sentence for the person. */
  readonly refused?: string;
}

/** The engine's only entrance. Resolves after everything is committed; rejects only when nothing was. */
export type Deliver = (inbound: Inbound) => Promise<Delivered>;

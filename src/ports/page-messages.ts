import type { Card } from "../cards/card.ts";

/** One line of a chat on the local page. */
export interface PageMessage {
  readonly id: string;
  readonly user: string;
  /** `me`: typed by the person; `desk`: a card of the desk. */
  readonly author: "me" | "desk";
  readonly sentAtMs: number;
  readonly text?: string;
  readonly card?: Card;
  readonly talkId?: string;
  readonly revision?: number;
}

/** The page's messages are rows, so that a reload shows the same. */
export interface PageMessages {
  /** In the order they were said. */
  list(user: string): Promise<readonly PageMessage[]>;
  /** Adding the same id again changes nothing. */
  add(message: PageMessage): Promise<void>;
  /** Repaints a card in place, perhaps as that of another talk; false when there is no such message. */
  repaint(messageId: string, update: { card: Card; talkId: string; revision: number }): Promise<boolean>;
}

/** A person who can be chosen in `Signed in as`. */
export interface PagePerson {
  /** The page's user id. */
  readonly user: string;
  readonly name: string;
  readonly role: "client" | "practitioner";
  /** False: imported without a chat identity, so the desk does not know this user. */
  readonly bound: boolean;
  /** What they may try to type, a chat line each; absent or empty for who is not bound. */
  readonly lines?: readonly string[];
}

/** The imported people, practitioners and clients each in the practice file's order. */
export interface PagePeople {
  list(): Promise<readonly PagePerson[]>;
}

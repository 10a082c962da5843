import type { Card } from "../cards/card.ts";

/** One message of a chat on the local page. */
export interface PageMessage {
  readonly id: string;
  readonly user: string;
  /** `me`: typed by the person; `desk`: a card from the desk. */
  readonly author: "me" | "desk";
  readonly sentAtMs: number;
  readonly text?: string;
  readonly card?: Card;
  readonly talkId?: string;
  readonly revision?: number;
}

/** Messages of the local page, stored in the database so that a reload shows the same chat. */
export interface PageMessages {
  /** In posting order. */
  list(user: string): Promise<readonly PageMessage[]>;
  /** Adding an existing id changes nothing. */
  add(message: PageMessage): Promise<void>;
  /** Edits a card in place; the card may belong to another talk. False when the message does not exist. */
  repaint(messageId: string, update: { card: Card; talkId: string; revision: number }): Promise<boolean>;
}

/** A person in the `Signed in as` picker. */
export interface PagePerson {
  /** The page's user id. */
  readonly user: string;
  readonly name: string;
  readonly role: "client" | "practitioner";
  /** False: imported without a chat identity, so the user must be invited first. */
  readonly bound: boolean;
  /** Suggested lines to type. Absent or empty for people who are not bound. */
  readonly lines?: readonly string[];
}

/** The imported people: practitioners and clients, each in the order of the practice file. */
export interface PagePeople {
  list(): Promise<readonly PagePerson[]>;
}

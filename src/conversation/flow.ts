import type { AnyStateMachine } from "xstate";
import type { z } from "zod";
import type { Books } from "../../db/store.ts";
import type { Card, CardEvent, InputValues } from "../cards/card.ts";
import type { Actor } from "../desk/actor.ts";
import type { Desk } from "../desk/desk.ts";
import type { Practice } from "../domain/practice.ts";
import type { Address } from "../ports/messenger.ts";
import type { Reader } from "../words/instants.ts";

export type Role = "client" | "practitioner" | "stranger";

/** One turn of a talk, inside its transaction: who acts, in what, seen how. */
export interface Turn extends Desk {
  readonly books: Books;
  readonly actor: Actor;
  /** Blank for strangers. */
  readonly practice: Practice;
  readonly address: Address;
  readonly talkId: string;
  /** How this person reads instants (D7.6). */
  readonly reader: Reader;
  /** Whether sensitive questions may be asked in this chat (D5.2). */
  readonly asksSensitiveInline: boolean;
  /** What was typed, when this turn answers typed words. Never kept. */
  readonly said?: string;
  /** What the pressed card's inputs were filled with. Never kept in a machine's context. */
  readonly values: InputValues;
  /** Says why inputs were not taken: the talk stays as it is. */
  readonly refuseInputs: (errors: Readonly<Record<string, string>>) => void;
  /** Begins another talk: in this one's message, which ends it, or in a new message below. */
  readonly begin: (talk: TalkWanted) => void;
}

/** A talk to begin; `as` names who of the people this chat user is, of now, begins it: else whoever this turn is. */
export interface TalkWanted {
  readonly flow: string;
  readonly input: CardEvent;
  readonly where: "here" | "below";
  readonly as?: { readonly practiceId: string; readonly role: Role };
}

/** Carries out one order of a machine; what it answers goes back into the machine. */
export type Command<Order extends CardEvent> = (order: Order, turn: Turn) => Promise<CardEvent | undefined>;

/** What a state shows: facts read from the books, and the one view that makes a card of them. */
export interface Scene<Context> {
  draw(context: Context, turn: Turn): Promise<Card>;
}

/** Ties a state's facts to its view. */
export function scene<Context, Facts>(
  facts: (context: Context, turn: Turn) => Promise<Facts> | Facts,
  view: (facts: Facts) => Card,
): Scene<Context> {
  return { draw: async (context, turn) => view(await facts(context, turn)) };
}

/** What typed words mean to a state: an event, a sentence instead of one, or nothing. */
export type Heard =
  | { readonly event: CardEvent; readonly values?: InputValues }
  | { readonly hint: string }
  | undefined;

/** What a yes and a no to a card press on it. */
export interface Answers {
  readonly yes?: CardEvent;
  readonly no?: CardEvent;
}

/** A talk the desk can have: a pure machine, and what connects it to the books and to people. */
export interface Flow<Context = unknown> {
  readonly name: string;
  /** Goes up when states, events or context change shape; see `migrate`. */
  readonly version: number;
  readonly roles: readonly Role[];
  readonly machine: AnyStateMachine;
  /** The machine's context as it is kept in a snapshot: small JSON of ids and choices. */
  readonly context: z.ZodType<Context>;
  /** The first context, from what the talk was begun with. */
  begin(input: CardEvent): Context;
  /** The booking the talk is about, whose changes it is told. */
  about(context: Context): string | undefined;
  readonly commands: Readonly<Record<string, Command<never>>>;
  readonly scenes: Readonly<Record<string, Scene<Context>>>;
  /** States that take typed words as an answer, each with how it listens. */
  readonly listen: Readonly<Record<string, (text: string, context: Context, turn: Turn) => Promise<Heard>>>;
  /** Whether typed words may press this card's buttons now; `unasked`: the card came after the person's last word. */
  readonly mayBeTyped?: (context: Context, turn: Turn, unasked: boolean) => Promise<boolean>;
  /** What a clear yes or no to a state's card presses on it (G10), where the state does not listen for them itself. */
  readonly answers?: Readonly<Record<string, Answers>>;
  /**
   * What the talk begins with when typed words lead to it only after the question which practice or role is meant: what
   * they say, as ids and times. Undefined: they have to be said again.
   */
  readonly reads?: (text: string, turn: Turn, input: CardEvent) => Promise<CardEvent | undefined>;
  /** Whether words that no rule understands name something of this flow, such as a service: then it begins. */
  readonly isOpenedBy?: (text: string, turn: Turn) => Promise<boolean>;
  /** News that deserve a new message to a talk in that state, which leave it in `next`; all other news repaint quietly (an edit never notifies). */
  readonly isLoud: (event: CardEvent, state: string, next: string) => boolean;
  /** Whether a talk the desk itself begins is still called for when its turn comes; without it, it always is. */
  readonly isDue?: (input: CardEvent, turn: Turn) => Promise<boolean>;
  /** Whether a shortcut or a button outside of the chat may begin it; its rights are then checked in `src/desk`. */
  readonly mayBeAsked?: true;
  /** What the app's standing page shows this person; its buttons are `askEvent`s. */
  readonly tab?: (turn: Turn) => Promise<Card>;
  /** A talk of passing interest: when its person turns to something else, its card is put away. */
  readonly passing?: true;
  /** From the snapshot of an earlier version to the next one; without a step the talk restarts politely. */
  readonly migrate?: Readonly<
    Record<number, (old: { state: string; context: unknown }) => { state: string; context: unknown }>
  >;
}

/** Makes a flow whose parts agree on its context; the register holds flows of any context. */
export function defineFlow<Context>(flow: Flow<Context>): Flow {
  return flow as Flow<unknown> as Flow; // contexts are only ever passed back to the flow that made them
}

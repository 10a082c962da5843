import type { AnyStateMachine, ContextFrom, EmittedFrom, EventFromLogic, StateValueFrom } from "xstate";
import type { z } from "zod";
import type { Books } from "../../db/store.ts";
import type { Card, CardEvent, InputValues } from "../cards/card.ts";
import type { AskEvent, NewTalk, TalkName, Talks } from "../cards/talks.ts";
import type { Actor } from "../desk/actor.ts";
import type { Desk } from "../desk/desk.ts";
import type { Subject } from "../desk/questions/asked.ts";
import type { Practice } from "../domain/practice.ts";
import type { Act, Verb } from "../language/intent/act.ts";
import type { ConsentTo } from "../language/intent/consent.ts";
import type { Reading } from "../language/reading.ts";
import type { Address } from "../ports/messenger.ts";
import type { Reader } from "../words/instants.ts";
import type { TypedPress } from "./typed-press.ts";

export type Role = "client" | "practitioner" | "stranger";

/**
 * One inbound answered by one talk, inside its transaction: the person, the practice, and the zone and locale for
 * instants.
 */
export interface Turn extends Desk {
  readonly books: Books;
  readonly actor: Actor;
  /** Empty for strangers. */
  readonly practice: Practice;
  readonly address: Address;
  readonly talkId: string;
  /** How this person reads instants (D7.6). */
  readonly reader: Reader;
  /** Whether sensitive questions may be asked in this chat (D5.2). */
  readonly asksSensitiveInline: boolean;
  /** The typed message that this turn answers. It was read once, with the names this person may use (W1). */
  readonly reading?: Reading;
  /** The same message as typed. Only the content of a field is taken from it. It is stored nowhere else. */
  readonly said?: string;
  /** The values of the pressed card's inputs. Never stored in a machine's context. */
  readonly values: InputValues;
  /** Refuses inputs, with a reason for each. The talk keeps its state. */
  readonly refuseInputs: (errors: Readonly<Record<string, string>>) => void;
  /** Begins another talk: `here` replaces this talk in its message, `below` posts a new message. */
  readonly begin: (talk: TalkBegun) => void;
}

/** A talk to begin. `as` names which of the chat user's people begins it. Absent: the person of this turn. */
export type Route = NewTalk & { readonly as?: { readonly practiceId: string; readonly role: Role } };

/** A talk that a command begins, and in which message. */
export type TalkBegun = Route & { readonly where: "here" | "below" };

/** The states of a flow's machine. */
export type StateOf<Machine extends AnyStateMachine> = Extract<StateValueFrom<Machine>, string>;

/** Executes one order of a machine. Its answer is the machine's next event. */
export type Command<Order extends CardEvent, Event extends CardEvent = CardEvent> = (
  order: Order,
  turn: Turn,
) => Promise<Event | undefined>;

/** A command for every order of a machine, and for no other. */
export type Commands<Order extends CardEvent, Event extends CardEvent = CardEvent> = {
  readonly [Type in Order["type"]]: Command<Extract<Order, { type: Type }>, Event>;
};

/** How a state is drawn: facts are read from the database, and the view makes a card of them. */
export interface Scene<Context, Event extends CardEvent = CardEvent> {
  draw(context: Context, turn: Turn): Promise<Card<Event>>;
}

/** Joins a state's facts and its view. */
export function scene<Context, Facts, Event extends CardEvent>(
  facts: (context: Context, turn: Turn) => Promise<Facts> | Facts,
  view: (facts: Facts) => Card<Event>,
): Scene<Context, Event> {
  return { draw: async (context, turn) => view(await facts(context, turn)) };
}

/** What a message means to a state: an event, a sentence instead of one, or nothing. */
export type Heard<Event extends CardEvent = CardEvent> =
  | { readonly event: Event; readonly values?: InputValues }
  | { readonly hint: string }
  | undefined;

/** Reads a message in one state. The text itself is not passed, because only fields may keep it (`Field`). */
export type Hearer<Context, Event extends CardEvent> = (
  reading: Reading,
  context: Context,
  turn: Turn,
) => Promise<Heard<Event>> | Heard<Event>;

/** The input a flow begins with for an act; undefined: the act is not for this flow. */
export type Opener<Input> = (act: Act, reading: Reading, turn: Turn) => Promise<Input | undefined> | Input | undefined;

/** Reads a message as a correction of what the card is about. */
export type Corrector<Context, Input> = (
  reading: Reading,
  context: Context,
  turn: Turn,
) => Promise<Input | undefined> | Input | undefined;

/**
 * The events that a yes and a no press on a card. `to` names what a yes agrees to, which decides how plain it must be
 * (W3).
 */
export interface Answers<Event extends CardEvent = CardEvent> {
  readonly yes?: { readonly event: Event; readonly to: ConsentTo };
  readonly no?: Event;
}

/** A state's field for open text (W4). */
export interface Field<Context, Event extends CardEvent> {
  /**
   * Takes a value of exactly the kind that is asked for, such as a phone number. It is tried before the message is read
   * as anything else.
   */
  readonly exactly?: (text: string, context: Context, turn: Turn) => Promise<Heard<Event>> | Heard<Event>;
  /** Its text is for another person, so a no or a correction is not taken as it. */
  readonly isForOther?: true;
  /** Takes a text that reads as nothing else. What goes to another person is shown on the card before it is sent. */
  readonly takes: (text: string, context: Context, turn: Turn) => Promise<Heard<Event>> | Heard<Event>;
}

/** A place in a talk, as a snapshot holds it. */
export interface Place {
  readonly state: string;
  readonly context: unknown;
}

/** A talk the desk can have: a pure machine, and its connections to the database and to people. */
interface FlowOf<
  Name extends TalkName,
  Input,
  Context,
  Event extends CardEvent,
  Order extends CardEvent,
  State extends string,
> {
  readonly name: Name;
  /** Increases when states, events or context change shape. See `migrate`. */
  readonly version: number;
  readonly roles: readonly Role[];
  readonly machine: AnyStateMachine;
  /** The machine's context as a snapshot holds it: small JSON of ids and choices. */
  readonly context: z.ZodType<Context>;
  /** What the talk begins with. It is validated where it comes from outside: a door, or a row of an earlier release. */
  readonly input: z.ZodType<Input>;
  /** The first context. */
  begin(input: Input): Context;
  /** The input of a talk whose snapshot was lost, with the booking it was about. Undefined: the menu begins instead. */
  again?(about: string | undefined): Input | undefined;
  /** The booking the talk is about. The talk receives its news. */
  about(context: Context): string | undefined;
  readonly commands: Commands<Order, Event>;
  readonly scenes: Readonly<Record<State, Scene<Context, Event>>>;
  /** The acts that begin the talk, each with the input it begins with. */
  readonly opensOn?: { readonly [Each in Verb]?: Opener<Input> };
  /** The input for a message without an act that wants something of this flow: "massage on Tuesday". */
  readonly opensOnWish?: (reading: Reading, turn: Turn) => Promise<Input | undefined> | Input | undefined;
  /**
   * The input for a question that has its own card in this flow. It is tried before the question is answered in words
   * (W9).
   */
  readonly opensOnQuestion?: (reading: Reading, turn: Turn) => Promise<Input | undefined> | Input | undefined;
  /** The input for a message with an entry code. The talk begins as a stranger, because only the code grants access. */
  readonly opensOnCode?: (code: string, turn: Turn) => Promise<Input | undefined> | Input | undefined;
  /** The input for a message that speaks of self-harm or violence (W11). One flow has it. */
  readonly opensOnDistress?: (turn: Turn) => Promise<Input | undefined> | Input | undefined;
  /** What a state's card does, as an order. "No, Ben's" repeats that order for Ben (W4). */
  readonly repeats?: { readonly [Each in State]?: Verb };
  /** What a message means to a state, beyond a yes, a no or a button. */
  readonly hears?: { readonly [Each in State]?: Hearer<Context, Event> };
  /**
   * The input for a message that names another session than the card's: "no, the massage" (W4). The talk begins anew
   * with it. It is tried before the message is read as an answer.
   */
  readonly corrects?: { readonly [Each in State]?: Corrector<Context, Input> };
  /** States with a field for open text. */
  readonly field?: { readonly [Each in State]?: Field<Context, Event> };
  /** What the open card is about, for questions: "how long is it?" (W9). */
  subject?(context: Context, turn: Turn): Promise<Subject> | Subject;
  /**
   * Whether typed words are for this card now. "read": they are heard but press no button. `unasked`: the card was
   * posted after the person's last message or press.
   */
  mayBeTyped?(context: Context, turn: Turn, unasked: boolean): Promise<boolean | "read">;
  /**
   * What words that name a button do, where a press would act at once: they lead to the card that shows what is sent to
   * another person (W4). Undefined: the words press nothing, and `hears` gets them.
   */
  readonly typed?: {
    readonly [Each in State]?: (press: TypedPress<Event>, context: Context) => Event | undefined;
  };
  /** What a yes or no to a state's card presses on it (G10). */
  readonly answers?: { readonly [Each in State]?: Answers<Event> };
  /**
   * Whether news get a new message, because an edit sends no notification. `state` and `next`: before and after the event.
   */
  isLoud(event: Event, state: State, next: State): boolean;
  /** Whether a talk that the desk queued is still needed when it begins. Absent: it always is. */
  isDue?(input: Input, turn: Turn): Promise<boolean>;
  /** A shortcut or a button outside of the chat may begin it. `src/desk` checks its rights then. */
  readonly mayBeAsked?: true;
  /** The app's standing page for this person; its buttons are `askEvent`s. */
  tab?(turn: Turn): Promise<Card<AskEvent>>;
  /** A transient talk. Its card is closed when its person turns to something else. */
  readonly passing?: true;
  /** Migrates a snapshot of an earlier version to the next one. Without a step the talk restarts and says so. */
  readonly migrate?: Readonly<Record<number, (old: Place) => Place>>;
}

/** A flow as the engine runs it, with its types erased. */
export type Flow<Name extends TalkName = TalkName> = FlowOf<Name, CardEvent, unknown, CardEvent, CardEvent, string>;

/**
 * Makes a flow whose parts agree. Context, events, orders and states are those of its machine. The input is the flow's
 * entry in `Talks`. Every state needs a scene and every order a command; other names are rejected.
 */
export function defineFlow<Name extends TalkName, Machine extends AnyStateMachine>(
  flow: FlowOf<
    Name,
    Talks[Name],
    ContextFrom<Machine>,
    EventFromLogic<Machine>,
    EmittedFrom<Machine>,
    StateOf<Machine>
  > & { readonly machine: Machine },
): Flow<Name> {
  // The engine passes contexts, events and orders only back to the flow that made them.
  return flow as unknown as Flow<Name>;
}

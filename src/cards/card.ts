import { given } from "../given.ts";

/**
 * A message as plain data, the same for every platform. Each renderer draws every part: text and buttons here, blocks in
 * Slack, an Adaptive Card in Teams, elements on the page. `Event` is what its buttons say: a flow's views return cards of
 * that flow's events, doors and the engine carry cards of any.
 */
export interface Card<Event extends CardEvent = CardEvent> {
  /** One line for notifications and screen readers: complete, and discreet (D7.5). */
  readonly summary: string;
  readonly title?: string;
  /** The mood of the title. Colour only repeats what the words say. */
  readonly tone?: Tone;
  /** "Step 3 of 5" of a booking. */
  readonly step?: { readonly now: number; readonly of: number };
  readonly parts: readonly CardPart<Event>[];
  /** The next typed words may be a sensitive answer: a door must not store them in the clear (D5.2). */
  readonly privateReply?: true;
  /** The card answers words that were not understood. */
  readonly understood?: false;
}

export type Tone = "plain" | "waiting" | "good" | "bad";

export type CardPart<Event extends CardEvent = CardEvent> =
  /** `secrets`: links and codes whose marks stand in the text (R9). */
  | { readonly type: "text"; readonly text: string; readonly secrets?: readonly SecretRef[] }
  /** Small print under or between: a zone, a policy, what may be typed. */
  | { readonly type: "hint"; readonly text: string }
  | { readonly type: "facts"; readonly facts: readonly Fact[] }
  /**
   * `choices` answer the card's question and can be typed by number. `switch` changes what the card shows, with the present
   * choice `selected`. `actions` act, `navigation` leads to other cards.
   */
  | {
      readonly type: "buttons";
      readonly role: "choices" | "switch" | "actions" | "navigation";
      readonly label?: string;
      readonly buttons: readonly Button<Event>[];
    }
  /** Questions answered together by one submit. */
  | { readonly type: "inputs"; readonly inputs: readonly Input[]; readonly submit: Button<Event> };

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/**
 * What a button says when it is pressed: its type, and JSON values beside it. It holds ids and instants, never answers. A
 * field that says nothing is absent, not `undefined`, so that an event equals itself after a trip through JSON.
 */
export interface CardEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface Button<Event extends CardEvent = CardEvent> {
  /** Unique within its card. */
  readonly label: string;
  /** Said by a screen reader where `label` alone is too short, such as a bare time. */
  readonly spoken?: string;
  readonly style?: "primary" | "danger";
  /** This is the present choice, such as the day shown. */
  readonly selected?: true;
  /** A `SecretRef` becomes a `url` when the card leaves the desk. */
  readonly action: { readonly event: Event } | { readonly url: string } | SecretRef;
}

/** Links and codes that open something without further proof. `code` is typed; the others are web addresses. */
export type SecretKind = "form" | "answers" | "activate" | "code" | "pay" | "join";

/**
 * A link or code as the books carry it (R9): its kind, and where its value is sealed. Cards, snapshots and mails hold this;
 * `src/desk/secrets.ts` puts the value in when they leave the desk, the same at every attempt.
 */
export interface SecretRef {
  readonly link: SecretKind;
  /** The practice, a slash and an id. */
  readonly ref: string;
}

export interface Input {
  readonly id: string;
  readonly label: string;
  readonly kind: "short_text" | "long_text" | "choice" | "choices" | "number" | "date" | "phone" | "yes_no" | "consent";
  readonly required: boolean;
  readonly options?: readonly string[];
  readonly help?: string;
  /** What was answered before; never for sensitive questions. */
  readonly value?: string | readonly string[];
  /** Why the last answer was not taken. */
  readonly error?: string;
}

/** What inputs were filled with, by input id; several choices are several strings. */
export type InputValues = Readonly<Record<string, string | readonly string[]>>;

/**
 * Gives the maker of buttons of one flow, which takes only that flow's events:
 *
 *     const button = buttonOf<CancelEvent>();
 *     button("Keep the session", { type: "cancel.dropped" });
 */
export function buttonOf<Event extends CardEvent = CardEvent>() {
  return (label: string, event: Event, style?: "primary" | "danger"): Button<Event> => ({
    label,
    action: { event },
    ...given({ style }),
  });
}

/** The same card with nothing left to press: what an older message becomes when a newer one takes over. */
export function closed<Event extends CardEvent>(card: Card<Event>, note?: string): Card<Event> {
  const { privateReply: _, ...rest } = card;
  const parts = card.parts.filter((part) => part.type !== "buttons" && part.type !== "inputs");
  return { ...rest, parts: note === undefined ? parts : [...parts, { type: "hint", text: note }] };
}

/** A button that carries an event, not a link. */
export type EventButton = Button & { readonly action: { readonly event: CardEvent } };

/** Every button of a card that carries an event, in reading order. */
export function eventButtons(card: Card): readonly EventButton[] {
  return card.parts
    .flatMap((part) => (part.type === "buttons" ? part.buttons : part.type === "inputs" ? [part.submit] : []))
    .filter((button): button is EventButton => "event" in button.action);
}

/** Whether anything on the card can still be pressed or filled. */
export function isLive(card: Card): boolean {
  return card.parts.some((part) => part.type === "buttons" || part.type === "inputs");
}

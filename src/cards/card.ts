/**
 * A message as plain data, for every platform the same. Renderers are total over it: text and buttons here,
 * blocks in Slack, an Adaptive Card in Teams, elements on the page.
 */
export interface Card {
  /** One line for notifications and screen readers: complete, and discreet (D7.5). */
  readonly summary: string;
  readonly title?: string;
  /** How the title is felt: colour may hint it, the words say it. */
  readonly tone?: Tone;
  /** "Step 3 of 5" of a booking. */
  readonly step?: { readonly now: number; readonly of: number };
  readonly parts: readonly CardPart[];
  /** What is typed next may be a sensitive answer: a door must not keep it in the clear (D5.2). */
  readonly privateReply?: true;
}

export type Tone = "plain" | "waiting" | "good" | "bad";

export type CardPart =
  | { readonly type: "text"; readonly text: string }
  /** Small print under or between: a zone, a policy, what may be typed. */
  | { readonly type: "hint"; readonly text: string }
  | { readonly type: "facts"; readonly facts: readonly Fact[] }
  /** `choices` are answers to the card's question and can be typed by number; `switch` changes what the card shows, the present one `selected`; `actions` lead on; `navigation` leads about. */
  | {
      readonly type: "buttons";
      readonly role: "choices" | "switch" | "actions" | "navigation";
      readonly label?: string;
      readonly buttons: readonly Button[];
    }
  /** Questions answered together by one submit. */
  | { readonly type: "inputs"; readonly inputs: readonly Input[]; readonly submit: Button };

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** What a button says when pressed: a flow's own event as small JSON. Holds ids and instants, never answers. */
export interface CardEvent {
  readonly type: string;
  readonly [key: string]: string | number | boolean;
}

export interface Button {
  /** Unique within its card. */
  readonly label: string;
  /** Said by a screen reader where `label` alone is too short, such as a bare time. */
  readonly spoken?: string;
  readonly style?: "primary" | "danger";
  /** This is the present choice, such as the day shown. */
  readonly selected?: true;
  readonly action: { readonly event: CardEvent } | { readonly url: string };
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

/** A button that says `event`. */
export function button(label: string, event: CardEvent, style?: "primary" | "danger"): Button {
  return { label, action: { event }, ...(style === undefined ? {} : { style }) };
}

/** The same card with nothing left to press: what an older message becomes when a newer one takes over. */
export function closed(card: Card, note?: string): Card {
  const { privateReply: _, ...rest } = card;
  const parts = card.parts.filter((part) => part.type !== "buttons" && part.type !== "inputs");
  return { ...rest, parts: note === undefined ? parts : [...parts, { type: "hint", text: note }] };
}

/** Every button of a card that carries an event, in reading order. */
export function eventButtons(card: Card): readonly (Button & { readonly action: { readonly event: CardEvent } })[] {
  return card.parts
    .flatMap((part) => (part.type === "buttons" ? part.buttons : part.type === "inputs" ? [part.submit] : []))
    .filter(
      (button): button is Button & { readonly action: { readonly event: CardEvent } } => "event" in button.action,
    );
}

/** Whether anything on the card can still be pressed or filled. */
export function isLive(card: Card): boolean {
  return card.parts.some((part) => part.type === "buttons" || part.type === "inputs");
}

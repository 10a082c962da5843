import { type AdaptiveCard, actionsOf, cardLines, inputsOf } from "./adaptive-card.ts";
import type { Chats, Message, Person } from "./chats.ts";
import { type Draft, entered, type Filled, inputLabelled } from "./client-inputs.ts";

/** The bot's messages in a person's chat as they see them: oldest first, without deleted ones. */
export interface CardView {
  /** Each message as text lines: texts, `label: value`, `[buttons]`. */
  messages(): readonly string[];
  /** The newest message; empty if there is none. */
  newest(): string;
  /** The notification of each message when it arrived: its summary, otherwise its first text. */
  summaries(): readonly string[];
  /** The card of a message as this person sees it: 0 is the oldest, -1 the newest. Throws if it has none. */
  card(index: number): AdaptiveCard;
  /** The suggested actions under the newest message. */
  suggestedActions(): readonly string[];
  /** The titles of all buttons, newest message first. */
  buttons(): readonly string[];
  /** The URL of a link button. */
  link(title: string): string;
  /** Waits for a message that contains this. Returns its lines. */
  sees(what: string | RegExp): Promise<string>;
  /** Waits until the messages satisfy the condition. */
  until(what: string, isSo: (messages: readonly string[]) => boolean): Promise<void>;
  fill(values: Readonly<Record<string, Filled>>): void;
  /** Unsent input values of a message. */
  draft(message: Message): Draft;
  shownMessages(): readonly Message[];
  /** Messages with the card that this person sees. */
  shown(): readonly { readonly message: Message; readonly card: AdaptiveCard }[];
}

/** Opens one person's view of the chat. */
export function openCardView(chats: Chats, person: Person, botId: string): CardView {
  /** Input values are discarded when the message's card is replaced. */
  const drafts = new Map<string, { readonly of: string; readonly values: Map<string, string> }>();
  const cardOf = (message: Message) => message.views.get(person.userId) ?? message.card;
  const shownMessages = () => chats.personal(person).messages.filter(({ from, deleted }) => from === botId && !deleted);
  const shown = () =>
    shownMessages().flatMap((message) => {
      const card = cardOf(message);
      return card === undefined ? [] : [{ message, card }];
    });
  const linesOf = (message: Message): string => {
    const card = cardOf(message);
    return (card === undefined ? [message.text ?? ""] : cardLines(card)).join("\n");
  };
  const messages = () => shownMessages().map(linesOf);
  const draftOf = (message: Message): Map<string, string> => {
    const of = JSON.stringify(cardOf(message));
    const kept = drafts.get(message.id);
    if (kept?.of === of) return kept.values;
    const values = new Map<string, string>();
    drafts.set(message.id, { of, values });
    return values;
  };
  const until: CardView["until"] = (what, isSo) =>
    chats.until(
      () => `${what}; ${person.name} sees:\n${messages().join("\n---\n")}`,
      () => isSo(messages()),
    );

  return {
    messages,
    shownMessages,
    shown,
    draft: draftOf,
    newest: () => messages().at(-1) ?? "",
    summaries: () => shownMessages().map(({ notification }) => notification),
    card(index) {
      const message = shownMessages().at(index);
      const card = message && cardOf(message);
      if (card === undefined) throw new Error(`message ${index} of ${person.name} is no card`);
      return card;
    },
    suggestedActions: () =>
      shownMessages()
        .at(-1)
        ?.suggestions.map(({ title }) => title) ?? [],
    buttons: () =>
      shown()
        .toReversed()
        .flatMap(({ card }) => actionsOf(card).map(({ title = "" }) => title)),
    link(title) {
      for (const { card } of shown().toReversed()) {
        const action = actionsOf(card).find((each) => each.title === title && each.type === "Action.OpenUrl");
        if (action?.url !== undefined) return action.url;
      }
      throw new Error(`${person.name} sees no link “${title}”`);
    },
    async sees(what) {
      const matches = (lines: string) => (typeof what === "string" ? lines.includes(what) : what.test(lines));
      await until(`a message with ${what}`, (all) => all.some(matches));
      return messages().findLast(matches) ?? "";
    },
    until,
    fill(values) {
      for (const [label, value] of Object.entries(values)) {
        const at = shown().findLast(({ card }) =>
          inputsOf(card).some((input) => (input.label ?? input.title) === label),
        );
        if (at === undefined) throw new Error(`${person.name} sees no input labelled “${label}”`);
        const input = inputLabelled(at.card, label);
        draftOf(at.message).set(input.id, entered(input, value));
      }
    },
  };
}

/** Size limits of a Teams message, with a margin below the service's own limits. */
export const limits = {
  /** The whole message. The service accepts about 100 KB including its own envelope. */
  messageBytes: 80_000,
  /** The card's share of the message; the rest is the activity around it. */
  cardBytes: 74_000,
  /** Buttons per row. Phones cut off more, or hide them behind "…". */
  actionsInRow: 3,
  /** Buttons per ActionSet. Clients omit or hide the seventh. */
  actionsInSet: 6,
  /** Total characters in a row of buttons that fit on a narrow phone. */
  rowCharacters: 34,
  title: 100,
  summary: 500,
  /** Suggested actions under plain text. More are off-screen. */
  suggestedActions: 3,
} as const;

/** How much of a card is drawn. Omitted content is always announced in a line of its own. */
export interface Amount {
  /** Characters of one text. */
  readonly text: number;
  /** Buttons of one group. */
  readonly buttons: number;
  /** Facts of one list. */
  readonly facts: number;
  /** Questions of one form. */
  readonly inputs: number;
  /** Options of one question. */
  readonly options: number;
  /** Parts of the card, counted from its beginning. */
  readonly parts: number;
}

/** The full amount: as much as a person reads in a chat. */
const everything: Amount = { text: 4_000, buttons: 60, facts: 60, inputs: 40, options: 150, parts: 60 };

/** Amounts to try in order: everything, then smaller shares of each list and text, and last fewer parts. */
export const amounts: readonly [Amount, ...Amount[]] = [
  everything,
  ...[2, 4, 8, 16, 32, 60].map((part) => share(part, everything.parts)),
  ...[20, 6, 1].map((parts) => share(60, parts)),
];

function share(part: number, parts: number): Amount {
  const some = (count: number) => Math.max(1, Math.floor(count / part));
  return {
    text: some(everything.text),
    buttons: some(everything.buttons),
    facts: some(everything.facts),
    inputs: some(everything.inputs),
    options: some(everything.options),
    parts,
  };
}

/** Size of a value as JSON in bytes. */
export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value), "utf8");
}

/** Truncates a text without splitting characters and appends "…". */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const pieces = [...text.slice(0, most)];
  // slice() may have split a surrogate pair.
  const whole =
    pieces.at(-1)?.length === 1 && /[\ud800-\udbff]/.test(pieces.at(-1) ?? "") ? pieces.slice(0, -1) : pieces;
  return `${whole.slice(0, -1).join("").trimEnd()}…`;
}

/** What a message may be in Teams, with some air below the limits of the service. */
export const limits = {
  /** The whole message; the service takes about 100 KB, with its own envelope. */
  messageBytes: 80_000,
  /** Of these the card may be as much: the rest is the activity around it. */
  cardBytes: 74_000,
  /** In one row: more are cut off or hidden behind "…" on a phone. */
  actionsInRow: 3,
  /** In one set: clients leave out or hide the seventh. */
  actionsInSet: 6,
  /** Characters in a row of buttons that a narrow phone still shows whole. */
  rowCharacters: 34,
  title: 100,
  summary: 500,
  /** Suggested actions under plain text; more are out of sight. */
  suggestedActions: 3,
} as const;

/** How much of a card is drawn; the rest is said to be there, never dropped in silence. */
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
  /** Parts of the card, from its beginning. */
  readonly parts: number;
}

/** As much as anybody reads in a chat. */
const everything: Amount = { text: 4_000, buttons: 60, facts: 60, inputs: 40, options: 150, parts: 60 };

/** What is tried in turn: everything, then half as much of each list and text, and fewer parts only at last. */
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

/** Bytes of a value as it is sent. */
export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value), "utf8");
}

/** The beginning of a text, whole characters, with "…" for what is missing. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const pieces = [...text.slice(0, most)];
  // The cut may have split a pair of surrogates.
  const whole =
    pieces.at(-1)?.length === 1 && /[\ud800-\udbff]/.test(pieces.at(-1) ?? "") ? pieces.slice(0, -1) : pieces;
  return `${whole.slice(0, -1).join("").trimEnd()}…`;
}

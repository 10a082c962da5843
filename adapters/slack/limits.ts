/**
 * Slack's limits, in code points (Block Kit reference). The limit on the size of a message's blocks is undocumented;
 * measured: above about 13,200 characters Slack responds `msg_blocks_too_long`.
 */
export const limits = {
  messageBlocks: 50,
  viewBlocks: 100,
  messageText: 40_000,
  /** A notification is one line, and Slack truncates longer ones. */
  summary: 3000,
  /** Slack rejects more. */
  blocksJson: 13_200,
  /** The desk's own limit, with a margin for differences in how Slack counts. */
  messageJson: 11_500,
  viewJson: 200_000,
  sectionText: 3000,
  fields: 10,
  fieldText: 2000,
  headerText: 150,
  contextElements: 10,
  contextText: 3000,
  actionElements: 25,
  /** Short buttons that fit in one row on a phone. */
  buttonsInRow: 4,
  buttonText: 75,
  buttonValue: 2000,
  url: 3000,
  altText: 2000,
  id: 255,
  selectOptions: 100,
  optionGroups: 100,
  tickOptions: 10,
  overflowOptions: 5,
  optionText: 75,
  optionValue: 150,
  placeholder: 150,
  confirm: { title: 100, text: 300, confirm: 30, deny: 30 },
  inputLabel: 2000,
  inputHint: 2000,
  inputText: 3000,
  fieldError: 300,
  viewTitle: 24,
  privateMetadata: 3000,
  /** Inputs drawn in the message itself. A card with more opens them as a form. */
  inlineInputs: 3,
} as const;

/** The length of a text as Slack counts it. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** Truncates a text to `most` characters, the last one an ellipsis. */
export function cut(text: string, most: number): string {
  if (text.length <= most || lengthOf(text) <= most) return text;
  return `${[...text]
    .slice(0, most - 1)
    .join("")
    .trimEnd()}…`;
}

/** Whether a text is blank. Slack rejects blank texts nearly everywhere. */
export function isBlankText(text: string): boolean {
  return text.trim() === "";
}

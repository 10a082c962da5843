/**
 * What Slack takes at most, in code points (Slack's Block Kit reference; the size of a message's blocks is not documented:
 * above some 13,200 characters it answers `msg_blocks_too_long`).
 */
export const limits = {
  messageBlocks: 50,
  viewBlocks: 100,
  messageText: 40_000,
  /** A notification is one line: far more would be cut by Slack without a word. */
  summary: 3000,
  /** Refused above. */
  blocksJson: 13_200,
  /** What is sent at most, with room for what Slack counts otherwise. */
  messageJson: 11_500,
  viewJson: 200_000,
  sectionText: 3000,
  fields: 10,
  fieldText: 2000,
  headerText: 150,
  contextElements: 10,
  contextText: 3000,
  actionElements: 25,
  /** As many short ones as stand beside each other on a phone. */
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
  /** Questions drawn in the message itself; more are a form of their own. */
  inlineInputs: 3,
} as const;

/** How many characters Slack counts in a text. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** The text, or as much of it as fits with an ellipsis in its last place. */
export function cut(text: string, most: number): string {
  if (text.length <= most || lengthOf(text) <= most) return text;
  return `${[...text]
    .slice(0, most - 1)
    .join("")
    .trimEnd()}…`;
}

/** Whether nothing of a text can be seen; Slack refuses such a text nearly everywhere. */
export function isBlankText(text: string): boolean {
  return text.trim() === "";
}

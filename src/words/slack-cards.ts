/** What Slack shows beside the words of a card itself. */
export const slackCardWords = {
  fillIn: "Fill in the form",
  cancel: "Cancel",
  send: "Send",
  yes: "Yes",
  no: "No",
  agree: "I agree",
  /** As Slack writes it itself. */
  optional: "(optional)",
  optionsFrom: (first: number, last: number) => `${first} to ${last}`,
  linkTo: (label: string, url: string) => `${label}: ${url}`,
  undrawnButtons: (count: number) =>
    count === 1
      ? "1 more button does not fit here. Type its name or its number to choose it."
      : `${count} more buttons do not fit here. Type the name or the number of one to choose it.`,
  undrawnText: "This message is longer than fits here, so the end of it is not shown.",
  undrawnInputs: (count: number) =>
    count === 1
      ? "1 more question does not fit here. Type your answer to it."
      : `${count} more questions do not fit here. Type your answers, one at a time.`,
} as const;

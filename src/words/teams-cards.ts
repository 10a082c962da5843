/** What a card says in Teams beside its own words. */
export const teamsCardWords = {
  step: (now: number, of: number) => `Step ${now} of ${of}`,
  selected: (label: string) => `${label} (selected)`,
  agree: "I agree",
  yes: "Yes",
  no: "No",
  choose: "Choose…",
  pleaseAnswer: "Please answer this question.",
  pleaseChoose: "Please choose an answer.",
  pleaseAgree: "Please tick this to go on.",
  pleaseNumber: "Please enter a number.",
  pleaseDate: "Please enter a date.",
  moreText: "The text goes on; type “help” to ask how to see it elsewhere.",
  moreChoices: (count: number, first: string) =>
    count === 1
      ? `One more choice: type “${first}”.`
      : `${count} more choices, from “${first}” on: type the one you want, or its number.`,
  moreButtons: (titles: readonly string[]) => `You can also type: ${titles.map((title) => `“${title}”`).join(", ")}.`,
  moreFacts: (count: number) => (count === 1 ? "One more line is not shown." : `${count} more lines are not shown.`),
  moreInputs: "There are more questions than fit here: type your answers, and each is asked in turn.",
  moreOptions: (count: number) =>
    count === 1
      ? "One more option is not listed: you can type it."
      : `${count} more options are not listed: you can type them.`,
  moreParts: "Not everything fits here: type “help” to see what you can do.",
} as const;

/** Names of card parts where a platform cannot draw buttons or fields. */
export const cardWords = {
  step: (now: number, of: number) => `Step ${now} of ${of}`,
  selected: "selected",
  required: "required",
  choices: "one or more of",
  choice: "one of",
  short_text: "",
  long_text: "",
  number: "a number",
  date: "a date",
  phone: "a phone number",
  yes_no: "yes or no",
  consent: "yes, to agree",
} as const;

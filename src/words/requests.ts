/** What a practitioner reads when several requests are answered at once. */
export const requestsWords = {
  title: (count: number) => (count === 1 ? "Confirm this request?" : `Confirm all ${count} requests?`),
  wishes: (count: number) =>
    count === 1
      ? "One wish about a session waits as well: it has an answer of its own."
      : `${count} wishes about sessions wait as well: each has an answer of its own.`,
  confirmAll: "Confirm all",
  oneByOne: "One by one",
  doneTitle: (confirmed: number, of: number) =>
    confirmed === of ? (of === 1 ? "Confirmed" : `All ${of} are confirmed`) : `Confirmed: ${confirmed} of ${of}`,
  told: "Whoever is confirmed has been told in chat and by email.",
  none: "No request is waiting.",
  home: "Home",
} as const;

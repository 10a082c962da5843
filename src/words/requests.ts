/** What a practitioner reads when several requests are answered at once. */
export const requestsWords = {
  title: (count: number) => (count === 1 ? "Confirm this request?" : `Confirm all ${count} requests?`),
  wishes: (count: number) =>
    count === 1
      ? "One change request is waiting too. Answer it separately."
      : `${count} change requests are waiting too. Answer them separately.`,
  confirmAll: "Confirm all",
  oneByOne: "One by one",
  doneTitle: (confirmed: number, of: number) =>
    confirmed === of ? (of === 1 ? "Confirmed" : `All ${of} are confirmed`) : `Confirmed: ${confirmed} of ${of}`,
  told: "Confirmed clients have been told in chat and by email.",
  none: "No request is waiting.",
  home: "Home",
} as const;

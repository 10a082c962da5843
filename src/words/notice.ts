/** What the desk tells a practitioner about itself. */
export const noticeWords = {
  notReadyTitle: "A client could not book",
  notReadyText: "Somebody asked for a session, and there was nothing to offer.",
  readyNow: "By now everything that is needed is there.",
  mailFailedTitle: "An email could not be delivered",
  mailFailedText: (client: string, address: string) =>
    `The mail server refused our email to ${client} (${address}) for good. They were told here in chat. Please check the address in the practice file.`,
  mailToYouFailedText:
    "The mail server refused our email to you for good. Please check your address in the practice file. What it said you find here in chat.",
  session: "Session",
  when: "When",
} as const;

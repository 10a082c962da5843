/** Texts about a client's form answers, in the practitioner's chat and on the one-time page. */
export const answerWords = {
  show: (count: number) => `Show answers (${count})`,
  title: (client: string) => `What ${client} answered`,
  text: "Answers are shown on our own private page and never in this chat. Each time they are opened is logged.",
  open: "Open the answers",
  newLink: "New link",
  linkLasts: "The link works once, for 30 minutes.",
  gone: "You do not have access to these answers.",
  reveal: "Show the answers",
  revealText: "This link shows them once, and the log records that you have seen them.",
  noted: "The log records that you have seen these answers. Close this page when you have read them.",
  none: "There are no answers to show.",
  closed: {
    used: {
      title: "Already opened",
      text: "This link was used before. Press “New link” in the chat to open the answers again.",
    },
    expired: {
      title: "This link has expired",
      text: "It works for 30 minutes. Press “New link” in the chat to open the answers.",
    },
    unknown: {
      title: "This link does not work",
      text: "It may have been cut off when it was copied. Go back to the chat and press the button again.",
    },
  },
} as const;

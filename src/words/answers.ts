/** What a practitioner reads about a client's answers, in the chat and on the desk's own page. */
export const answerWords = {
  show: (count: number) => `Show answers (${count})`,
  title: (client: string) => `What ${client} answered`,
  text: "Answers are shown on our own private page and never in this chat. Each time they are opened is written down.",
  open: "Open the answers",
  newLink: "New link",
  linkLasts: "The link works once, for 30 minutes.",
  gone: "These answers are not open to you.",
  reveal: "Show the answers",
  revealText: "They are shown once by this link, and it is written down that you have seen them.",
  noted: "It is written down that you have seen these answers. Close this page when you have read them.",
  none: "There is no answer to show.",
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
      title: "This link leads nowhere",
      text: "Perhaps it was cut off when it was copied. Go back to the chat and press the button again.",
    },
  },
} as const;

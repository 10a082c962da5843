/** Title and paragraphs of the public pages about the app: what it is, privacy, terms. */
export const aboutWords = {
  about: {
    title: "Frontdesk",
    paragraphs: [
      "Frontdesk is the chat desk of a practice. Clients request sessions in chat, and practitioners confirm them with one button.",
      "It serves the practice that runs it. If you are new, ask your practice for an invitation.",
    ],
  },
  privacy: {
    title: "Privacy",
    paragraphs: [
      "The practice that runs this desk is responsible for it and for the data it keeps. Ask the practice for its privacy notice, and to see, correct or delete your data.",
      "The desk keeps your name, your mail address, your chat account and its time zone, your sessions and packages, and your answers to the practice's forms. Sensitive answers are encrypted, and the desk asks for them on its own page, outside the chat.",
      "The desk reads what you type to understand it and does not store it, unless it is a message or a reason for the other side.",
      "Only you and your practitioners see your sessions. The desk passes on what is needed to the chat service you use, to the mail server, and to the payment service where you pay; card numbers never pass through the desk.",
    ],
  },
  terms: {
    title: "Terms of use",
    paragraphs: [
      "This desk belongs to your practice. The practice's own terms apply to your sessions; where there are any, they are shown to you before you book.",
      "The desk cannot help in emergencies and gives no medical advice. Please do not write about your health in the chat.",
    ],
  },
} as const;

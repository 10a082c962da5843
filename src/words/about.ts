/** What the desk says about itself to whoever looks before taking the app in: a title and its paragraphs each. */
export const aboutWords = {
  about: {
    title: "Frontdesk",
    paragraphs: [
      "Frontdesk is the chat desk of a practice: clients ask for sessions there, practitioners confirm them with one button.",
      "It is for people of the practice that runs it. If you are not known to it yet, ask your practice for an invitation.",
    ],
  },
  privacy: {
    title: "Privacy",
    paragraphs: [
      "The practice that runs this desk is responsible for it and for what it keeps. Please ask the practice for its own privacy notice, and to see, correct or delete what is kept about you.",
      "The desk keeps your name, your mail address, your chat account and its time zone, your sessions and packages, and what you answer in the practice's forms. Sensitive answers are encrypted, and are asked for on a page of the desk's own, outside the chat.",
      "What you type in the chat is read to understand what you want, and is not kept, unless it is a message or a reason meant for the other side.",
      "Only you and your practitioners see your sessions. The desk passes on what is needed to the chat service you use, to the mail server, and to the payment service where you pay; card numbers never pass through the desk.",
    ],
  },
  terms: {
    title: "Terms of use",
    paragraphs: [
      "This desk belongs to your practice. The practice's own terms apply to your sessions; where there are any, they are shown to you before you book.",
      "The desk is no place for emergencies and gives no medical advice. Please write nothing about your health in the chat.",
    ],
  },
} as const;

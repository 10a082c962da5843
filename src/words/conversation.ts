/** Texts about the conversation itself: stale cards, lost state, access. */
export const conversationWords = {
  inChannel: "Sessions are private, so I only discuss them in a direct message. Message me there and I will help.",
  at: (practice: string) => `This is about ${practice}. Type “switch” for another practice.`,
  continuedBelow: "Continued below.",
  notYours: "This card belongs to someone else's chat, so nothing was done.",
  notOnCard: "That choice is no longer on the card, so nothing was done. Please pick from what it shows now.",
  old: "That card is out of date. Here is the current one.",
  noLonger: "You no longer have access here, so nothing was done. Please contact your practice.",
  tooLong: "That message is too long for me. Please say it in a sentence or two.",
  noSuchTime: (said: string) => `There is no such time as “${said}”.`,
  oneByOne: "One thing after the other: this first. Then please tell me the rest again.",
  unknownName: (name: string) =>
    `I know no person or session called “${name}”. I can only book your own sessions here.`,
  onlyPractitioners: "Only practitioners can block times. You can book, move or cancel your own sessions.",
  nothingChanged: "Nothing has changed.",
  empty: "There were no words in that message.",
  noFiles: "I cannot take files here. Please say it in words, or send the file to your practice another way.",
  welcome: "You are welcome.",
  welcomeStillOpen: "You are welcome. This is still open:",
  helloStillOpen: "Hello! This is still open:",
  notUnderstood: "I did not understand that. This is still open: please use a button, or say it in other words.",
  ofClient:
    "That reads as words about your client, and this text goes to them. Please write it as you would say it to them, or use a button.",
  unread: (phrase: string) => `I did not understand “${phrase}”. Please say it in other words, or use a button.`,
  sayWhenToBook: "Nothing is booked yet. Tell me when to book it.",
  sayYes: "Nothing has changed yet. Please say yes, or press the button.",
  messagePractitioner: "Message my practitioner",
  help: "Help",
  flood:
    "That was more at once than I can take, so I left out the last of it. Please send it again, one thing after the other.",
  unreadable:
    "One of your records cannot be read at the moment, so it is not shown here. Nothing was deleted; the people who run this desk can see it.",
  lostPlace: "I lost track of our conversation, so let us start again. Nothing in your bookings has changed.",
  restarted: "We have updated since this card was sent, so let us start again. Nothing in your bookings has changed.",
  updated: "We have updated since this card was sent. Here is the new card; please press again.",
} as const;

/** That the desk reads English only, in the language of the message (W10). */
export const languageWords = {
  es: "Por ahora solo entiendo inglés, pero puede hacerlo todo con los botones.",
  fr: "Pour le moment, je ne comprends que l'anglais, mais vous pouvez tout faire avec les boutons.",
  de: "Ich verstehe im Moment nur Englisch, aber mit den Schaltflächen geht alles.",
  pt: "Por agora só entendo inglês, mas pode fazer tudo com os botões.",
  it: "Per ora capisco solo l'inglese, ma può fare tutto con i pulsanti.",
  nl: "Ik begrijp voorlopig alleen Engels, maar met de knoppen kunt u alles doen.",
} as const;

/** The button below an answer, by where it leads (W9). */
export const nextStepWords = {
  book: "Request a session",
  bookings: "My bookings",
  session: "Open session",
  packages: "Packages",
  message: "Message my practitioner",
  requests: "Waiting requests",
  client: "Clients",
} as const;

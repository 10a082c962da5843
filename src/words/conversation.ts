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
  welcome: "You are welcome.",
  welcomeStillOpen: "You are welcome. This is still open:",
  notUnderstood: "I am not sure what you mean. Please pick one of these, or say it in other words.",
  lostPlace: "I lost track of our conversation, so let us start again. Nothing in your bookings has changed.",
  restarted: "We have updated since this card was sent, so let us start again. Nothing in your bookings has changed.",
  updated: "We have updated since this card was sent. Here is the new card; please press again.",
} as const;

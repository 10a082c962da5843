/** What the desk says about the talk itself, whatever it is about. */
export const conversationWords = {
  inChannel: "Sessions are private, so I only talk about them in our own chat. Message me there and I will help.",
  at: (practice: string) => `This is about ${practice}. Type “switch” for another practice.`,
  continuedBelow: "Continued below.",
  notYours: "This card belongs to somebody else's chat, so nothing was done.",
  notOnCard: "That choice is not on the card, so nothing was done. Please pick from what it shows now.",
  old: "That was an older card. Here is how things stand now.",
  noLonger: "You no longer have access here, so nothing was done. Please contact your practice.",
  tooLong: "That message is too long for me. Please say it in a sentence or two.",
  welcome: "You are welcome.",
  welcomeStillOpen: "You are welcome. This is still open:",
  notUnderstood: "I am not sure what you mean. Please pick one of these, or say it in other words.",
  lostPlace: "I lost my place in our talk, so let us start again. Nothing in your bookings has changed.",
  restarted: "We have updated since this card was sent, so let us start again. Nothing in your bookings has changed.",
  updated: "We have updated since this card was sent. Here is the new card; please press again.",
} as const;

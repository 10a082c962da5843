/** What is said in Microsoft Teams outside of cards, and in the app's own description. */
export const teamsWords = {
  wordsOnly: "I can read words only. Please type what you need, or pick one of these.",
  personalOnly: "I answer in our own chat only. Please open the chat with me and write to me there.",
  settled: "That is already done.",
  cannotTell: "Teams did not say who you are, so nothing was done. Please write to me from your own account.",
  notHere: "I cannot do that here. Please write to me in our direct chat.",
  /** After a failure at the desk, in answer to a press. */
  failed: "Something went wrong on our side and nothing was changed. Please try again in a moment.",
  busy: "The desk cannot check requests right now. Please try again in a moment.",
  refused: "This request could not be verified, so nothing was done.",
  foreign: "Your organisation is not one this desk serves.",
  unread: "The desk could not read that request.",
  /** Typed for the person by a tap under a plain line. */
  suggestions: ["Request a session", "My bookings", "Help"],
} as const;

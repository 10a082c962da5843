/** What people say around a booking that asks for nothing. */
export const ordinary: readonly string[] = [
  "hm",
  "I am not sure yet",
  "give me a minute",
  "that is kind of you",
  "my back still hurts from the garden",
  "we talked about this last time",
  "the children are ill again",
  "I slept badly",
  "it was a long week",
  "thanks, that helps",
  "sounds good, I'll let you know",
  "perfect, I will ask my wife",
  "yes, I have a question",
  "sure, give me a minute",
  "I have to think about it",
  "let me check with my boss",
  "not now",
  "it depends",
  "I forgot my glasses",
  "sorry, wrong chat",
  "my phone is almost empty",
  "the weather is lovely",
  "I don't know what to say",
  "you are very patient",
  "maybe later",
  "I read an article about iron",
  "my doctor sent me",
  "it is about my knee",
  "I would rather not talk about that",
  "the train is full today",
  "I have no idea",
  "that works for my husband",
  "nobody told me",
  "I lost two kilos",
  "coffee first",
  "last time was great",
  "is that so",
  "I am at work",
  "the dog ate it",
  "call me back",
];

/** Orders of clients, each of which opens a card or says why not. */
export const clientOrders: readonly string[] = [
  "book",
  "withdraw my request",
  "tell maya I might be late",
  "plan the rest",
  "every tuesday at 10",
  "my packages",
  "delete my data",
  "cancel friday's and book me tuesday at 4 instead",
];

/** Orders of practitioners. */
export const practitionerOrders: readonly string[] = [
  "decline ben",
  "decline ana, I am away",
  "confirm ben",
  "confirm all",
  "propose thursday 10 to ben",
  "message ben: see you soon",
  "block friday afternoon",
  "give ana the spring reset",
  "deactivate ana",
  "invite zoe@example.com",
];

/** Orders of both. */
export const orders: readonly string[] = [
  "cancel",
  "cancel my next session",
  "cancel everything",
  "cancel friday",
  "move my session to thursday at 10",
  "an hour later",
  "I am running 10 minutes late",
  "my bookings",
  "help",
  "home",
  "never mind",
  "don't cancel it",
];

export const questions: readonly string[] = [
  "how much is it?",
  "how long does it take?",
  "where is it?",
  "can I still cancel that later?",
  "are you a robot?",
  "great, what does it cost?",
];

/** No answer in a form. To another person they can be a reason, or times that are asked for. */
export const reasonsAndWishes: readonly string[] = ["can't make friday", "what do you have on friday?"];

export const clientQuestions: readonly string[] = [
  "who is it with?",
  "what is left of my package?",
  "is it covered by my package?",
  "what do you keep about me?",
  "how do I join?",
];

/** Questions and messages of practitioners about a client who is not on the card, whose first name stands for `{name}`. */
export const aboutClients: readonly string[] = [
  "when is {name}'s next session?",
  "who's coming on thursday?",
  "{name} is moving to Porto",
  "I saw {name} at the market",
];

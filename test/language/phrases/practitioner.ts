import type { SaidPhrases } from "./said.ts";

/** What a practitioner may order, by what it opens. */
export const practitionerPhrases: readonly SaidPhrases[] = [
  {
    title: "What waits for an answer",
    verbs: ["list requests"],
    texts: ["what's waiting?", "who's waiting?", "requests"],
  },
  {
    title: "Answering a request",
    verbs: ["confirm", "decline", "propose"],
    texts: ["confirm Ana", "decline Ben", "decline Ben, I am away that day", "propose Thursday 10 to Ana"],
  },
  {
    title: "Answering all requests at once",
    verbs: ["confirm", "accept"],
    texts: ["confirm all", "accept everything", "confirm all requests", "approve them all"],
  },
  {
    title: "Your sessions",
    verbs: ["list"],
    texts: ["sessions", "my sessions", "show my bookings", "past sessions"],
  },
  { title: "Being late", verbs: ["be late"], texts: ["I'm running late", "I'll be 10 minutes late"] },
  {
    title: "Moving a session",
    verbs: ["move"],
    texts: ["move Ana's session to Friday at 10", "reschedule tomorrow's 10am session"],
  },
  {
    title: "Cancelling a session",
    verbs: ["cancel"],
    texts: ["cancel Ana's Friday session", "cancel tomorrow's session"],
  },
  {
    title: "Clients",
    verbs: ["list people", "invite", "give package", "message"],
    texts: ["my clients", "invite Cleo", "give Ana the Spring reset", "tell Ana I am running late"],
  },
  {
    title: "A colleague's time, as an admin of the practice",
    verbs: ["block", "open time"],
    texts: ["block Jonas Friday afternoon", "unblock Jonas Friday"],
  },
  { title: "Help", verbs: ["help", "menu"], texts: ["help", "menu"] },
];

/** What a practitioner may ask. */
export const practitionerQuestions: readonly SaidPhrases[] = [
  {
    title: "Your day",
    topics: ["day"],
    texts: [
      "who's today?",
      "what's on today",
      "my day",
      "who do I have today?",
      "what's on tomorrow?",
      "who's coming on Thursday?",
      "who's next?",
      "what does my week look like?",
    ],
  },
  {
    title: "Free times and counts",
    topics: ["free times", "count"],
    texts: ["am I free Friday afternoon?", "how many sessions this week?"],
  },
  {
    title: "A client",
    topics: ["when", "last session", "package left", "contact details"],
    texts: ["when is Ana's next session?", "what did Ana book last time?", "how many has Ana left?", "Ana's email"],
  },
  {
    title: "What is open",
    topics: ["waiting", "unpaid"],
    texts: ["who is waiting?", "who has not paid?"],
  },
];

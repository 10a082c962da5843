import type { Verb } from "../../../src/language/intent/act.ts";

/** A practitioner's words about their own time, on Wednesday 4 March 2026 at ten, with the stretches read in them. */
export const ownTimePhrases: readonly (readonly [text: string, order: string, ...readings: string[]])[] = [
  ["block Friday afternoon", "block", "2026-03-06T12:00/2026-03-06T17:00"],
  ["block 3-5pm on Thursday", "block", "2026-03-05T15:00/2026-03-05T17:00"],
  ["block Friday after 3", "block", "2026-03-06T15:00/2026-03-07T00:00"],
  ["block Friday until noon", "block", "2026-03-06T00:00/2026-03-06T12:00"],
  ["block Friday at 3 for 2 hours", "block", "2026-03-06T15:00/2026-03-06T17:00"],
  ["block out 2pm Friday", "block", "2026-03-06T14:00/2026-03-06T15:00"],
  ["block lunch tomorrow", "block", "2026-03-05T11:30/2026-03-05T13:30"],
  ["can you block tomorrow 9 to 12?", "block", "2026-03-05T09:00/2026-03-05T12:00"],
  ["block the whole of next week", "block", "2026-03-09T00:00/2026-03-16T00:00"],
  [
    "close Monday morning and Tuesday afternoon",
    "block",
    "2026-03-09T07:00/2026-03-09T12:00 2026-03-10T12:00/2026-03-10T17:00",
  ],
  ["keep Friday afternoon free", "block", "2026-03-06T12:00/2026-03-06T17:00"],
  ["no appointments after 4 on Thursday", "block", "2026-03-05T16:00/2026-03-06T00:00"],
  ["don't book me on Friday", "block", "2026-03-06T00:00/2026-03-07T00:00"],
  ["block Friday 7-8", "block", "2026-03-06T19:00/2026-03-06T20:00", "2026-03-06T07:00/2026-03-06T08:00"],
  ["block today", "block", "2026-03-04T10:00/2026-03-05T00:00"],
  ["block", "block"],
  ["block time", "block"],
  ["I'm off 3–10 August", "away", "2026-08-03T00:00/2026-08-11T00:00"],
  ["I'm off from 3 to 10 August", "away", "2026-08-03T00:00/2026-08-11T00:00"],
  ["I'm away next week", "away", "2026-03-09T00:00/2026-03-16T00:00"],
  ["I'm not in tomorrow morning", "away", "2026-03-05T07:00/2026-03-05T12:00"],
  ["I won't be in on Friday", "away", "2026-03-06T00:00/2026-03-07T00:00"],
  ["I have Friday off", "away", "2026-03-06T00:00/2026-03-07T00:00"],
  [
    "I'm out Thursday and Friday afternoon",
    "away",
    "2026-03-05T12:00/2026-03-05T17:00 2026-03-06T12:00/2026-03-06T17:00",
  ],
  ["off Monday to Wednesday", "away", "2026-03-09T00:00/2026-03-12T00:00"],
  ["off the rest of the day", "away", "2026-03-04T10:00/2026-03-05T00:00"],
  ["holiday from 20 December until 3 January", "away", "2026-12-20T00:00/2027-01-04T00:00"],
  ["take next Friday off", "away", "2026-03-13T00:00/2026-03-14T00:00", "2026-03-06T00:00/2026-03-07T00:00"],
  ["I'm off until Monday", "away", "2026-03-04T10:00/2026-03-09T00:00", "2026-03-04T10:00/2026-03-10T00:00"],
  ["I'm off from Monday", "away"],
  ["I'm off", "away"],
  ["I'm sick", "sick", "2026-03-04T10:00/2026-03-05T00:00"],
  ["I'm sick today", "sick", "2026-03-04T10:00/2026-03-05T00:00"],
  ["calling in sick", "sick", "2026-03-04T10:00/2026-03-05T00:00"],
  ["I'm ill today and tomorrow", "sick", "2026-03-04T10:00/2026-03-06T00:00"],
  ["unblock Friday", "unblock", "2026-03-06T00:00/2026-03-07T00:00"],
  ["open Friday again", "unblock", "2026-03-06T00:00/2026-03-07T00:00"],
  ["I'm not off on Friday after all", "unblock", "2026-03-06T00:00/2026-03-07T00:00"],
  ["cancel my time off on Friday", "unblock", "2026-03-06T00:00/2026-03-07T00:00"],
  ["my time off", "list"],
  ["when am I off?", "list"],
  ["show my time off", "list"],
];

/** Words of a practitioner that are about something else than their own time. */
export const notOwnTime: readonly string[] = [
  "block Ana",
  "I'm off to lunch",
  "cancel Friday",
  "move Ana to Friday",
  "confirm all",
  "open Ana's request",
  "give Ana the Spring reset",
  "propose Thursday 10 to Ana",
  "hello",
  "",
];

/** What a practitioner may ask for, by what it opens. */
export const practitionerPhrases: readonly {
  readonly title: string;
  /** The acts it may be read as; absent: other tests read it. */
  readonly verbs?: readonly Verb[];
  readonly texts: readonly string[];
}[] = [
  {
    title: "Your day",
    texts: ["who's today?", "what's on today", "today", "my day", "who do I have today?"],
  },
  {
    title: "What waits for an answer",
    verbs: ["list requests"],
    texts: ["what's waiting?", "who's waiting?", "requests"],
  },
  {
    title: "Answering a request",
    texts: ["confirm Ana", "decline Ben", "propose Thursday 10 to Ana"],
  },
  {
    title: "Answering all requests at once",
    verbs: ["confirm", "accept"],
    texts: ["confirm all", "accept everything", "confirm all requests", "approve them all"],
  },
  {
    title: "Your sessions",
    texts: [
      "sessions",
      "my sessions",
      "show my bookings",
      "what's on tomorrow?",
      "who's coming on Thursday?",
      "who's next?",
    ],
  },
  { title: "Being late", verbs: ["be late"], texts: ["I'm running late", "I'll be 10 minutes late"] },
  {
    title: "Moving a session",
    texts: ["move Ana's session to Friday at 10", "reschedule tomorrow's 10am session", "an hour later"],
  },
  {
    title: "Cancelling a session",
    verbs: ["cancel"],
    texts: ["cancel Ana's Friday session", "cancel tomorrow's session"],
  },
  { title: "Giving a package", verbs: ["give package"], texts: ["give Ana the Spring reset"] },
  {
    title: "A colleague's time, as an admin of the practice",
    texts: ["block Jonas Friday afternoon", "unblock Jonas Friday"],
  },
  { title: "Help", verbs: ["help"], texts: ["help"] },
];

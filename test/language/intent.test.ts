import { describe, expect, test } from "vitest";
import { type Intent, type Pending, understand } from "../../src/language/intent.ts";

const said: Readonly<Partial<Record<Intent, readonly string[]>>> = {
  book: [
    "book my next package session",
    "book a session",
    "I'd like to book an appointment",
    "can I see Dr Lee next Tuesday afternoon?",
    "I need to see someone today",
    "book me in for Friday at 3",
    "can I come in tomorrow at 10?",
    "could I get a massage on Thursday",
    "I want a follow-up",
    "next session please",
    "another session next week",
    "sign me up for Tuesday's class",
    "please schedule 60 minutes with Ana",
    "can you fit me in today",
    "I had a panic attack, can I see you today?",
    "set up a call with Dr. Lee for Monday",
    "I just had my session with Ana, please book the next one",
  ],
  find_slots: [
    "when can I come?",
    "what times do you have on Friday?",
    "is Dr Lee free tomorrow?",
    "any openings this week?",
    "do you have anything after 5?",
    "what's available next week",
    "when is your next free slot?",
    "are there slots on Saturday?",
    "show me free times",
    "anything earlier?",
    "is 3pm on Thursday available?",
  ],
  reschedule: [
    "move my Friday session to Monday 3pm",
    "can we reschedule?",
    "I need to reschedule my appointment",
    "push my session by an hour",
    "can you move tomorrow's appointment to next week",
    "change my appointment to Thursday",
    "I'd like to change the time of my session",
    "postpone my session",
    "switch my 3pm to 4pm",
    "something came up, can we move it?",
    "I'm on vacation next week, can I move my session",
    "my flight leaves at 3, please move my appointment",
  ],
  cancel: [
    "cancel tomorrow's",
    "cancel my appointment",
    "cancel my session on Friday",
    "cancle my apointment",
    "I can't make it tomorrow",
    "I won't be able to come on Friday",
    "I can't come to my session tomorrow",
    "I no longer need my appointment",
    "delete my booking",
    "withdraw my request",
    "call off Monday's session",
  ],
  list_upcoming: [
    "what do I have this week?",
    "when is my next session?",
    "my appointments",
    "my bookings",
    "show my sessions",
    "what's on my calendar",
    "do I have an appointment on Friday?",
    "what time is my appointment tomorrow?",
    "list my upcoming sessions",
  ],
  affirm: ["yes", "yes please", "yep", "sure", "ok", "sounds good", "that works", "perfect", "go ahead", "that's fine"],
  negate: [
    "no",
    "nope",
    "not really",
    "no, that doesn't work",
    "no thanks",
    "don't cancel",
    "please don't cancel my session",
    "keep it",
    "keep my appointment",
  ],
  abort: ["never mind", "forget it", "stop", "cancel that"],
  help: ["help", "what can you do?", "how does this work?", "what can I ask you?", "?"],
  greeting: ["hi", "hello there", "good morning", "hey, how are you?"],
  thanks: ["thanks", "thank you so much", "great, thanks!", "ok thanks for your help"],
  goodbye: ["bye", "see you tomorrow", "that's all", "have a nice day"],
  request_info: ["how much is a session?", "what's your address?", "how much does it cost?"],
  inform: ["Tuesday at 3", "tomorrow", "after 4", "what about Friday?"],
  out_of_scope: [
    "can you book me a hotel in Lisbon",
    "book a flight to Paris on Friday",
    "book a table for two at 8",
    "reservation for 4 people at 7",
    "get me a taxi",
    "set an alarm for 7am",
    "remind me to call mum at 5",
    "request PTO for next Friday",
    "order a pizza",
    "cancel my Netflix subscription",
    "cancel my flight",
    "cancel my order",
    "move my flight to Monday",
    "move 100 dollars to savings",
    "what's the weather tomorrow",
    "play some music",
    "what time is it in Tokyo",
    "asdfgh",
    "",
  ],
};

describe.each(Object.entries(said))("%s", (intent, texts) => {
  test.each(texts)("%s", (text) => {
    expect(understand(text).intent).toBe(intent);
  });
});

const answered: readonly [Pending, Intent, readonly string[]][] = [
  [
    "confirm",
    "affirm",
    ["yes", "y", "Yes, book it", "ok", "confirm", "do it", "go ahead please", "perfect, thank you", "👍"],
  ],
  ["confirm", "negate", ["no", "nope, thanks", "not now", "maybe later", "don't", "no, keep it"]],
  ["confirm", "abort", ["cancel", "cancel that", "never mind", "stop"]],
  [
    "confirm",
    "change",
    ["no, 4pm instead", "make it Friday", "actually Tuesday", "can you change it to 3pm?", "a bit later"],
  ],
  ["confirm", "cancel", ["cancel my session on Friday"]],
  ["offer", "select", ["the second one", "the later one", "I'll take it", "sounds good", "yes, that one"]],
  ["offer", "alternatives", ["something else", "other times", "do you have any others?", "another day"]],
  ["offer", "negate", ["none of these", "no", "neither"]],
  ["offer", "change", ["what about Friday at 3", "after 4", "can we make it later than 2pm"]],
  ["offer", "abort", ["cancel", "forget it"]],
  ["offer", "list_upcoming", ["when is my next session?"]],
  ["offer", "greeting", ["good morning"]],
  ["question", "inform", ["Ana", "by video please", "my back hurts since Monday", "Friday at 3", "two"]],
  ["question", "abort", ["cancel", "never mind"]],
  ["question", "help", ["what can you do?"]],
  ["question", "negate", ["no thanks"]],
];

describe.each(answered)("while asked (%s): %s", (pending, intent, texts) => {
  test.each(texts)("%s", (text) => {
    expect(understand(text, { pending }).intent).toBe(intent);
  });
});

test.each([
  "yes but later",
  "ok what about 4pm",
  "ok wait",
  "sure, but on Friday",
  "yes at 4pm",
  "ok is it online?",
  "good morning",
  "fine, maybe",
  "yes if Ana is there",
  "ok cancel",
  "how does this work?",
  "that's all",
  "not sure",
  "I don't think so",
])("“%s” is no clear yes", (text) => {
  expect(understand(text, { pending: "confirm" }).intent).not.toBe("affirm");
});

test("bare words that may undo something are not sure enough to act on", () => {
  expect(understand("cancel")).toEqual({ intent: "cancel", certainty: 0.65 });
  expect(understand("asdfgh").certainty).toBeLessThan(0.7);
});

import type { Act, Verb } from "../../src/language/intent/act.ts";
import type { Topic } from "../../src/language/intent/question.ts";
import type { Reading } from "../../src/language/reading.ts";

/** What the card before the message asked: to pick one of a list, to give a value, or to say yes or no. */
export type Pending = "offer" | "question" | "confirm";

const intents: Readonly<Partial<Record<Verb, string>>> = {
  book: "book",
  "find times": "find_slots",
  list: "list_upcoming",
  cancel: "cancel",
  cannot: "cancel",
  withdraw: "cancel",
  move: "reschedule",
  decline: "negate",
  keep: "negate",
  stop: "abort",
  help: "help",
  menu: "greeting",
  choose: "select",
  change: "change",
  "other options": "alternatives",
  confirm: "affirm",
  accept: "affirm",
};
const topics: Readonly<Partial<Record<Topic, string>>> = {
  when: "list_upcoming",
  day: "list_upcoming",
  count: "list_upcoming",
  "with whom": "list_upcoming",
  "last session": "list_upcoming",
  "free times": "find_slots",
  machine: "out_of_scope",
  practitioners: "find_provider",
};

/** A reading as the evaluation sets name it. */
export function intentOf(reading: Reading, pending: Pending | undefined): string {
  const { acts, answer, smallTalk } = reading;
  const [act] = acts.filter(({ certainty }) => certainty >= 0.65);
  if (acts.some(({ polarity, certainty }) => polarity === "do not" && certainty >= 0.65)) return "negate";
  if (act?.verb === "keep") return "negate";
  const answered = pending === undefined ? undefined : answers[pending](reading, act);
  if (answered !== undefined) return answered;
  if (
    answer?.grade === "no" &&
    (act === undefined || act.verb === "cannot") &&
    !reading.when &&
    reading.rest.length <= 1
  )
    return "negate";
  if (act?.verb === "cancel" && /\bcancel (?:it|that|this)$/.test(reading.said.replace(/[.! ]+$/, ""))) return "abort";
  if (act?.verb === "change") return pending === undefined ? "reschedule" : "change";
  if (act) return intents[act.verb] ?? "out_of_scope";
  const topic = topicOf(reading);
  if (topic !== undefined && topic !== "unknown") return topics[topic] ?? "request_info";
  if (smallTalk) return smallTalk;
  if (answer && answer.grade !== "no" && answer.isAlone) return "affirm";
  return isTimeAlone(reading) ? "inform" : "out_of_scope";
}

function topicOf({ questions }: Reading): Topic | undefined {
  return questions.find(({ about }) => about !== "unknown")?.about ?? questions[0]?.about;
}

function isTimeAlone({ said, when, questions, rest }: Reading): boolean {
  return when !== undefined && rest.length === 0 && questions.length === 0 && said.split(" ").length <= 10;
}

const answers: Readonly<Record<Pending, (reading: Reading, act: Act | undefined) => string | undefined>> = {
  confirm: (reading, act) => {
    const { answer, when, smallTalk, isCorrection } = reading;
    if (act?.verb === "cancel" && act.object.thing === undefined && !when && act.object.names.length === 0)
      return "abort";
    if (act?.verb === "stop") return "abort";
    if (answer?.grade === "no") return when || (isCorrection && !/\blater\b/.test(reading.said)) ? "change" : "negate";
    if (
      answer &&
      answer.grade !== "conditional" &&
      !isCorrection &&
      (act === undefined || act.verb === "book" || act.verb === "confirm")
    )
      return "affirm";
    if (act?.verb === "cannot") return "negate";
    if (smallTalk) return undefined;
    if (answer && reading.questions.length > 0 && !when) return "request_info";
    const isTopic = topicOf(reading);
    if (act?.verb === "cancel" || (act?.verb === "list" && !when)) return undefined;
    if (act?.verb === "move" && act.object.thing === "session" && !isCorrection) return undefined;
    if (when && (isCorrection || reading.said.split(" ").length <= 12)) return "change";
    if (isCorrection && (isTopic === undefined || isTopic === "unknown")) return "change";
    return undefined;
  },
  question: ({ answer, when, smallTalk }, act) => {
    if (act?.verb === "stop" || (act?.verb === "cancel" && act.object.thing === undefined)) return "abort";
    if (act?.verb === "cancel" || act?.verb === "help") return intents[act.verb];
    if (answer?.grade === "no" && !when) return "negate";
    if (smallTalk === "thanks") return smallTalk;
    return answer?.isAlone && !when ? "affirm" : "inform";
  },
  offer: (reading, act) => {
    const { answer, when, smallTalk, acts, isCorrection } = reading;
    if (act?.verb === "stop" || (act?.verb === "cancel" && act.object.thing === undefined && !when)) return "abort";
    if (acts.some(({ verb }) => verb === "other options")) return "alternatives";
    const topic = topicOf(reading);
    if (topic === "practitioners") return "alternatives";
    if (act?.verb === "choose") return "select";
    if (answer?.grade === "no") return when ? "change" : "negate";
    if (act?.verb === "book") return "book";
    if (topic !== undefined && topic !== "unknown") return undefined;
    if (topic === "unknown") return "request_info";
    const isPick = /\b(?:yes|yeah|sure|works?|sounds?|perfect|this|lovely|looks)\b/.test(reading.said);
    if (smallTalk && !(answer && isPick)) return smallTalk;
    if (act !== undefined && act.verb !== "cannot") return undefined;
    if (answer && answer.grade !== "conditional") return "select";
    if (act?.verb === "cannot") return "negate";
    return when && (isCorrection || reading.said.split(" ").length <= 10) ? "change" : undefined;
  },
};

import { describe, expect, test } from "vitest";
import { sureActs, sureQuestion } from "../../../src/conversation/hear.ts";
import type { Vocabulary } from "../../../src/language/names/named.ts";
import { read } from "../../../src/language/reading.ts";
import { clientPhrases, clientQuestions, elsewherePhrases } from "../phrases/client.ts";
import { practitionerPhrases, practitionerQuestions } from "../phrases/practitioner.ts";
import type { SaidPhrases } from "../phrases/said.ts";
import { now } from "../reading.ts";

const names = {
  services: ["Follow-up", "Massage"].map((name) => ({ id: name, names: [name] })),
  practitioners: ["Dr Hannah Lee", "Jonas Weber"].map((name) => ({ id: name, names: [name] })),
  packages: [{ id: "spring", names: ["Spring reset"] }],
};
const client: Vocabulary = { role: "client", ...names };
const practitioner: Vocabulary = {
  role: "practitioner",
  ...names,
  clients: ["Ana Alves", "Ben Okoro", "Cleo Marsh"].map((name) => ({ id: name, names: [name] })),
};

/** What the conversation may follow in a text: its first sure act, and its question. */
function followed(text: string, vocabulary: Vocabulary): readonly string[] {
  const reading = read(text, vocabulary, now);
  const [act] = sureActs(reading);
  const question = sureQuestion(reading);
  return [...(act === undefined ? [] : [act.verb]), ...(question === undefined ? [] : [`? ${question.about}`])];
}

function meantIn({ verbs = [], topics = [] }: SaidPhrases): readonly string[] {
  return [...verbs, ...topics.map((topic) => `? ${topic}`)];
}

describe.each([...clientPhrases, ...clientQuestions])("W2, W9: a client: $title", (phrases) => {
  test.each(phrases.texts)("%s", (text) => {
    expect(followed(text, client).some((one) => meantIn(phrases).includes(one))).toBe(true);
  });
});

describe.each([...practitionerPhrases, ...practitionerQuestions])("W2, W9: a practitioner: $title", (phrases) => {
  test.each(phrases.texts)("%s", (text) => {
    expect(followed(text, practitioner).some((one) => meantIn(phrases).includes(one))).toBe(true);
  });
});

describe("G10: other business", () => {
  test.each(elsewherePhrases)("“%s” leads to no act and no answer", (text) => {
    expect(followed(text, client)).toEqual([]);
  });
});

describe("W1: small talk", () => {
  const rows: readonly (readonly [text: string, talk: string])[] = [
    ["hi", "greeting"],
    ["hello there", "greeting"],
    ["good morning", "greeting"],
    ["hey, how are you?", "greeting"],
    ["thanks", "thanks"],
    ["great, thanks!", "thanks"],
    ["ok thanks for your help", "thanks"],
    ["bye", "goodbye"],
    ["that's all", "goodbye"],
    ["have a nice day", "goodbye"],
  ];
  test.each(rows)("“%s” is %s", (text, talk) => {
    expect(read(text, client, now).smallTalk).toBe(talk);
  });
});

describe("W3: no clear yes to booking", () => {
  const texts = ["yes but later", "ok what about 4pm", "ok wait", "sure, but on Friday", "yes at 4pm", "fine, maybe"];
  test.each([...texts, "ok is it online?", "yes if Ana is there", "not sure", "I don't think so"])("%s", (text) => {
    const { answer, when, questions } = read(text, client, now);
    const isClear = answer?.isAlone === true && answer.grade !== "conditional" && answer.grade !== "no";
    expect(isClear && when === undefined && questions.length === 0).toBe(false);
  });
});

describe("W6: an act that is not to be done", () => {
  test.each(["don't cancel", "please don't cancel my session", "keep it", "keep my appointment"])("%s", (text) => {
    expect(followed(text, client).filter((one) => one !== "keep")).toEqual([]);
  });
});

import { questionWords } from "../../words/questions.ts";
import type { Answerer } from "./asked.ts";
import { messageNext } from "./services.ts";

/** How to reach a person. */
export const answerReachPerson: Answerer = async (asker) => {
  const { name, contact } = asker.practice;
  const isClient = asker.actor.kind === "client";
  return {
    sentences: [isClient ? questionWords.reach(name, contact) : questionWords.contactOnly(name, contact)],
    ...messageNext(asker),
  };
};

/** That this is a program. */
export const answerMachine: Answerer = async (asker) => {
  const isClient = asker.actor.kind === "client";
  return {
    sentences: [questionWords.machine(asker.practice.name), ...(isClient ? [questionWords.personReads] : [])],
    ...messageNext(asker),
  };
};

/** Which data is kept. */
export const answerWhatIsKept: Answerer = async ({ practice }) => ({
  sentences: [questionWords.kept, questionWords.keptContact(practice.name, practice.contact)],
});

import { diaryWords } from "../../words/diary.ts";
import { questionWords } from "../../words/questions.ts";
import type { Answer, Answerer, Asked, Asker, Topic } from "./asked.ts";
import { answerClientNext, answerContactDetails, answerLastSession } from "./clients.ts";
import { answerCount, answerDay, answerFree, answerReply, answerWaiting } from "./diary.ts";
import { answerOpeningHours } from "./hours.ts";
import { answerHowToPay, answerOwed, answerUnpaid } from "./money.ts";
import { answerCancellation, answerHowToJoin, answerZone } from "./own-sessions.ts";
import { answerCovered, answerPackageContent, answerPackageLeft } from "./packages.ts";
import { answerMachine, answerReachPerson, answerWhatIsKept } from "./practice.ts";
import { answerLength, answerMethods, answerPlace, answerPrice } from "./service-terms.ts";
import { answerPractitioners, answerServices, answerWithWhom } from "./services.ts";

const answerers: Readonly<Record<Topic, Answerer>> = {
  price: answerPrice,
  length: answerLength,
  place: answerPlace,
  "with whom": answerWithWhom,
  methods: answerMethods,
  "how to join": answerHowToJoin,
  when: answerClientNext,
  zone: answerZone,
  "package content": answerPackageContent,
  "package left": answerPackageLeft,
  covered: answerCovered,
  owed: answerOwed,
  "how to pay": answerHowToPay,
  cancellation: answerCancellation,
  services: answerServices,
  practitioners: answerPractitioners,
  "opening hours": answerOpeningHours,
  "free times": answerFree,
  "reach a person": answerReachPerson,
  machine: answerMachine,
  "what is kept": answerWhatIsKept,
  day: answerDay,
  count: answerCount,
  "contact details": answerContactDetails,
  "last session": answerLastSession,
  waiting: answerWaiting,
  unpaid: answerUnpaid,
  reply: answerReply,
  "not kept": async () => ({ sentences: [diaryWords.notKept] }),
};

/**
 * Answers a question from the books in one or two sentences, with the step that follows from it (W9). It changes nothing.
 * A person without an active account gets the practice's contact and nothing else (D7.3).
 */
export async function answerQuestion(asker: Asker, asked: Asked): Promise<Answer> {
  const { practice } = asker;
  if (!(await isActive(asker))) return { sentences: [questionWords.contactOnly(practice.name, practice.contact)] };
  const reader = asked.zone === undefined ? asker.reader : { ...asker.reader, zone: asked.zone };
  return answerers[asked.about]({ ...asker, reader }, asked);
}

async function isActive({ actor, books, practice }: Asker): Promise<boolean> {
  if (actor.practiceId !== practice.id) return false;
  switch (actor.kind) {
    case "client":
      return (await books.people.findClient(practice.id, actor.clientId))?.state === "active";
    case "practitioner":
      return (await books.people.listPractitioners(practice.id)).some(({ id }) => id === actor.practitionerId);
    case "desk":
    case "stranger":
      return false;
    default:
      return actor satisfies never;
  }
}

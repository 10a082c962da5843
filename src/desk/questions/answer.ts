import type { Answer, Answerer, Asked, Asker, Topic } from "./asked.ts";
import {
  answerClientNext,
  answerContactDetails,
  answerCount,
  answerDay,
  answerFree,
  answerLastSession,
  answerWaiting,
} from "./diary.ts";
import { answerHowToPay, answerOwed, answerUnpaid } from "./money.ts";
import { answerCancellation, answerHowToJoin, answerZone } from "./own-sessions.ts";
import { answerPackageContent, answerPackageLeft } from "./packages.ts";
import { answerMachine, answerOpeningHours, answerReachPerson, answerWhatIsKept } from "./practice.ts";
import {
  answerCovered,
  answerLength,
  answerMethods,
  answerPlace,
  answerPractitioners,
  answerPrice,
  answerServices,
  answerWithWhom,
} from "./services.ts";

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
};

/** Answers a question from the books in one or two sentences, with the step that follows from it (W9). It changes nothing. */
export function answerQuestion(asker: Asker, asked: Asked): Promise<Answer> {
  return answerers[asked.about](asker, asked);
}

import { buttonOf, type Card } from "../../src/cards/card.ts";
import type { Talks } from "../../src/cards/talks.ts";
import { answerTo } from "../../src/conversation/answering.ts";
import { type Commands, defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { talkOf } from "../../src/conversation/next-step.ts";
import { given } from "../../src/given.ts";
import { type Reading, wantsSomething } from "../../src/language/reading.ts";
import { nextStepWords } from "../../src/words/conversation.ts";
import { homeWords } from "../../src/words/home.ts";
import { questionInput } from "./input.ts";
import {
  type QuestionContext,
  type QuestionEvent,
  type QuestionOrder,
  questionContext,
  questionMachine,
} from "./machine.ts";

const button = buttonOf<QuestionEvent>();

const commands: Commands<QuestionOrder, QuestionEvent> = {
  takeNext: async ({ next }, turn) => {
    if (next !== undefined) turn.begin({ ...talkOf(next), where: "here" });
    return undefined;
  },
  goHome: async (_order, turn) => {
    turn.begin({ flow: "home", input: { type: "menu" }, where: "here" });
    return undefined;
  },
};

function answeredView({ sentences, next }: QuestionContext): Card<QuestionEvent> {
  const [first = "", ...others] = sentences;
  return {
    summary: first,
    title: first,
    parts: [
      ...others.map((text) => ({ type: "text", text }) as const),
      {
        type: "buttons",
        role: "navigation",
        buttons: [
          ...(next === undefined ? [] : [button(nextStepWords[next.to], { type: "next.wanted" })]),
          button(homeWords.home, { type: "home.wanted" }),
        ],
      },
    ],
  };
}

/** "And a check-in?", "and on Friday?": the same question about something else. */
async function hearFollowUp(reading: Reading, { about }: QuestionContext, turn: Turn): Promise<Heard<QuestionEvent>> {
  const { acts, names, when, isFollowUp } = reading;
  const isOrder = acts.some(({ verb, certainty }) => verb !== "book" || certainty > 0.7);
  if (isOrder || !wantsSomething(reading) || !isFollowUp) return undefined;
  const answer = await answerTo({ about, names, ...given({ when }) }, reading, {}, turn);
  return { event: { type: "answer.found", about, ...answer } };
}

/** A practitioner's "tomorrow" or "next week" asks for the diary of these days. */
async function openOnWish({ when, names, methods, rest }: Reading, turn: Turn): Promise<Talks["question"] | undefined> {
  const isDay = when !== undefined && (when.want.days !== undefined || when.want.exact?.date !== undefined);
  if (turn.actor.kind !== "practitioner" || !isDay || rest.length > 0) return undefined;
  const answer = await answerTo({ about: "day", names, when }, { methods }, {}, turn);
  return { type: "question.asked", about: "day", ...answer };
}

/** An answer to a question that was asked while no card was open. */
export const questionFlow = defineFlow({
  name: "question",
  version: 1,
  roles: ["client", "practitioner"],
  machine: questionMachine,
  context: questionContext,
  input: questionInput,
  begin: ({ type: _type, ...answer }) => answer,
  about: () => undefined,
  commands,
  scenes: { answered: scene((context: QuestionContext) => context, answeredView) },
  opensOnWish: openOnWish,
  hears: { answered: hearFollowUp },
  isLoud: () => false,
  passing: true,
});

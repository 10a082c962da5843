import { buttonOf, type Card } from "../../src/cards/card.ts";
import { linkAction } from "../../src/cards/secret.ts";
import { type Commands, defineFlow, scene, type Turn } from "../../src/conversation/flow.ts";
import { openAnswerView } from "../../src/desk/booking/answer-views.ts";
import { given } from "../../src/given.ts";
import { answerWords } from "../../src/words/answers.ts";
import { bookingsWords } from "../../src/words/bookings.ts";
import { answersInput } from "./input.ts";
import {
  type AnswersContext,
  type AnswersEvent,
  type AnswersOrder,
  answersContext,
  answersMachine,
} from "./machine.ts";

const button = buttonOf<AnswersEvent>();

const commands: Commands<AnswersOrder, AnswersEvent> = {
  openLink: async ({ bookingId }, turn) => {
    const link = await openAnswerView(turn, turn.actor, bookingId);
    return link === undefined ? { type: "link.refused" } : { type: "link.opened", link: link.ref };
  },
  showSession: async ({ bookingId }, turn) => {
    turn.begin({ flow: "bookings", input: { type: "booking.opened", bookingId }, where: "here" });
    return undefined;
  },
};

interface AnswersFacts {
  readonly client: string;
  readonly link?: string;
}

async function answersFacts({ bookingId, link }: AnswersContext, turn: Turn): Promise<AnswersFacts> {
  const booking = await turn.books.bookings.find(turn.practice.id, bookingId);
  const client = booking && (await turn.books.people.findClient(booking.practiceId, booking.clientId));
  return { client: client?.name ?? "", ...given({ link }) };
}

function offeringView({ client, link }: AnswersFacts): Card<AnswersEvent> {
  const title = answerWords.title(client);
  return {
    summary: title,
    title,
    parts: [
      { type: "text", text: answerWords.text },
      {
        type: "buttons",
        role: "actions",
        buttons: [
          ...(link === undefined
            ? []
            : [{ label: answerWords.open, style: "primary" as const, action: linkAction("answers", link) }]),
          button(answerWords.newLink, { type: "link.wanted" }),
        ],
      },
      { type: "hint", text: answerWords.linkLasts },
      {
        type: "buttons",
        role: "navigation",
        buttons: [button(bookingsWords.details, { type: "session.wanted" })],
      },
    ],
  };
}

function refusedView(): Card<AnswersEvent> {
  return { summary: answerWords.gone, title: answerWords.gone, parts: [] };
}

/** A practitioner opens a client's answers. */
export const answersFlow = defineFlow({
  name: "answers",
  version: 1,
  roles: ["practitioner"],
  machine: answersMachine,
  context: answersContext,
  input: answersInput,
  begin: ({ bookingId }) => ({ bookingId }),
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(answersFacts, offeringView),
    offering: scene(answersFacts, offeringView),
    refused: scene(() => undefined, refusedView),
  },
  isLoud: () => false,
  passing: true,
});

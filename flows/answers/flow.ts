import { button, type Card } from "../../src/cards/card.ts";
import { type Command, defineFlow, scene, type Turn } from "../../src/conversation/flow.ts";
import { openAnswerView } from "../../src/desk/booking/answer-views.ts";
import { answerWords } from "../../src/words/answers.ts";
import { bookingsWords } from "../../src/words/bookings.ts";
import { type AnswersContext, type AnswersOrders, answersContext, answersMachine } from "./machine.ts";

type Commands = { readonly [Type in keyof AnswersOrders]: Command<AnswersOrders[Type]> };

const commands: Commands = {
  openLink: async ({ bookingId }, turn) => {
    const link = await openAnswerView(turn, turn.actor, bookingId);
    return link === undefined ? { type: "link.refused" } : { type: "link.opened", link };
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
  return { client: client?.name ?? "", ...(link === undefined ? {} : { link }) };
}

function offeringView({ client, link }: AnswersFacts): Card {
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
            : [{ label: answerWords.open, style: "primary" as const, action: { url: link } }]),
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

function refusedView(): Card {
  return { summary: answerWords.gone, title: answerWords.gone, parts: [] };
}

/** A practitioner opens a client's answers. */
export const answersFlow = defineFlow<AnswersContext>({
  name: "answers",
  version: 1,
  roles: ["practitioner"],
  machine: answersMachine,
  context: answersContext,
  begin: ({ bookingId }) => ({ bookingId: String(bookingId) }),
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(answersFacts, offeringView),
    offering: scene(answersFacts, offeringView),
    refused: scene(() => undefined, refusedView),
  },
  listen: {},
  isLoud: () => false,
  passing: true,
});

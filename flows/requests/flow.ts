import { type Command, defineFlow, type Heard, scene, type Turn } from "../../src/conversation/flow.ts";
import { confirmBooking } from "../../src/desk/booking/decide.ts";
import { understand } from "../../src/language/intent/intent.ts";
import { countWishes, requestsFacts } from "./facts.ts";
import { type RequestsContext, type RequestsOrders, requestsContext, requestsMachine } from "./machine.ts";
import { answeredView, askingView, nothingView } from "./views.ts";

type Commands = { readonly [Type in keyof RequestsOrders]: Command<RequestsOrders[Type]> };

/** As many as a card can name; the rest are asked about after these. */
const mostAtOnce = 10;

const commands: Commands = {
  findRequests: async (_order, turn) => {
    const waiting = await waitingRequests(turn);
    if (waiting.length === 0)
      return (await countWishes(turn)) === 0 ? { type: "requests.none" } : { type: "one.wanted" };
    return { type: "requests.found", ids: waiting.map(({ id }) => id).join(" ") };
  },
  confirmAll: async ({ ids }, turn) => {
    const all = ids.split(" ").sort();
    // Every booking before any practitioner's time: the order in which all turns take them.
    for (const id of all) await turn.books.bookings.lock(turn.practice.id, id);
    for (const id of all) await confirmBooking(turn, turn.actor, id);
    return { type: "all.answered" };
  },
  showRequests: async (_order, turn) => {
    turn.begin({ flow: "home", input: { type: "requests" }, where: "here" });
    return undefined;
  },
  goHome: async (_order, turn) => {
    turn.begin({ flow: "home", input: { type: "menu" }, where: "here" });
    return undefined;
  },
};

async function waitingRequests({ actor, books, practice }: Turn) {
  if (actor.kind !== "practitioner") return [];
  return books.bookings.listForPractitioner(practice.id, actor.practitionerId, {
    statuses: ["requested"],
    order: "asc",
    limit: mostAtOnce,
  });
}

async function listenForYes(text: string): Promise<Heard> {
  const { intent } = understand(text, { pending: "confirm" });
  if (intent === "affirm") return { event: { type: "all.agreed" } };
  return intent === "negate" || intent === "abort" ? { event: { type: "one.wanted" } } : undefined;
}

/** "Confirm all": every waiting request named on one card, and confirmed by one yes. */
export const requestsFlow = defineFlow<RequestsContext>({
  name: "requests",
  version: 1,
  roles: ["practitioner"],
  machine: requestsMachine,
  context: requestsContext,
  begin: () => ({ ids: "" }),
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(requestsFacts, askingView),
    asking: scene(requestsFacts, askingView),
    answered: scene(requestsFacts, answeredView),
    nothing: scene(() => undefined, nothingView),
  },
  listen: { asking: listenForYes },
  isLoud: () => false,
  mayBeAsked: true,
});

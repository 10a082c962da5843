import type { Talks } from "../../src/cards/talks.ts";
import { type Commands, defineFlow, scene, type Turn } from "../../src/conversation/flow.ts";
import { fieldsOf, listIn } from "../../src/conversation/kept-context.ts";
import { confirmBooking } from "../../src/desk/booking/decide.ts";
import type { Act } from "../../src/language/intent/act.ts";
import { countChanges, requestsFacts } from "./facts.ts";
import { requestsInput } from "./input.ts";
import { type RequestsEvent, type RequestsOrder, requestsContext, requestsMachine } from "./machine.ts";
import { answeredView, askingView, nothingView } from "./views.ts";

/** As many as a card can name. The rest are asked about afterwards. */
const mostAtOnce = 10;

const commands: Commands<RequestsOrder, RequestsEvent> = {
  findRequests: async (_order, turn) => {
    const waiting = await waitingRequests(turn);
    if (waiting.length === 0)
      return (await countChanges(turn)) === 0 ? { type: "requests.none" } : { type: "one.wanted" };
    return { type: "requests.found", ids: waiting.map(({ id }) => id) };
  },
  confirmAll: async ({ ids }, turn) => {
    const all = ids.toSorted();
    // All turns take locks in the same order, which prevents deadlocks: bookings by id, before any practitioner's time.
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

/** "Confirm all" without a name. With a name, the requests of that client are meant. */
function openOnAll({ object }: Act): Talks["requests"] | undefined {
  return object.refs.includes("all") && object.names.length === 0 ? { type: "all" } : undefined;
}

/** "Confirm all": one card names every open request, and one yes confirms them. */
export const requestsFlow = defineFlow({
  name: "requests",
  version: 2,
  roles: ["practitioner"],
  machine: requestsMachine,
  context: requestsContext,
  input: requestsInput,
  begin: () => ({ ids: [] }),
  again: () => ({ type: "all" }),
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(requestsFacts, askingView),
    asking: scene(requestsFacts, askingView),
    answered: scene(requestsFacts, answeredView),
    nothing: scene(() => undefined, nothingView),
  },
  opensOn: { confirm: openOnAll, accept: openOnAll },
  answers: { asking: { yes: { event: { type: "all.agreed" }, to: "confirm" }, no: { type: "one.wanted" } } },
  isLoud: () => false,
  mayBeAsked: true,
  // Version 1 stored the ids in one text.
  migrate: { 1: ({ state, context }) => ({ state, context: { ids: listIn(fieldsOf(context).ids) } }) },
});

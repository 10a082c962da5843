import { type Commands, defineFlow, scene, type Turn } from "../../src/conversation/flow.ts";
import { fieldsOf, listIn } from "../../src/conversation/kept-context.ts";
import { given } from "../../src/given.ts";
import { guessMeanings } from "../../src/language/intent/guess.ts";
import { isPolite, understand } from "../../src/language/intent/intent.ts";
import { findNamed } from "../../src/language/intent/reference.ts";
import { homeFacts, strangerFacts } from "./facts.ts";
import { homeInput } from "./input.ts";
import { type HomeContext, type HomeEvent, type HomeOrder, homeContext, homeMachine } from "./machine.ts";
import { homeTab } from "./tab.ts";
import {
  helpView,
  menuView,
  notUnderstoodView,
  requestsView,
  strangerView,
  thankedView,
  todayView,
  tooLongView,
} from "./views.ts";

const commands: Commands<HomeOrder, HomeEvent> = {
  openHome: async ({ wanted }, turn) => {
    if (turn.actor.kind === "stranger") return meetStranger(turn);
    if (wanted === "help") return { type: "help.asked" };
    if (wanted === "not-understood") {
      if (isPolite(turn.said ?? "")) return { type: "thanks.said" };
      const decision = await bareDecision(turn);
      if (decision !== undefined) return decision;
      const role = turn.actor.kind === "practitioner" ? "practitioner" : "client";
      return { type: "words.not.understood", guesses: guessMeanings(turn.said ?? "", role) };
    }
    if (wanted === "too-long") return { type: "words.too.long" };
    if (wanted === "today") return { type: "today.asked" };
    if (wanted === "requests") return { type: "requests.asked" };
    if (wanted === "decision") return openDecision(turn);
    return { type: "menu.asked" };
  },
  startBooking: async (_order, turn) => {
    turn.begin({ flow: "book", input: { type: "book" }, where: "here" });
    return undefined;
  },
  showBookings: async (_order, turn) => {
    turn.begin({ flow: "bookings", input: { type: "bookings" }, where: "here" });
    return undefined;
  },
  showPackages: async (_order, turn) => {
    turn.begin({ flow: "packages", input: { type: "packages" }, where: "here" });
    return undefined;
  },
  startMove: async (_order, turn) => {
    turn.begin({ flow: "reschedule", input: { type: "reschedule.asked" }, where: "here" });
    return undefined;
  },
  startCancel: async (_order, turn) => {
    turn.begin({ flow: "cancel", input: { type: "cancel.asked" }, where: "here" });
    return undefined;
  },
  startTimeOff: async (_order, turn) => {
    turn.begin({ flow: "absence", input: { type: "absence.asked" }, where: "here" });
    return undefined;
  },
  writeMessage: async (_order, turn) => {
    turn.begin({ flow: "contact", input: { type: "contact" }, where: "here" });
    return undefined;
  },
  showClients: async (_order, turn) => {
    turn.begin({ flow: "people", input: { type: "clients" }, where: "here" });
    return undefined;
  },
  showRequest: async ({ bookingId }, turn) => {
    if (bookingId === undefined) return undefined;
    turn.begin({ flow: "review", input: { type: "review.asked", bookingId }, where: "here" });
    return undefined;
  },
  showChange: async ({ requestId, bookingId }, turn) => {
    if (requestId === undefined) return undefined;
    const input = { type: "change.asked", requestId, ...given({ bookingId }) } as const;
    turn.begin({ flow: "change", input, where: "here" });
    return undefined;
  },
};

/** A stranger with an open invitation sees it again (D7.3). */
async function meetStranger(turn: Turn): Promise<HomeEvent> {
  const invitations = await turn.books.invitations.listForAddress(turn.address);
  const open = invitations.find(({ expiresAtMs }) => expiresAtMs > turn.realNowMs);
  if (open !== undefined) {
    turn.begin({ flow: "activate", input: { type: "invited", invitationId: open.id }, where: "here" });
  }
  return { type: "stranger.met" };
}

/** A typed "confirm Ana": the one request or change request it can mean opens for its one tap, several are listed. */
async function openDecision(turn: Turn): Promise<HomeEvent> {
  const facts = await homeFacts(undefined, turn);
  if (facts.role !== "practitioner") return { type: "menu.asked" };
  const waiting = [
    ...facts.requests.map(({ booking, client }) => ({
      client,
      clientId: booking.clientId,
      opens: { type: "request.opened", bookingId: booking.id } as const,
    })),
    ...facts.changes.map(({ id, booking, client }) => ({
      client,
      clientId: booking.clientId,
      opens: { type: "change.opened", requestId: id, bookingId: booking.id } as const,
    })),
  ];
  const clients = [...new Map(waiting.map(({ clientId, client }) => [clientId, client]))];
  const named = findNamed(
    turn.said ?? "",
    clients.map(([id, name]) => ({ id, names: [name, ...name.split(/\s+/)] })),
  );
  const meant = named.ids.length === 0 ? waiting : waiting.filter(({ clientId }) => named.ids.includes(clientId));
  const [only, ...more] = meant;
  return only === undefined || more.length > 0 ? { type: "requests.asked" } : only.opens;
}

/** A bare yes or no while requests wait, and no card it could be an answer to: what it may be about is shown. */
async function bareDecision(turn: Turn): Promise<HomeEvent | undefined> {
  if (turn.actor.kind !== "practitioner" || turn.said === undefined) return undefined;
  const { intent, certainty } = understand(turn.said, { pending: "confirm" });
  if ((intent !== "affirm" && intent !== "negate") || certainty < 0.9) return undefined;
  const facts = await homeFacts(undefined, turn);
  return facts.role === "practitioner" && facts.requests.length + facts.changes.length > 0
    ? openDecision(turn)
    : undefined;
}

/** The menu, help, and the cards for unrecognised words and for strangers. */
export const homeFlow = defineFlow({
  name: "home",
  version: 2,
  roles: ["client", "practitioner", "stranger"],
  machine: homeMachine,
  context: homeContext,
  input: homeInput,
  begin: ({ type }) => ({ wanted: type }),
  again: () => ({ type: "menu" }),
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(homeFacts, menuView),
    menu: scene(homeFacts, menuView),
    help: scene(homeFacts, helpView),
    notUnderstood: scene(
      async ({ guesses }: HomeContext, turn) => ({ facts: await homeFacts(undefined, turn), guesses: guesses ?? [] }),
      notUnderstoodView,
    ),
    tooLong: scene(homeFacts, tooLongView),
    thanked: scene(homeFacts, thankedView),
    requests: scene(homeFacts, requestsView),
    today: scene(homeFacts, todayView),
    stranger: scene(strangerFacts, strangerView),
  },
  listen: {},
  // "Confirm Ana" names somebody; other words that lead here say no more than where to.
  reads: async (_text, _turn, input) => (input.type === "decision" ? undefined : input),
  isLoud: () => false,
  passing: true,
  mayBeAsked: true,
  tab: homeTab,
  migrate: {
    // Version 1 kept the guesses as a text.
    1: ({ state, context }) => {
      const { guesses, ...rest } = fieldsOf(context);
      return { state, context: { ...rest, ...(guesses === undefined ? {} : { guesses: listIn(guesses) }) } };
    },
  },
});

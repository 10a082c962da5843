import type { CardEvent } from "../../src/cards/card.ts";
import { type Command, defineFlow, scene, type Turn } from "../../src/conversation/flow.ts";
import { guessMeanings } from "../../src/language/guess.ts";
import { findNamed } from "../../src/language/reference.ts";
import { homeFacts, strangerFacts } from "./facts.ts";
import { type HomeContext, type HomeOrders, homeContext, homeMachine } from "./machine.ts";
import { homeTab } from "./tab.ts";
import { helpView, menuView, notUnderstoodView, requestsView, strangerView, todayView, tooLongView } from "./views.ts";

type Commands = { readonly [Type in keyof HomeOrders]: Command<HomeOrders[Type]> };

const commands: Commands = {
  openHome: async ({ wanted }, turn) => {
    if (turn.actor.kind === "stranger") return meetStranger(turn);
    if (wanted === "help") return { type: "help.asked" };
    if (wanted === "not-understood") {
      const role = turn.actor.kind === "practitioner" ? "practitioner" : "client";
      return { type: "words.not.understood", guesses: guessMeanings(turn.said ?? "", role).join(" ") };
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
    turn.begin({ flow: "review", input: { type: "review.asked", bookingId }, where: "here" });
    return undefined;
  },
};

/** Whoever was asked in person and has not answered yet is asked again (D7.3). */
async function meetStranger(turn: Turn): Promise<CardEvent> {
  const invitations = await turn.books.invitations.listForAddress(turn.address);
  const open = invitations.find(({ expiresAtMs }) => expiresAtMs > turn.realNowMs);
  if (open !== undefined) {
    turn.begin({ flow: "activate", input: { type: "invited", invitationId: open.id }, where: "here" });
  }
  return { type: "stranger.met" };
}

/** A typed "confirm Ana": the one request it can mean opens for its one tap, several are listed. */
async function openDecision(turn: Turn): Promise<CardEvent> {
  const facts = await homeFacts(undefined, turn);
  if (facts.role !== "practitioner") return { type: "menu.asked" };
  const clients = [...new Map(facts.requests.map(({ booking, client }) => [booking.clientId, client]))];
  const named = findNamed(
    turn.said ?? "",
    clients.map(([id, name]) => ({ id, names: [name, ...name.split(/\s+/)] })),
  );
  const meant =
    named.ids.length === 0
      ? facts.requests
      : facts.requests.filter(({ booking }) => named.ids.includes(booking.clientId));
  const [only, ...more] = meant;
  if (only === undefined || more.length > 0) return { type: "requests.asked" };
  return { type: "request.opened", bookingId: only.booking.id };
}

/** The menu, help, and a kind word for who is lost or not known. */
export const homeFlow = defineFlow<HomeContext>({
  name: "home",
  version: 1,
  roles: ["client", "practitioner", "stranger"],
  machine: homeMachine,
  context: homeContext,
  begin: ({ type }) => ({ wanted: type }),
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(homeFacts, menuView),
    menu: scene(homeFacts, menuView),
    help: scene(homeFacts, helpView),
    notUnderstood: scene(
      async ({ guesses }, turn) => ({ facts: await homeFacts(undefined, turn), guesses: guesses ?? "" }),
      notUnderstoodView,
    ),
    tooLong: scene(homeFacts, tooLongView),
    requests: scene(homeFacts, requestsView),
    today: scene(homeFacts, todayView),
    stranger: scene(strangerFacts, strangerView),
  },
  listen: {},
  isLoud: () => false,
  passing: true,
  mayBeAsked: true,
  tab: homeTab,
});

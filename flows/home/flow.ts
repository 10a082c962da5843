import { type Command, defineFlow, scene } from "../../src/conversation/flow.ts";
import { homeFacts } from "./facts.ts";
import { type HomeContext, type HomeOrders, homeContext, homeMachine } from "./machine.ts";
import { helpView, menuView, notUnderstoodView, strangerView, tooLongView } from "./views.ts";

type Commands = { readonly [Type in keyof HomeOrders]: Command<HomeOrders[Type]> };

const commands: Commands = {
  openHome: async ({ wanted }, turn) => {
    if (turn.actor.kind === "stranger") return { type: "stranger.met" };
    if (wanted === "help") return { type: "help.asked" };
    if (wanted === "not-understood") return { type: "words.not.understood" };
    if (wanted === "too-long") return { type: "words.too.long" };
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
  showRequest: async ({ bookingId }, turn) => {
    turn.begin({ flow: "review", input: { type: "review.asked", bookingId }, where: "here" });
    return undefined;
  },
};

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
    notUnderstood: scene(homeFacts, notUnderstoodView),
    tooLong: scene(homeFacts, tooLongView),
    stranger: scene(() => undefined, strangerView),
  },
  listen: {},
  isLoud: () => false,
  passing: true,
});

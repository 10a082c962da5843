import { type Command, defineFlow, scene } from "../../src/conversation/flow.ts";
import { withdrawBooking } from "../../src/desk/decide.ts";
import { detailFacts, listingFacts } from "./facts.ts";
import { type BookingsContext, type BookingsOrders, bookingsContext, bookingsMachine } from "./machine.ts";
import { askingWithdrawalView, listingView, showingView } from "./views.ts";

type Commands = { readonly [Type in keyof BookingsOrders]: Command<BookingsOrders[Type]> };

const commands: Commands = {
  openBookings: async ({ bookingId }) =>
    bookingId === "" ? { type: "list.opened" } : { type: "booking.opened", bookingId },
  withdrawBooking: async ({ bookingId }, turn) => {
    await withdrawBooking(turn, turn.actor, bookingId);
    return { type: "booking.changed", status: "" };
  },
  answerRequest: async ({ bookingId }, turn) => {
    turn.begin({ flow: "review", input: { type: "review.asked", bookingId }, where: "here" });
    return undefined;
  },
  startBooking: async ({ serviceId }, turn) => {
    turn.begin({ flow: "book", input: { type: "book", ...(serviceId === "" ? {} : { serviceId }) }, where: "here" });
    return undefined;
  },
  goHome: async (_order, turn) => {
    turn.begin({ flow: "home", input: { type: "menu" }, where: "here" });
    return undefined;
  },
};

/** The sessions one has and had. */
export const bookingsFlow = defineFlow<BookingsContext>({
  name: "bookings",
  version: 1,
  roles: ["client", "practitioner"],
  machine: bookingsMachine,
  context: bookingsContext,
  begin: ({ type, bookingId }) => ({
    past: type === "past",
    ...(type === "change.asked" ? { change: true } : {}),
    page: 0,
    ...(typeof bookingId === "string" ? { bookingId } : {}),
  }),
  about: ({ bookingId }) => bookingId,
  commands,
  scenes: {
    opening: scene(listingFacts, listingView),
    listing: scene(listingFacts, listingView),
    showing: scene(detailFacts, showingView),
    askingWithdrawal: scene(detailFacts, askingWithdrawalView),
  },
  listen: {},
  isLoud: () => false,
  passing: true,
  mayBeAsked: true,
});

import { assign, emit, setup } from "xstate";
import { z } from "zod";

/** What the person came with, and what it may have meant; never the words themselves. */
export const homeContext = z.object({
  wanted: z.string(),
  /** What words nobody understood may have meant, likeliest first, parted by spaces. */
  guesses: z.string().optional(),
});
export type HomeContext = z.infer<typeof homeContext>;

type HomeEvent =
  | { type: "menu.asked" }
  | { type: "help.asked" }
  | { type: "words.not.understood"; guesses: string }
  | { type: "words.too.long" }
  | { type: "thanks.said" }
  | { type: "stranger.met" }
  | { type: "requests.asked" }
  | { type: "today.asked" }
  | { type: "book.wanted" }
  | { type: "bookings.wanted" }
  | { type: "packages.wanted" }
  | { type: "contact.wanted" }
  | { type: "clients.wanted" }
  | { type: "move.wanted" }
  | { type: "cancel.wanted" }
  | { type: "time.off.wanted" }
  | { type: "request.opened"; bookingId: string }
  | { type: "wish.opened"; requestId: string; bookingId: string };

type HomeOrder =
  | { type: "openHome"; wanted: string }
  | { type: "startBooking" }
  | { type: "showBookings" }
  | { type: "showPackages" }
  | { type: "writeMessage" }
  | { type: "showClients" }
  | { type: "startMove" }
  | { type: "startCancel" }
  | { type: "startTimeOff" }
  | { type: "showRequest"; bookingId: string }
  | { type: "showWish"; requestId: string; bookingId: string };

/** Every order of the machine, by name. */
export type HomeOrders = { [Type in HomeOrder["type"]]: Extract<HomeOrder, { type: Type }> };

const doors = {
  "menu.asked": "menu",
  "help.asked": "help",
  "book.wanted": { actions: "startBooking" },
  "bookings.wanted": { actions: "showBookings" },
  "packages.wanted": { actions: "showPackages" },
  "contact.wanted": { actions: "writeMessage" },
  "clients.wanted": { actions: "showClients" },
  "request.opened": { actions: "showRequest" },
  "wish.opened": { actions: "showWish" },
} as const;

/** Where likely meanings lead. */
const meanings = {
  ...doors,
  "requests.asked": "requests",
  "today.asked": "today",
  "move.wanted": { actions: "startMove" },
  "cancel.wanted": { actions: "startCancel" },
  "time.off.wanted": { actions: "startTimeOff" },
} as const;

/** Where everybody starts, and where the lost are met. */
export const homeMachine = setup({
  types: {
    context: {} as HomeContext, // xstate reads types from values that are never used
    input: {} as HomeContext,
    events: {} as HomeEvent,
    emitted: {} as HomeOrder,
  },
  actions: {
    startBooking: emit({ type: "startBooking" }),
    showBookings: emit({ type: "showBookings" }),
    showPackages: emit({ type: "showPackages" }),
    writeMessage: emit({ type: "writeMessage" }),
    showClients: emit({ type: "showClients" }),
    startMove: emit({ type: "startMove" }),
    startCancel: emit({ type: "startCancel" }),
    startTimeOff: emit({ type: "startTimeOff" }),
    showRequest: emit(({ event }) => ({
      type: "showRequest",
      bookingId: event.type === "request.opened" ? event.bookingId : "",
    })),
    showWish: emit(({ event }) => ({
      type: "showWish",
      requestId: event.type === "wish.opened" ? event.requestId : "",
      bookingId: event.type === "wish.opened" ? event.bookingId : "",
    })),
  },
}).createMachine({
  id: "home",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({ type: "openHome", wanted: context.wanted })),
      on: {
        "menu.asked": "menu",
        "help.asked": "help",
        "words.not.understood": {
          target: "notUnderstood",
          actions: assign({ guesses: ({ event }) => event.guesses }),
        },
        "words.too.long": "tooLong",
        "thanks.said": "thanked",
        "stranger.met": "stranger",
        "requests.asked": "requests",
        "today.asked": "today",
        "request.opened": { actions: "showRequest" },
        "wish.opened": { actions: "showWish" },
      },
    },
    menu: { on: doors },
    help: { on: doors },
    notUnderstood: { on: meanings },
    tooLong: { on: doors },
    thanked: { on: doors },
    requests: { on: doors },
    today: { on: doors },
    stranger: { type: "final" },
  },
});

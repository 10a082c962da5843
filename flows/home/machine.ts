import { assign, emit, setup } from "xstate";
import { z } from "zod";
import type { Meaning } from "../../src/language/intent/guess.ts";
import { homeInput } from "./input.ts";

/** Why the menu is shown, and what the person's words may mean. Never the words themselves. */
export const homeContext = z.object({
  wanted: homeInput.shape.type,
  /** The likely meanings of unrecognised words, likeliest first. */
  guesses: z.array(z.string()).readonly().optional(),
});
export type HomeContext = z.infer<typeof homeContext>;

export type HomeEvent =
  | { type: "menu.asked" }
  | { type: "help.asked" }
  | { type: "words.not.understood"; guesses: readonly Meaning[] }
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
  | { type: "change.opened"; requestId: string; bookingId: string };

export type HomeOrder =
  | { type: "openHome"; wanted: HomeContext["wanted"] }
  | { type: "startBooking" }
  | { type: "showBookings" }
  | { type: "showPackages" }
  | { type: "writeMessage" }
  | { type: "showClients" }
  | { type: "startMove" }
  | { type: "startCancel" }
  | { type: "startTimeOff" }
  | { type: "showRequest"; bookingId?: string }
  | { type: "showChange"; requestId?: string; bookingId?: string };

const doors = {
  "menu.asked": "menu",
  "help.asked": "help",
  "book.wanted": { actions: "startBooking" },
  "bookings.wanted": { actions: "showBookings" },
  "packages.wanted": { actions: "showPackages" },
  "contact.wanted": { actions: "writeMessage" },
  "clients.wanted": { actions: "showClients" },
  "request.opened": { actions: "showRequest" },
  "change.opened": { actions: "showChange" },
} as const;

/** The states or talks of likely meanings. */
const meanings = {
  ...doors,
  "requests.asked": "requests",
  "today.asked": "today",
  "move.wanted": { actions: "startMove" },
  "cancel.wanted": { actions: "startCancel" },
  "time.off.wanted": { actions: "startTimeOff" },
} as const;

/** The menu, which also answers messages that no other talk understood. */
export const homeMachine = setup({
  types: {
    context: {} as HomeContext, // xstate infers its types from these unused values
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
      ...(event.type === "request.opened" ? { bookingId: event.bookingId } : {}),
    })),
    showChange: emit(({ event }) => ({
      type: "showChange",
      ...(event.type === "change.opened" ? { requestId: event.requestId, bookingId: event.bookingId } : {}),
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
        "change.opened": { actions: "showChange" },
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

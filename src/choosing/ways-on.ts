import { buttonOf, type CardPart } from "../cards/card.ts";
import { changeWords } from "../words/changes.ts";

/** Where a card of a change leads that is only to be read. */
export type WaysOnEvent = { type: "bookings.wanted" } | { type: "book.wanted" };

const button = buttonOf<WaysOnEvent>();

/** The ways on from a card that is only to be read: the list, and for a client another booking. */
export function waysOnPart(role: "client" | "practitioner"): CardPart<WaysOnEvent> {
  return {
    type: "buttons",
    role: "navigation",
    buttons: [
      button(role === "client" ? changeWords.myBookings : changeWords.sessions, { type: "bookings.wanted" }),
      ...(role === "client" ? [button(changeWords.bookAnother, { type: "book.wanted" })] : []),
    ],
  };
}

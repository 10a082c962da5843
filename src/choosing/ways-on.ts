import { buttonOf, type CardPart } from "../cards/card.ts";
import { changeWords } from "../words/changes.ts";

/** The events of `waysOnPart`. */
export type WaysOnEvent = { type: "bookings.wanted" } | { type: "book.wanted" };

const button = buttonOf<WaysOnEvent>();

/** Navigation below a card without a decision: the list of sessions, and for a client another booking. */
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

import { button, type CardPart } from "../cards/card.ts";
import { changeWords } from "../words/changes.ts";

/** From a card of a change that is only to be read: `bookings.wanted`, and for a client `book.wanted`. */
export function waysOnPart(role: "client" | "practitioner"): CardPart {
  return {
    type: "buttons",
    role: "navigation",
    buttons: [
      button(role === "client" ? changeWords.myBookings : changeWords.sessions, { type: "bookings.wanted" }),
      ...(role === "client" ? [button(changeWords.bookAnother, { type: "book.wanted" })] : []),
    ],
  };
}

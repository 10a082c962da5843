import { buttonOf, type CardPart } from "../../src/cards/card.ts";
import { bookWords } from "../../src/words/book.ts";
import type { BookEvent } from "./events.ts";

const button = buttonOf<BookEvent>();

/** The navigation of every step: Back and Start over. */
export const wayOut: CardPart<BookEvent> = {
  type: "buttons",
  role: "navigation",
  buttons: [button(bookWords.back, { type: "went.back" }), button(bookWords.startOver, { type: "started.over" })],
};

/** The navigation of a card without a decision. */
export const leadOn: CardPart<BookEvent> = {
  type: "buttons",
  role: "navigation",
  buttons: [
    button(bookWords.myBookings, { type: "bookings.wanted" }),
    button(bookWords.bookAnother, { type: "another.wanted" }),
  ],
};

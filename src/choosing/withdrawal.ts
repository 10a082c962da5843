import { button, type Card, type CardEvent, type CardPart } from "../cards/card.ts";
import { bookWords } from "../words/book.ts";

/** "Withdraw this request?", whichever talk asks it: a request is only taken back, without policy or cost. */
export function withdrawalView(
  request: CardPart,
  { yes, no }: { readonly yes: CardEvent["type"]; readonly no: CardEvent["type"] } = {
    yes: "withdrawal.agreed",
    no: "withdrawal.dropped",
  },
): Card {
  return {
    summary: bookWords.withdrawTitle,
    title: bookWords.withdrawTitle,
    parts: [
      request,
      { type: "text", text: bookWords.withdrawText },
      {
        type: "buttons",
        role: "actions",
        buttons: [button(bookWords.withdrawYes, { type: yes }, "danger"), button(bookWords.withdrawNo, { type: no })],
      },
    ],
  };
}

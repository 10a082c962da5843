import { buttonOf, type Card, type CardEvent, type CardPart } from "../cards/card.ts";
import { bookWords } from "../words/book.ts";

/** What the buttons of "Withdraw this request?" say, in a flow that has no events of its own for it. */
export type WithdrawalEvent = { type: "withdrawal.agreed" } | { type: "withdrawal.dropped" };

/** Asks whether a request is to be withdrawn, in any flow. A withdrawal has no policy and no cost. */
export function withdrawalView<Event extends CardEvent>(
  request: CardPart<never>,
  { yes, no }: { readonly yes: Event; readonly no: Event },
): Card<Event> {
  const button = buttonOf<Event>();
  return {
    summary: bookWords.withdrawTitle,
    title: bookWords.withdrawTitle,
    parts: [
      request,
      { type: "text", text: bookWords.withdrawText },
      {
        type: "buttons",
        role: "actions",
        buttons: [button(bookWords.withdrawYes, yes, "danger"), button(bookWords.withdrawNo, no)],
      },
    ],
  };
}

/** The events of a flow that names them as most do. */
export const withdrawalEvents: { readonly yes: WithdrawalEvent; readonly no: WithdrawalEvent } = {
  yes: { type: "withdrawal.agreed" },
  no: { type: "withdrawal.dropped" },
};

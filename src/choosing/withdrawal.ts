import { buttonOf, type Card, type CardEvent, type CardPart } from "../cards/card.ts";
import { bookWords } from "../words/book.ts";

/** The events that the buttons of "Withdraw this request?" send, in a flow without events of its own for it. */
export type WithdrawalEvent = { type: "withdrawal.agreed" } | { type: "withdrawal.dropped" };

/** Asks whether to withdraw a request, in any flow. A withdrawal has no policy and no cost. */
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

/** The events of a flow that uses the usual names. */
export const withdrawalEvents: { readonly yes: WithdrawalEvent; readonly no: WithdrawalEvent } = {
  yes: { type: "withdrawal.agreed" },
  no: { type: "withdrawal.dropped" },
};

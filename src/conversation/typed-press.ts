import { type Card, type CardEvent, eventButtons } from "../cards/card.ts";
import { normalise } from "./router.ts";

/**
 * The button typed words name: its title in any case, or its number among the card's choices ("1", "#2", "3."). A card
 * without choices or questions numbers its actions. Undefined: no button, or more than one.
 */
export function typedPress(card: Card, text: string): CardEvent | undefined {
  const said = normalise(text);
  if (said === "") return undefined;
  const titled = eventButtons(card).filter((button) => normalise(button.label) === said);
  if (titled.length === 1) return titled[0]?.action.event;
  const number = /^#?(\d{1,2})[.)]?$/.exec(said)?.[1];
  return number === undefined ? undefined : numbered(card)[Number(number) - 1];
}

/** The events that numbers stand for, in reading order. */
function numbered(card: Card): readonly CardEvent[] {
  const asks = card.parts.some((part) => part.type === "inputs");
  const eventsOf = (role: "choices" | "actions") =>
    card.parts
      .flatMap((part) => (part.type === "buttons" && part.role === role ? part.buttons : []))
      .flatMap((button) => ("event" in button.action && button.selected !== true ? [button.action.event] : []));
  const choices = eventsOf("choices");
  return choices.length > 0 || asks ? choices : eventsOf("actions");
}

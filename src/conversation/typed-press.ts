import { type Card, type CardEvent, eventButtons } from "../cards/card.ts";
import { sameEvent } from "../cards/card-event.ts";

/** The button that typed words name. */
export interface TypedPress<Event extends CardEvent = CardEvent> {
  readonly event: Event;
  /** By its title, or by its place in a list: "1", "the first". */
  readonly by: "title" | "place";
}

/**
 * The button that typed words name: by its title in any case, or by its number among the card's choices ("1", "#2",
 * "3."). A card without choices or questions numbers its actions. Undefined: no button, or more than one.
 *
 * `consent` is the event that a yes presses. A number is no yes, so it does not press that button (W3).
 */
export function typedPress(card: Card, text: string, consent?: CardEvent): TypedPress | undefined {
  const said = folded(text);
  if (said === "") return undefined;
  // "9:00" names the button "09:00", and "go back" names "Back".
  const meant = [said, said.replace(/^(\d):(?=\d\d\b)/, "0$1:"), said.replace(/^go (?=back$|home$)/, "")];
  const titled = eventButtons(card).filter((button) => meant.includes(folded(button.label)));
  const [only, ...more] = titled;
  if (only !== undefined && more.length === 0) return { event: only.action.event, by: "title" };
  const at = placeSaid(said);
  const event = at === undefined || isClockToo(card, said, at) ? undefined : numbered(card).at(at);
  const isConsent = event !== undefined && consent !== undefined && sameEvent(event, consent);
  return event === undefined || isConsent ? undefined : { event, by: "place" };
}

/** Whether words name a button by its title. Such words cannot be meant for another card. */
export function namesButton(card: Card, text: string): boolean {
  const said = folded(text);
  return eventButtons(card).some(({ label }) => folded(label) === said);
}

/** Whether "5" may be the fifth of the offered times or five o'clock among them. The talk's own hearer then asks. */
function isClockToo(card: Card, said: string, at: number): boolean {
  if (!/^\d{1,2}$/.test(said)) return false;
  // "12" beside clock times is twelve o'clock, which may be on another page.
  if (Number(said) >= 10) return eventButtons(card).some(({ label }) => /^\d{1,2}:\d\d/.test(label));
  const place = numbered(card).at(at);
  return eventButtons(card).some(({ label, action }) => {
    const hour = /^(\d{1,2}):00( [ap]m)?$/i.exec(label)?.[1];
    return hour !== undefined && Number(hour) % 12 === Number(said) % 12 && action.event !== place;
  });
}

const ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/** The place in a list that words name: "2", "#2", "number 2", "the second one", "2nd", "the last one". */
function placeSaid(said: string): number | undefined {
  const digits = /^(?:#|(?:number|option|no\.?) )?(\d{1,2})(?:[.)]|st|nd|rd|th)?(?: one| option)?(?: please)?$/.exec(
    said.replace(/^the /, ""),
  )?.[1];
  if (digits !== undefined) return digits === "0" ? undefined : Number(digits) - 1;
  const word =
    /^(?:i(?:'ll| will|'d| would)? (?:take|like|want|have) )?(?:the )?([a-z]+)(?: one| option| choice)?(?: please)?$/.exec(
      said,
    )?.[1];
  if (word === "last") return -1;
  const at = ordinals.indexOf(word ?? "");
  return at === -1 ? undefined : at;
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

/** Lower case, one space between words, no closing punctuation. */
function folded(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("’", "'")
    .replaceAll("&", "and")
    .replace(/\s+/g, " ")
    .replace(/[.!?,;:]+$/, "")
    .trim();
}

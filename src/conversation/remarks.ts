import { askEvent } from "../cards/talks.ts";
import type { Reading } from "../language/reading.ts";
import { conversationWords } from "../words/conversation.ts";
import { ordersOf } from "./hear.ts";
import type { Person } from "./person.ts";

/** What of a message is not followed, so that the answer says it: further orders, a time or a name that does not exist (W8, W12). */
export function remarkOnRest(reading: Reading): string | undefined {
  const isMore = new Set(ordersOf(reading).map(({ verb }) => verb)).size > 1;
  return isMore ? conversationWords.oneByOne : (noSuchTime(reading) ?? unknownName(reading));
}

/** That the message says a time that does not exist. */
export function noSuchTime({ impossible: [missing] }: Reading): string | undefined {
  return missing && conversationWords.noSuchTime(missing.said);
}

function unknownName({ unknownName: name }: Reading): string | undefined {
  return name === undefined ? undefined : conversationWords.unknownName(name);
}

/**
 * Why an order is not followed: it is a practitioner's, or it names nothing that is here. A stranger is told nothing about
 * names (D7.3).
 */
export function refusal(reading: Reading, { role }: Person): string | undefined {
  if (role === "stranger") return undefined;
  return reading.ordersTimeOff === true && role === "client"
    ? conversationWords.onlyPractitioners
    : unknownName(reading);
}

/**
 * A button below every card after words that were not understood: a client's leads to a person, a practitioner's to
 * help.
 */
export function wayOut({ role }: Person) {
  return role === "client"
    ? {
        label: conversationWords.messagePractitioner,
        action: { event: askEvent({ flow: "contact", input: { type: "contact" } }) },
      }
    : { label: conversationWords.help, action: { event: askEvent({ flow: "home", input: { type: "help" } }) } };
}

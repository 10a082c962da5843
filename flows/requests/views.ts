import { buttonOf, type Card, type CardPart } from "../../src/cards/card.ts";
import { statusNames } from "../../src/words/bookings.ts";
import { moment } from "../../src/words/instants.ts";
import { requestsWords } from "../../src/words/requests.ts";
import type { RequestsFacts } from "./facts.ts";
import type { RequestsEvent } from "./machine.ts";

const button = buttonOf<RequestsEvent>();

/** Every request by name, before one yes confirms them all. */
export function askingView({ requests, reader, changes }: RequestsFacts): Card<RequestsEvent> {
  const title = requestsWords.title(requests.length);
  return {
    summary: title,
    title,
    parts: [
      {
        type: "facts",
        facts: requests.map(({ booking, client }) => ({
          label: client,
          value: `${booking.frozen.publicName}, ${moment(booking.startsAtMs, reader)}`,
        })),
      },
      ...(changes === 0 ? [] : [{ type: "text", text: requestsWords.wishes(changes) } as const]),
      {
        type: "buttons",
        role: "actions",
        buttons: [
          button(requestsWords.confirmAll, { type: "all.agreed" }, "primary"),
          button(requestsWords.oneByOne, { type: "one.wanted" }),
        ],
      },
    ],
  };
}

/** The result for each. A request that was withdrawn meanwhile is not confirmed. */
export function answeredView({ requests, reader }: RequestsFacts): Card<RequestsEvent> {
  const confirmed = requests.filter(({ booking }) => booking.status === "confirmed").length;
  const title = requestsWords.doneTitle(confirmed, requests.length);
  return {
    summary: title,
    title,
    tone: confirmed === requests.length ? "good" : "plain",
    parts: [
      {
        type: "facts",
        facts: requests.map(({ booking, client }) => ({
          label: `${client}, ${moment(booking.startsAtMs, reader)}`,
          value: statusNames[booking.status],
        })),
      },
      ...(confirmed === 0 ? [] : [{ type: "text", text: requestsWords.told } as const]),
      home,
    ],
  };
}

export function nothingView(): Card<RequestsEvent> {
  return {
    summary: requestsWords.none,
    title: requestsWords.none,
    parts: [home],
  };
}

const home: CardPart<RequestsEvent> = {
  type: "buttons",
  role: "navigation",
  buttons: [button(requestsWords.home, { type: "home.wanted" })],
};

import { type Button, buttonOf, type Card } from "../../src/cards/card.ts";
import { entryWords } from "../../src/words/entry.ts";
import { homeWords } from "../../src/words/home.ts";
import { packageWords } from "../../src/words/packages.ts";
import { contactWords, peopleWords } from "../../src/words/people.ts";
import type { HomeFacts, StrangerFacts } from "./facts.ts";
import type { HomeEvent } from "./machine.ts";
import { clientMenu, doors, practitionerMenu, requestParts, todayPart, zoneParts } from "./menu-parts.ts";

const button = buttonOf<HomeEvent>();

export function menuView(facts: HomeFacts): Card<HomeEvent> {
  if (facts.role === "stranger") return strangerView(facts);
  const title = homeWords.hello(facts.name);
  return { summary: title, title, parts: facts.role === "client" ? clientMenu(facts) : practitionerMenu(facts) };
}

export function helpView(facts: HomeFacts): Card<HomeEvent> {
  if (facts.role === "stranger") return strangerView(facts);
  return {
    summary: homeWords.helpTitle,
    title: homeWords.helpTitle,
    parts: [
      { type: "text", text: facts.role === "client" ? homeWords.helpClient : homeWords.helpPractitioner },
      { type: "text", text: facts.role === "client" ? homeWords.helpTyping : homeWords.helpTypingPractitioner },
      {
        type: "hint",
        text:
          facts.role === "client"
            ? `${homeWords.contact(facts.practice, facts.contact)} ${homeWords.privacy}`
            : homeWords.privacyPractitioner,
      },
      {
        type: "buttons",
        role: "actions",
        buttons: [
          facts.role === "client"
            ? button(contactWords.open, { type: "contact.wanted" })
            : button(peopleWords.title, { type: "clients.wanted" }),
        ],
      },
      doors(facts),
    ],
  };
}

/** The likely meanings of words that were not understood, with a button each. */
export function notUnderstoodView({
  facts,
  guesses,
}: {
  readonly facts: HomeFacts;
  readonly guesses: readonly string[];
}): Card<HomeEvent> {
  if (facts.role === "stranger") return strangerView(facts);
  const buttons = guesses.flatMap((guess) => meaningButton(guess, facts.role) ?? []);
  const wayOut =
    facts.role === "client"
      ? button(contactWords.open, { type: "contact.wanted" })
      : button(homeWords.help, { type: "help.asked" });
  const isThere = buttons.some(({ label }) => label === wayOut.label);
  return {
    summary: homeWords.unsureTitle,
    title: homeWords.unsureTitle,
    understood: false,
    parts: [
      { type: "text", text: homeWords.unsureText },
      ...(buttons.length === 0 ? [] : ([{ type: "buttons", role: "choices", buttons }] as const)),
      {
        type: "buttons",
        role: "navigation",
        buttons: [...(isThere ? [] : [wayOut]), button(homeWords.home, { type: "menu.asked" })],
      },
    ],
  };
}

function meaningButton(guess: string, role: "client" | "practitioner"): Button<HomeEvent> | undefined {
  switch (guess) {
    case "book":
      return button(homeWords.requestASession, { type: "book.wanted" });
    case "bookings":
      return button(role === "client" ? homeWords.myBookings : homeWords.sessions, { type: "bookings.wanted" });
    case "move":
      return button(homeWords.moveASession, { type: "move.wanted" });
    case "cancel":
      return button(homeWords.cancelASession, { type: "cancel.wanted" });
    case "packages":
      return button(packageWords.packages, { type: "packages.wanted" });
    case "help":
      return button(homeWords.help, { type: "help.asked" });
    case "requests":
      return button(homeWords.waitingRequests, { type: "requests.asked" });
    case "today":
      return button(homeWords.today, { type: "today.asked" });
    case "time-off":
      return button(homeWords.timeOff, { type: "time.off.wanted" });
    default:
      return undefined;
  }
}

export function tooLongView(facts: HomeFacts): Card<HomeEvent> {
  return lost(facts, homeWords.tooLongTitle, homeWords.tooLongText);
}

export function thankedView(facts: HomeFacts): Card<HomeEvent> {
  if (facts.role === "stranger") return strangerView(facts);
  return { summary: homeWords.welcome, title: homeWords.welcome, parts: [doors(facts)] };
}

/** The practitioner's open requests, with a button each. */
export function requestsView(facts: HomeFacts): Card<HomeEvent> {
  if (facts.role !== "practitioner") return menuView(facts);
  const title = homeWords.requests(facts.requests.length);
  const shown = [...facts.requests, ...facts.changes];
  return { summary: title, title, parts: [...requestParts(facts), ...zoneParts(facts, shown), doors(facts)] };
}

/** The practitioner's sessions of the day. */
export function todayView(facts: HomeFacts): Card<HomeEvent> {
  if (facts.role !== "practitioner") return menuView(facts);
  return {
    summary: homeWords.today,
    title: homeWords.today,
    parts: [todayPart(facts), ...zoneParts(facts, facts.today), doors(facts)],
  };
}

/** Everything that is shown to a person who is unknown or deactivated in every practice. */
export function strangerView({ closed }: StrangerFacts): Card<never> {
  const isClosed = closed.length > 0;
  const title = isClosed ? entryWords.deactivatedTitle : homeWords.strangerTitle;
  const texts = isClosed
    ? closed.map(({ practice, contact }) => entryWords.deactivatedText(practice, contact))
    : [homeWords.strangerText, entryWords.strangerInvited];
  return { summary: title, title, parts: texts.map((text) => ({ type: "text", text }) as const) };
}

function lost(facts: HomeFacts, title: string, text: string): Card<HomeEvent> {
  if (facts.role === "stranger") return strangerView(facts);
  return { summary: title, title, parts: [{ type: "text", text }, doors(facts)] };
}

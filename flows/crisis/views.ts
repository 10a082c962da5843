import { buttonOf, type Card } from "../../src/cards/card.ts";
import type { CrisisHelp } from "../../src/domain/crisis.ts";
import { crisisWords, helpFacts, helpLead } from "../../src/words/crisis.ts";
import { homeWords } from "../../src/words/home.ts";
import { contactWords } from "../../src/words/people.ts";
import type { CrisisEvent } from "./machine.ts";

const button = buttonOf<CrisisEvent>();

/** Emergency contacts, and what the desk did and did not do with the message (W11). */
export function shownView(help: CrisisHelp): Card<CrisisEvent> {
  const facts = helpFacts(help);
  return {
    summary: crisisWords.summary,
    title: crisisWords.title,
    parts: [
      { type: "text", text: crisisWords.program },
      { type: "text", text: helpLead(help) },
      ...(facts.length === 0 ? [] : [{ type: "facts", facts } as const]),
      ...(help.text === undefined ? [] : [{ type: "text", text: help.text } as const]),
      { type: "text", text: crisisWords.notPassedOn(contactWords.open) },
      {
        type: "buttons",
        role: "actions",
        buttons: [button(contactWords.open, { type: "message.wanted" })],
      },
      { type: "buttons", role: "navigation", buttons: [button(homeWords.home, { type: "home.wanted" })] },
    ],
  };
}

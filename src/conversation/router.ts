import type { CardEvent } from "../cards/card.ts";
import type { Role } from "./flow.ts";

/** A talk to begin. */
export interface Route {
  readonly flow: string;
  readonly input: CardEvent;
}

const routes: readonly { readonly words: RegExp; readonly roles: readonly Role[]; readonly route: Route }[] = [
  {
    words: /^(help|what can (you|i) do)$|^$/,
    roles: ["client", "practitioner", "stranger"],
    route: { flow: "home", input: { type: "help" } },
  },
  {
    words: /^(home|menu|start over|start|restart|main menu|hi|hello|hey|good (morning|afternoon|evening))$/,
    roles: ["client", "practitioner", "stranger"],
    route: { flow: "home", input: { type: "menu" } },
  },
  {
    words: /^(book|request|schedule|make|get|need|want|new)\b/,
    roles: ["client"],
    route: { flow: "book", input: { type: "book" } },
  },
  {
    words: /^(i|i'd|can i|could i|please)\b.*\b(book|appointment|session)\b/,
    roles: ["client"],
    route: { flow: "book", input: { type: "book" } },
  },
  {
    words: /^((show |see |list )?(my )?(bookings|sessions|appointments|upcoming)|upcoming sessions)$/,
    roles: ["client", "practitioner"],
    route: { flow: "bookings", input: { type: "bookings" } },
  },
  {
    words: /^(show |see |list )?(my )?past( bookings| sessions| appointments)?$/,
    roles: ["client", "practitioner"],
    route: { flow: "bookings", input: { type: "past" } },
  },
  {
    words: /^(who'?s waiting|what'?s waiting|requests|(show |see )?(open |waiting )?requests)$/,
    roles: ["practitioner"],
    route: { flow: "home", input: { type: "menu" } },
  },
];

/** Which talk typed words ask for, when no open question answers to them; undefined: not understood. */
export function route(text: string, role: Role): Route | undefined {
  const said = normalise(text);
  return routes.find(({ words, roles }) => roles.includes(role) && words.test(said))?.route;
}

/** Words that mean the same wherever they are said, even as the answer to an open question. */
export function isGlobal(text: string): boolean {
  return /^(help|home|menu|main menu)?$/.test(normalise(text));
}

/** Lower case, one space between words, no closing punctuation. */
export function normalise(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("’", "'")
    .replaceAll("&", "and")
    .replace(/\s+/g, " ")
    .replace(/[.!?,;:]+$/, "")
    .trim();
}

import { understand } from "../language/intent/intent.ts";
import { asksForPackages } from "../language/intent/package-words.ts";
import { parseShift } from "../language/intent/reference.ts";
import { entryCodeIn } from "../language/names/entry-code.ts";
import { asksToPlan } from "../language/when/recurrence.ts";
import { parseWhen } from "../language/when/when.ts";
import type { Role, Route } from "./flow.ts";
import { peopleRoutes } from "./people-routes.ts";

/** As whom, where and when something was said. */
export interface Hearing {
  readonly role: Role;
  readonly zone: string;
  readonly locale: string;
  readonly nowMs: number;
}

const decisionRoute: Route = { flow: "home", input: { type: "decision" } };
const moveRoute: Route = { flow: "reschedule", input: { type: "reschedule.asked" } };
const everyone: readonly Role[] = ["client", "practitioner", "stranger"];

/** Short words with one meaning, before any grammar. */
const fixed: readonly { readonly words: RegExp; readonly roles: readonly Role[]; readonly route: Route }[] = [
  {
    words: /^(help|what can (you|i) do|how does this work)$|^$/,
    roles: everyone,
    route: { flow: "home", input: { type: "help" } },
  },
  {
    words: /^(home|menu|start over|start|restart|main menu|hi|hello|hey|good (morning|afternoon|evening))( there)?$/,
    roles: everyone,
    route: { flow: "home", input: { type: "menu" } },
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
    words:
      /\b(running (a (bit|little) )?late|(\d+|five|ten|fifteen|a few|some) ?min(ute)?s? late|(i'm|i am|i'll be|i will be|i might be) (going to be )?((a )?(bit|little) |so |very )?late)\b(?! fee)/,
    roles: ["client", "practitioner"],
    route: { flow: "bookings", input: { type: "late" } },
  },
  {
    // Rights about one's data are a person's to grant, not a button's.
    words:
      /\b(delete|erase|remove|export|download|see|correct) (all )?(of )?my (personal )?(data|account|information|details|profile|records?)\b/,
    roles: ["client"],
    route: { flow: "home", input: { type: "help" } },
  },
  {
    words: /\b(join|lost|where|send|need|missing|video|meeting|resend)\b.*\blinks?\b|^(the |my )?link$/,
    roles: ["client", "practitioner"],
    route: { flow: "bookings", input: { type: "bookings" } },
  },
  {
    words:
      /^(who|what)('s| is)( (my|the))? next( client| session| appointment)?$|^(my )?next (client|session|appointment)$/,
    roles: ["practitioner"],
    route: { flow: "bookings", input: { type: "bookings" } },
  },
  {
    words:
      /^(who|what)('s|'re| is| are| am i| do i| have i)?\b.*\b(tomorrow|this week|next week|(mon|tues|wednes|thurs|fri|satur|sun)day)$/,
    roles: ["practitioner"],
    route: { flow: "bookings", input: { type: "bookings" } },
  },
  {
    words:
      /^((who|what)('s| is)( on| coming)?( in)? today|who('m| am| do) i (seeing|see|have|got) today|who do i have today|today|my day|today's sessions)$/,
    roles: ["practitioner"],
    route: { flow: "home", input: { type: "today" } },
  },
  ...peopleRoutes,
];

/** Which talk typed words ask for, when no open question answers to them; undefined: not understood. */
export function route(text: string, hearing: Hearing): Route | undefined {
  // Whoever it is typed by: the code alone says what it opens.
  if (entryCodeIn(text) !== undefined) {
    return { flow: "activate", input: { type: "code" }, as: { practiceId: "", role: "stranger" } };
  }
  const said = normalise(text);
  const known = fixed.find(({ words, roles }) => roles.includes(hearing.role) && words.test(said));
  if (known !== undefined) return known.route;
  if (hearing.role === "client") return clientRoute(text, hearing);
  return hearing.role === "practitioner" ? theirRoute(text) : undefined;
}

function clientRoute(text: string, hearing: Hearing): Route | undefined {
  if (asksForPackages(text)) return { flow: "packages", input: { type: "packages" } };
  if (asksToPlan(text, hearing)) return { flow: "plan", input: { type: "plan" } };
  const { intent, certainty } = understand(text);
  switch (intent) {
    case "book":
    case "find_slots":
      return { flow: "book", input: { type: "book" } };
    case "list_upcoming":
      return { flow: "bookings", input: { type: "bookings" } };
    case "reschedule":
    case "change":
      return moveRoute;
    case "cancel":
      return { flow: "cancel", input: { type: "cancel.asked" } };
    case "help":
      return { flow: "home", input: { type: "help" } };
    case "greeting":
      return { flow: "home", input: { type: "menu" } };
    case "out_of_scope":
      // "An hour later" is said of a session that is booked.
      return certainty < 0.7 && parseShift(text) !== undefined ? moveRoute : undefined;
    case "negate":
    case "abort":
    case "thanks":
    case "goodbye":
      return undefined;
    default: {
      // A time and nothing that speaks against it: "Tuesday after 3?"
      const when = parseWhen(text, hearing);
      return when === undefined ? undefined : { flow: "book", input: { type: "book" } };
    }
  }
}

/** A practitioner's own sessions: "cancel Ana's Friday session", "move tomorrow's to Thursday". */
function theirRoute(text: string): Route | undefined {
  const { intent, certainty } = understand(text);
  const isShift = certainty < 0.7 && parseShift(text) !== undefined;
  // "Yes, but an hour later" is said to a request, which has other times to propose.
  if (isShift && /^(yes|yeah|yep|ok|okay|sure|fine|no|nope)\b/.test(normalise(text))) return decisionRoute;
  if (certainty < 0.7) return isShift ? moveRoute : undefined;
  if (intent === "cancel") return { flow: "cancel", input: { type: "cancel.asked" } };
  return intent === "reschedule" ? moveRoute : undefined;
}

/** Words that mean the same wherever they are said, even as the answer to an open question. */
export function isGlobal(text: string): boolean {
  return /^(help|home|menu|main menu|(my )?bookings)?$/.test(normalise(text)) || entryCodeIn(text) !== undefined;
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

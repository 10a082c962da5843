import { type CardEvent, eventButtons, type InputValues } from "../../src/cards/card.ts";
import { openPagePerson, type Shown } from "../support/page-person.ts";
import { isOutboxEmpty } from "../support/page-steps.ts";
import { until } from "../support/until.ts";

/** A title, or what it looks like; with what the card's fields contain at that press. */
type Press = string | RegExp | { readonly title: string; readonly values: InputValues };

/** One line of the day: who types what, and which buttons of the answers they press. */
interface Line {
  readonly who: string;
  readonly says: string;
  /** Each is the beginning of a title; values are what the card's fields contain at that press. */
  readonly presses?: readonly Press[];
}

/** A button with a time of day. */
const time = /\d\d:\d\d/;

/**
 * A day of the demo practice that leaves something in most tables: requests, a private form, a package, decisions, proposed
 * times, a move, cancellations, time off, a message, an invitation, and cards that wait for an answer.
 */
const day: readonly Line[] = [
  {
    who: "ana",
    says: "book a follow-up with Maya by video on Wednesday",
    presses: ["Spring reset", time, "Confirm & book", "Message my practitioner"],
  },
  { who: "ana", says: "I shall bring my notes" },
  { who: "maya", says: "confirm Ana", presses: ["Confirm"] },
  { who: "priya", says: "book coaching with Nora by video on Friday", presses: [time, "Confirm & book"] },
  {
    who: "nora",
    says: "who's waiting?",
    presses: [/^Priya/, "Decline", { title: "Decline", values: { reason: "Away that day." } }],
  },
  {
    who: "ben",
    says: "book a first visit with Maya",
    presses: [
      "Video",
      time,
      { title: "Continue", values: { goal: "Sleep better", diet: "Vegan", phone: "+351 912 345 678" } },
      "Confirm & book",
    ],
  },
  {
    who: "priya",
    says: "my bookings",
    presses: [/Coaching session/, "Cancel", { title: "Cancel session", values: { reason: "I am ill." } }],
  },
  { who: "ana", says: "move my follow-up to Thursday", presses: [/^Wed/, time, "Ask for this time"] },
  { who: "maya", says: "block Friday afternoon", presses: ["Block this time"] },
  { who: "maya", says: "invite cleo@example.com", presses: ["Send invitation"] },
  { who: "nora", says: "today" },
  // These cards wait for an answer when the books are kept.
  { who: "priya", says: "book coaching with Nora by video next week", presses: [time] },
  { who: "jonas", says: "hello" },
];

/** Plays the day on a desk with the demo practice, at its local page. A release whose cards read differently fails. */
export async function playDay(address: string): Promise<void> {
  for (const line of day) {
    await play(address, line);
    await until("everything is sent", () => isOutboxEmpty(address));
  }
}

async function play(address: string, { who, says, presses = [] }: Line): Promise<void> {
  const person = openPagePerson(address, who);
  let shown: Shown = await person.say(says);
  for (const press of presses) {
    const { title, values } =
      typeof press === "object" && "title" in press ? press : { title: press, values: undefined };
    shown = await person.press(shown, eventLike(shown, title), values);
  }
}

function titles(shown: Shown): readonly string[] {
  return shown.card === undefined ? [] : eventButtons(shown.card).map(({ label }) => label);
}

function eventLike(shown: Shown, title: string | RegExp): CardEvent {
  const fits = (label: string) => (typeof title === "string" ? label === title : title.test(label));
  const found = shown.card && eventButtons(shown.card).find(({ label }) => fits(label));
  if (found === undefined) throw new Error(`no button ${title} on “${shown.card?.title}”: ${titles(shown).join(", ")}`);
  return found.action.event;
}
